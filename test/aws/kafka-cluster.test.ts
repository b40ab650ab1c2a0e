import { KafkaAuthentication } from '../../lib/aws/kafka-authentication';
import { KAFKA_EXPORTER_PORTS, KafkaCluster } from '../../lib/aws/kafka-cluster';
import { KafkaVersion } from '../../lib/aws/kafka-version';
import { SecretRef } from '../../lib/core';
import { dataSources, one, resources, synth, testStack } from '../support/synth';
import { Recorder, addresses, keyOf, networkOf, peer, rendered, UNKNOWN } from './support';

type Props = ConstructorParameters<typeof KafkaCluster>[2];
type Made = { readonly stack: ReturnType<typeof testStack>; readonly kafka: KafkaCluster };

function made(props: Partial<Props> = {}, zones = 3): Made {
  const stack = testStack();
  return {
    stack,
    kafka: new KafkaCluster(stack, 'Kafka', { name: 'acme-dev', network: networkOf(stack, zones), ...props }),
  };
}
const cluster = (props: Partial<Props> = {}, zones = 3): ReturnType<typeof synth> => synth(made(props, zones).stack);

const AUTHORITY = 'arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/1';
const WAYS = {
  scram: KafkaAuthentication.scram(),
  tls: KafkaAuthentication.mutualTls([AUTHORITY]),
  iam: KafkaAuthentication.iam(),
  plaintext: KafkaAuthentication.plaintextForTrials(),
};

test('brokers are spread over the data subnets, the same number in each zone', () => {
  expect(one(cluster({ brokersPerZone: 2 }), 'aws_msk_cluster').args).toMatchObject({
    number_of_broker_nodes: 6,
    broker_node_group_info: { client_subnets: ['data-0', 'data-1', 'data-2'] },
  });
});

test('MSK takes three zones at most: a fourth gets no broker', () => {
  expect(one(cluster({}, 4), 'aws_msk_cluster').args).toMatchObject({
    number_of_broker_nodes: 3,
    broker_node_group_info: { client_subnets: ['data-0', 'data-1', 'data-2'] },
  });
});

test('a network with another zone moves no broker of a cluster that says how many zones it has', () => {
  expect(one(cluster({ zones: 2 }), 'aws_msk_cluster').args).toMatchObject({
    number_of_broker_nodes: 2,
    broker_node_group_info: { client_subnets: ['data-0', 'data-1'] },
  });
});

test('everything is encrypted, logged and observed, nobody comes in unknown', () => {
  const json = cluster();
  const key = `\${${one(json, 'aws_kms_key').address}.arn}`;
  expect(one(json, 'aws_msk_cluster').args).toMatchObject({
    client_authentication: { unauthenticated: false, sasl: { scram: true, iam: false } },
    encryption_info: {
      encryption_at_rest_kms_key_arn: key,
      encryption_in_transit: { client_broker: 'TLS', in_cluster: true },
    },
    logging_info: {
      broker_logs: {
        cloudwatch_logs: { enabled: true, log_group: expect.stringContaining('aws_cloudwatch_log_group') },
      },
    },
    open_monitoring: {
      prometheus: { jmx_exporter: { enabled_in_broker: true }, node_exporter: { enabled_in_broker: true } },
    },
    lifecycle: { prevent_destroy: true },
  });
  expect(one(json, 'aws_cloudwatch_log_group').args).toMatchObject({ kms_key_id: key, retention_in_days: 365 });
});

test('settings become a revision in place: neither Kafka version nor settings replace the configuration', () => {
  const json = cluster({ configuration: { 'log.retention.hours': '48' } });
  const { address, args } = one(json, 'aws_msk_configuration');
  expect(args).not.toHaveProperty('kafka_versions');
  expect(String(args.server_properties).split('\n')).toEqual(
    expect.arrayContaining(['auto.create.topics.enable=false', 'log.retention.hours=48', 'min.insync.replicas=2']),
  );
  expect(one(json, 'aws_msk_cluster').args.configuration_info).toEqual({
    arn: `\${${address}.arn}`,
    revision: `\${${address}.latest_revision}`,
  });
});

test('disks grow by themselves, and no plan sets them back', () => {
  const json = cluster({ volumeGiB: 100, maxVolumeGiB: 300 });
  expect(one(json, 'aws_msk_cluster').args).toMatchObject({
    broker_node_group_info: { storage_info: { ebs_storage_info: { volume_size: 100 } } },
    lifecycle: { ignore_changes: ['broker_node_group_info[0].storage_info[0].ebs_storage_info[0].volume_size'] },
  });
  expect(one(json, 'aws_appautoscaling_target').args).toMatchObject({
    service_namespace: 'kafka',
    scalable_dimension: 'kafka:broker-storage:VolumeSize',
    max_capacity: 300,
  });
  expect(one(json, 'aws_appautoscaling_policy').args).toMatchObject({
    target_tracking_scaling_policy_configuration: { disable_scale_in: true, target_value: 60 },
  });
});

test('brokers that a deployment adds are listed by that deployment', () => {
  const json = cluster();
  const { address } = one(json, 'aws_msk_cluster');
  expect(dataSources(json, 'aws_msk_broker_nodes').map(({ args }) => args)).toEqual([
    { cluster_arn: `\${${address}.arn}`, depends_on: [address] },
  ]);
});

test('a disk that only Terraform knows may grow', () => {
  const json = cluster({ volumeGiB: UNKNOWN.number, maxVolumeGiB: 300 });
  expect(resources(json, 'aws_appautoscaling_target')).toHaveLength(1);
});

test('without room to grow the disk is what the definition says', () => {
  const json = cluster({ volumeGiB: 100, maxVolumeGiB: 100 });
  expect(resources(json, 'aws_appautoscaling_target')).toEqual([]);
  expect(one(json, 'aws_msk_cluster').args.lifecycle).toEqual({ prevent_destroy: true });
});

test('SCRAM: a generated user in a secret that MSK accepts, with our key', () => {
  const json = cluster({ authentication: KafkaAuthentication.scram('reader') });
  expect(one(json, 'aws_secretsmanager_secret').args).toMatchObject({
    name: 'AmazonMSK_acme-dev_reader',
    kms_key_id: `\${${one(json, 'aws_kms_key').address}.arn}`,
    recovery_window_in_days: 30,
  });
  const version = one(json, 'aws_secretsmanager_secret_version');
  expect(version.args.secret_string_wo).toMatch(/jsonencode\(\{"username" = "reader", "password" = ephemeral\./);
  expect(one(json, 'aws_msk_single_scram_secret_association').args).toMatchObject({
    secret_arn: `\${${one(json, 'aws_secretsmanager_secret').address}.arn}`,
    depends_on: [version.address],
  });
});

test('what may be lost goes in one step, its secret too', () => {
  const json = cluster({ retain: false });
  expect(one(json, 'aws_msk_cluster').args).toMatchObject({ lifecycle: { prevent_destroy: false } });
  expect(one(json, 'aws_kms_key').args).toMatchObject({ lifecycle: { prevent_destroy: false } });
  expect(one(json, 'aws_secretsmanager_secret').args).toMatchObject({ recovery_window_in_days: 0 });
});

test.each([
  ['scram', 9096],
  ['tls', 9094],
  ['iam', 9098],
  ['plaintext', 9092],
] as const)('%s: clients use port %d of every broker, in the order of the brokers', (way, port) => {
  const { stack, kafka } = made({ authentication: WAYS[way] });
  kafka.connections.allowDefaultPortFrom(peer(stack), 'catalog events');
  const json = synth(stack);
  const [brokers] = dataSources(json, 'aws_msk_broker_nodes');
  expect(Object.entries(json.locals as object).map(([name, value]) => [`\${local.${name}}`, value as unknown])).toEqual(
    [
      [
        rendered(stack, kafka.bootstrapServers),
        `\${join(",", formatlist("%s:${port}", flatten(${String(brokers?.address)}.node_info_list[*].endpoints)))}`,
      ],
    ],
  );
  expect(one(synth(stack), 'aws_vpc_security_group_ingress_rule').args).toMatchObject({
    from_port: port,
    to_port: port,
  });
});

test.each([
  [
    'tls',
    { unauthenticated: false, sasl: { scram: false, iam: false }, tls: { certificate_authority_arns: [AUTHORITY] } },
    'TLS',
  ],
  ['iam', { unauthenticated: false, sasl: { scram: false, iam: true } }, 'TLS'],
  ['plaintext', { unauthenticated: true, sasl: { scram: false, iam: false } }, 'PLAINTEXT'],
] as const)('%s: no other way in, no user and no secret', (way, authentication, transit) => {
  const { stack, kafka } = made({ authentication: WAYS[way] });
  const json = synth(stack);
  expect(one(json, 'aws_msk_cluster').args).toMatchObject({
    client_authentication: authentication,
    encryption_info: { encryption_in_transit: { client_broker: transit, in_cluster: true } },
  });
  expect(resources(json, 'aws_secretsmanager_secret')).toEqual([]);
  expect(kafka.credentials).toBeUndefined();
});

test('the addresses of a cluster stay', () => {
  expect(addresses(cluster())).toEqual([
    'aws_appautoscaling_policy.Kafka_Storage_Policy',
    'aws_appautoscaling_target.Kafka_Storage',
    'aws_cloudwatch_log_group.Kafka_Logs',
    'aws_kms_alias.Kafka_Key_Alias',
    'aws_kms_key.Kafka_Key',
    'aws_msk_cluster.Kafka',
    'aws_msk_configuration.Kafka_Configuration',
    'aws_msk_single_scram_secret_association.Kafka_UserOfCluster',
    'aws_secretsmanager_secret.Kafka_User',
    'aws_secretsmanager_secret_version.Kafka_User_Version',
    'aws_security_group.Kafka_SecurityGroup',
  ]);
});

test('fails when constructed with something wrong, with everything that is', () => {
  expect(() => cluster({ brokerType: 'kafka.t3.small', version: KafkaVersion.of('3.9.x') })).toThrow(
    /test\/Kafka: 2 problems\n {2}- version: got '3\.9\.x'.*\n {2}- brokerType: got 'kafka\.t3\.small'/,
  );
});

describe('grants', () => {
  test('under IAM authentication a reader may connect and read its topics, and nothing else', () => {
    const { stack, kafka } = made({ authentication: WAYS.iam });
    const grantee = new Recorder();
    kafka.grantConsume(grantee, ['orders']);
    const [connect, consume] = grantee.statements;
    expect(connect).toEqual({ actions: ['kafka-cluster:Connect'], resources: [kafka.clusterArn] });
    expect(consume?.actions).toEqual([
      'kafka-cluster:DescribeTopic',
      'kafka-cluster:DescribeTopicDynamicConfiguration',
      'kafka-cluster:ReadData',
    ]);
    expect(rendered(stack, String(consume?.resources[0]))).toMatch(
      /^\$\{replace\(aws_msk_cluster\..*\.arn, ":cluster\/", ":topic\/"\)\}\/orders$/,
    );
  });

  test.each(['scram', 'tls', 'plaintext'] as const)('under %s there is nothing to open in IAM', (way) => {
    const grantee = new Recorder();
    made({ authentication: WAYS[way] }).kafka.grantConsume(grantee, ['orders']);
    expect(grantee.statements).toEqual([]);
  });

  test('who reads the password can decrypt it', () => {
    const { stack, kafka } = made();
    const grantee = new Recorder();
    kafka.grantReadCredentials(grantee);
    expect(grantee.actions).toEqual(expect.arrayContaining(['secretsmanager:GetSecretValue', 'kms:Decrypt']));
    expect(rendered(stack, String(kafka.credentials?.password.secret))).toMatch(/^\$\{aws_secretsmanager_secret\./);
  });

  test('Prometheus reaches the exporters of the brokers', () => {
    const { stack, kafka } = made();
    kafka.connections.allowPortsFrom(peer(stack), KAFKA_EXPORTER_PORTS.jmx, KAFKA_EXPORTER_PORTS.node, 'Prometheus');
    expect(one(synth(stack), 'aws_vpc_security_group_ingress_rule').args).toMatchObject({
      from_port: 11001,
      to_port: 11002,
    });
  });
});

describe('an imported cluster', () => {
  const imported = (
    stack: ReturnType<typeof testStack>,
    authentication: KafkaAuthentication,
    clusterArn?: string,
    bootstrapServers = 'b-1.events.example.org:9096',
  ) =>
    KafkaCluster.fromAttributes(stack, 'Kafka', {
      bootstrapServers,
      securityGroupId: 'sg-events',
      authentication,
      credentials: { username: 'reader', password: SecretRef.of('AmazonMSK_reader', 'password') },
      credentialsKey: keyOf(stack),
      topics: [{ name: 'orders', partitions: 6 }],
      ...(clusterArn === undefined ? {} : { clusterArn }),
    });

  test('is connected to and granted like an owned one', () => {
    const stack = testStack();
    const kafka = imported(stack, WAYS.scram);
    const grantee = new Recorder();
    kafka.connections.allowDefaultPortFrom(peer(stack), 'catalog events');
    kafka.grantReadCredentials(grantee);
    expect(kafka.topics).toHaveLength(1);
    expect(grantee.actions).toEqual(expect.arrayContaining(['secretsmanager:GetSecretValue', 'kms:Decrypt']));
    expect(one(synth(stack), 'aws_vpc_security_group_ingress_rule').args).toMatchObject({
      security_group_id: 'sg-events',
      from_port: 9096,
    });
  });

  test('is reached by the port that its brokers name, or by that of its authentication', () => {
    const portOf = (brokers: string) => imported(testStack(), WAYS.iam, undefined, brokers).connections.defaultPort;
    expect(portOf('b-1.example:19098,b-2.example:19098')).toBe(19098);
    expect(portOf('${TfToken[TOKEN.1]}')).toBe(9098);
  });

  test('fails when its brokers have different ports', () => {
    expect(() => imported(testStack(), WAYS.scram, undefined, 'b-1:9096,b-2:9097')).toThrow(
      /bootstrapServers: got the ports \[9096, 9097\]; allowed: one port/,
    );
  });

  test('grants under IAM authentication with its ARN', () => {
    const grantee = new Recorder();
    imported(testStack(), WAYS.iam, 'arn:aws:kafka:eu-west-1:111122223333:cluster/events/1').grantConsume(grantee, [
      'orders',
    ]);
    expect(grantee.statements).toHaveLength(2);
  });

  test('fails when it shall grant under IAM authentication without its ARN', () => {
    expect(() => imported(testStack(), WAYS.iam).grantConsume(new Recorder(), ['orders'])).toThrow(
      /test\/Kafka has no clusterArn/,
    );
  });
});
