import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Token } from 'cdktf';
import { KafkaAuthentication, KafkaCluster, type KafkaClusterAttributes } from '../../lib/aws';
import { SecretRef } from '../../lib/core';
import { ExternalSecrets } from '../../lib/kubernetes/external-secrets';
import { KafkaTopics, type KafkaTopicsProps, kafkaTopicsViolations } from '../../lib/kubernetes/kafka-topics';
import { paths } from '../aws/support';
import { resources, synth, type TerraformJson } from '../support/synth';
import { clusterStack, object, objectsOf, SPACE, terraformProblems } from './support/platform';
import { schemaProblems } from './support/schemas';

const TOPICS = [
  { name: 'orders', partitions: 12, replicationFactor: 3, config: { 'retention.ms': '604800000' } },
  { name: 'orders.eu', partitions: 3 },
];
const CREDENTIALS = { username: 'trino', password: SecretRef.of('AmazonMSK_trino', 'password') };
const PEM = SecretRef.of('kafka/pem');

interface Changes {
  readonly kafka?: Partial<KafkaClusterAttributes>;
  readonly job?: Partial<KafkaTopicsProps>;
}

function topics({ kafka: attributes, job }: Changes = {}): TerraformJson {
  return synth(
    clusterStack((stack, cluster) => {
      const kafka = KafkaCluster.fromAttributes(stack, 'Kafka', {
        bootstrapServers: 'b-1.example:9096',
        securityGroupId: 'sg-kafka',
        authentication: KafkaAuthentication.scram(),
        credentials: CREDENTIALS,
        topics: TOPICS,
        ...attributes,
      });
      const secretStore = ExternalSecrets.fromStoreName('theirs');
      new KafkaTopics(stack, 'It', { cluster, namespace: SPACE, kafka, secretStore, ...job });
    }),
  );
}
const all = (changes?: Changes) => objectsOf(topics(changes), 'kafka-topics');
const jobOf = (changes?: Changes) => object(all(changes), 'Job');
const filesOf = (changes?: Changes) =>
  (object(all(changes), 'ConfigMap') as unknown as { data: Record<string, string> }).data;

describe('the definition', () => {
  const scram = { authentication: KafkaAuthentication.scram(), credentials: CREDENTIALS, topics: TOPICS };
  const mutualTls = { ...scram, authentication: KafkaAuthentication.mutualTls(['arn']), credentials: undefined };

  test('is fine with what each authentication asks for', () => {
    const plaintext = { ...scram, authentication: KafkaAuthentication.plaintextForTrials(), credentials: undefined };
    const good = [scram, { ...mutualTls, clientCertificate: PEM }, plaintext];
    expect(good.flatMap((options) => kafkaTopicsViolations(options))).toEqual([]);
  });

  test.each([
    ['authentication', { ...scram, authentication: KafkaAuthentication.iam(), credentials: undefined }],
    ['credentials', { ...scram, credentials: undefined }],
    ['clientCertificate', mutualTls],
    ['clientCertificate', { ...scram, clientCertificate: PEM }],
    ['name', { ...scram, name: 'A' }],
    ['topics.a.config', { ...scram, topics: [{ name: 'a', partitions: 1, config: { 'retention.mss': '1' } }] }],
    [
      'topics.a.config.retention.ms',
      { ...scram, topics: [{ name: 'a', partitions: 1, config: { 'retention.ms': '1\n2' } }] },
    ],
  ])('fails when the job could not do it: %s', (path, options) => {
    expect(paths(kafkaTopicsViolations(options))).toEqual([path]);
  });
});

describe('the script', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdktf-trino-topics-'));
  const calls = join(folder, 'calls');
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Tools that write down what they are asked for; `--describe` answers as Kafka's does. */
  function run(existing: string, files: Record<string, string>, status = 0): string[] {
    const fake = (name: string) => {
      const text = `#!/bin/sh\necho "${name} $*" >> ${calls}\ncase "$*" in *--describe) cat ${folder}/existing; exit ${status};; esac\n`;
      writeFileSync(join(folder, name), text, { mode: 0o755 });
    };
    ['kafka-topics.sh', 'kafka-configs.sh'].forEach(fake);
    Object.entries({ ...files, existing }).forEach(([name, text]) => writeFileSync(join(folder, name), text));
    writeFileSync(calls, '');
    const env = { PATH: `${folder}:${process.env['PATH'] ?? ''}`, BOOTSTRAP_SERVERS: 'b:9096' };
    execFileSync('sh', [join(folder, 'run.sh'), folder], { env, stdio: 'pipe' });
    const connection = ` --bootstrap-server b:9096 --command-config ${folder}/client.properties`;
    return readFileSync(calls, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.replace(connection, '').replace(folder, ''));
  }
  const description = (name: string, partitions: number) =>
    `Topic: ${name}\tTopicId: abc\tPartitionCount: ${partitions}\tReplicationFactor: 3\tConfigs: \n` +
    `\tTopic: ${name}\tPartition: 0\tLeader: 1\tReplicas: 1\tIsr: 1\n`;
  const settings =
    'kafka-configs.sh --alter --entity-type topics --entity-name orders --add-config-file /settings-0.properties';

  test('makes what is missing, with the replicas it names or those of the cluster', () => {
    expect(run('', filesOf())).toEqual([
      'kafka-topics.sh --describe',
      'kafka-topics.sh --create --if-not-exists --topic orders --partitions 12 --replication-factor 3',
      settings,
      'kafka-topics.sh --create --if-not-exists --topic orders.eu --partitions 3',
    ]);
  });

  test('adds partitions, takes none away, and leaves other topics alone', () => {
    const existing = description('orders', 6) + description('orders.eu', 9) + description('ordersXeu', 1);
    expect(run(existing, filesOf())).toEqual([
      'kafka-topics.sh --describe',
      'kafka-topics.sh --alter --topic orders --partitions 12',
      settings,
    ]);
  });

  test('a topic whose name looks like another one is not taken for it', () => {
    expect(run(description('ordersXeu', 1), filesOf())).toHaveLength(4);
  });

  test('asks for nothing but settings when all is as it shall be', () => {
    expect(run(description('orders', 12) + description('orders.eu', 3), filesOf())).toEqual([
      'kafka-topics.sh --describe',
      settings,
    ]);
  });

  test('fails when the brokers do not answer, before it makes anything', () => {
    expect(() => run('', filesOf(), 1)).toThrow('Command failed');
    expect(readFileSync(calls, 'utf8').trim().split('\n')).toHaveLength(1);
  });
});

describe('the job', () => {
  test('knows the password by reference only', () => {
    const json = topics();
    expect(JSON.stringify(objectsOf(json, 'kafka-topics'))).not.toContain('jaas');
    const secret = JSON.stringify(
      object(objectsOf(json, 'kafka-topics-secrets'), 'ExternalSecret', 'kafka-topics-files'),
    );
    expect(secret).toContain('ScramLoginModule required username=\\"trino\\" password=\\"{{ .secret0 }}\\";');
    expect(JSON.stringify(jobOf())).toContain('"secret":{"name":"kafka-topics-files"}');
  });

  test('with mutual TLS takes its certificate from a secret; without authentication it needs none', () => {
    const authentication = KafkaAuthentication.mutualTls(['arn']);
    const json = topics({ kafka: { authentication }, job: { clientCertificate: PEM } });
    const secret = JSON.stringify(objectsOf(json, 'kafka-topics-secrets'));
    expect(secret).toContain('ssl.keystore.location=/etc/kafka-topics/client.pem');
    const plaintext = { kafka: { authentication: KafkaAuthentication.plaintextForTrials() } };
    expect(filesOf(plaintext)['client.properties']).toBe('security.protocol=PLAINTEXT\n');
    expect(JSON.stringify(jobOf(plaintext))).not.toContain('"secret"');
  });

  test('runs again when topics change or somebody asks for it, and not otherwise', () => {
    const more = { kafka: { topics: [...TOPICS, { name: 'more', partitions: 1 }] } };
    const names = [{}, more, { job: { run: 2 } }].map((changes) => jobOf(changes).metadata?.name);
    expect(new Set(names).size).toBe(3);
    expect(jobOf().metadata?.name).toBe(names[0]);
  });

  test('is the same one in whatever order AWS tells the brokers: its pod, too, for a job cannot change', () => {
    const told = Token.asString({ resolve: () => '${msk.brokers}' });
    const changes = { kafka: { bootstrapServers: told } };
    expect(JSON.stringify(jobOf(changes))).not.toContain('${');
    expect(jobOf(changes)).toEqual(jobOf({ kafka: { bootstrapServers: Token.asString({ resolve: () => 'b' }) } }));
    expect(filesOf(changes)).toMatchObject({ BOOTSTRAP_SERVERS: '${msk.brokers}' });
    expect(JSON.stringify(jobOf(changes))).toContain(
      '"configMapKeyRef":{"name":"kafka-topics","key":"BOOTSTRAP_SERVERS"}',
    );
  });

  test('is another one for brokers that the definition names', () => {
    expect(jobOf({ kafka: { bootstrapServers: 'b-2.example:9096' } }).metadata?.name).not.toBe(jobOf().metadata?.name);
  });

  test('reaches the brokers and no other port, and they let it in', () => {
    const json = topics();
    const rules = resources(json).filter(({ type }) => type.startsWith('aws_vpc_security_group'));
    expect(rules.map(({ args }) => [args['security_group_id'], args['from_port']]).toSorted()).toEqual([
      ['sg-kafka', 9096],
      ['sg-nodes', 9096],
    ]);
    const policy = object(all(), 'NetworkPolicy') as unknown as { spec: { egress: { ports: { port: number }[] }[] } };
    const ports = policy.spec.egress.flatMap((rule) => rule.ports.map(({ port }) => port));
    expect(new Set(ports)).toEqual(new Set([53, 9096]));
  });

  test('reaches brokers that exist already by the port that they name', () => {
    const json = topics({ kafka: { bootstrapServers: 'b-1.example:19096,b-2.example:19096' } });
    const rules = resources(json).filter(({ type }) => type.startsWith('aws_vpc_security_group'));
    expect(rules.map(({ args }) => args['from_port'])).toEqual([19096, 19096]);
    const policy = JSON.stringify(object(objectsOf(json, 'kafka-topics'), 'NetworkPolicy'));
    expect(policy).toContain('{"to":[{"ipBlock":{"cidr":"0.0.0.0/0"}}],"ports":[{"port":19096,"protocol":"TCP"}]}');
  });

  test('fits the schemas of Kubernetes and of Terraform', async () => {
    const json = topics();
    expect(schemaProblems(['kafka-topics', 'kafka-topics-secrets'].flatMap((name) => objectsOf(json, name)))).toEqual(
      [],
    );
    expect(await terraformProblems(json)).toEqual([]);
  });
});
