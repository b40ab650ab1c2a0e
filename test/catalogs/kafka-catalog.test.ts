import { KafkaAuthentication, KafkaCluster } from '../../lib/aws';
import type { SecretRef } from '../../lib/core';
import { KafkaCatalog, type KafkaCatalogProps } from '../../lib/catalogs';
import type { KafkaTable } from '../../lib/trino';
import { networkOf } from '../aws/support';
import { resources, synth, testStack, warnings } from '../support/synth';
import { openPorts, RecordingHost } from './host';
import { AUTHENTICATIONS, CERTIFICATE, kafkaOf, secretArn } from './sources';

type Kind = keyof typeof AUTHENTICATIONS;

const ORDERS = [{ topic: 'orders' }];
const made = (kind: Kind, props: Partial<KafkaCatalogProps> = {}) => {
  const stack = testStack();
  const host = new RecordingHost(stack);
  return {
    stack,
    host,
    catalog: new KafkaCatalog('events', { cluster: kafkaOf(stack, kind), topics: ORDERS, ...props }),
  };
};
const bound = (kind: Kind, props: Partial<KafkaCatalogProps> = {}) => {
  const { catalog, ...rest } = made(kind, props);
  return { ...rest, config: catalog.bind(rest.host) };
};

test('topics are tables, and the brokers those of the cluster', () => {
  const { properties, files } = bound('plaintext', {
    topics: [{ topic: 'Orders' }],
    hideInternalColumns: false,
  }).config;
  expect(properties).toMatchObject({
    'kafka.nodes': 'b-1.example:9092,b-2.example:9092',
    'kafka.table-names': 'default.orders',
    'kafka.hide-internal-columns': 'false',
  });
  expect(Object.keys(files ?? {})).toEqual(['default.orders.json']);
});

test('SCRAM stands in a file with places for user and password, both in the Secret alone', () => {
  const { config, host } = bound('scram');
  expect(config.properties).toMatchObject({
    'kafka.config.resources': '/etc/trino-secrets/events-kafka-client.properties',
  });
  expect(config.properties).not.toHaveProperty(['kafka.security-protocol']);
  const [file] = config.secretFiles ?? [];
  expect(file?.content.filter((part) => typeof part !== 'string').map(String)).toEqual([
    `secret ${secretArn('kafka')}, key password`,
  ]);
  expect(host.statements).toEqual([]);
});

test('mutual TLS brings key and certificates as a file', () => {
  const { secretFiles = [] } = bound('mutual-tls', { clientCertificate: CERTIFICATE }).config;
  expect(secretFiles.map(({ name }) => name)).toEqual(['events-kafka-client.properties', 'events-kafka.pem']);
  expect(secretFiles[1]?.content).toEqual([CERTIFICATE]);
});

test('IAM lets the pods consume the topics listed, and says what the image lacks', () => {
  const { host, stack } = bound('iam', { topics: [{ topic: 'orders' }, { topic: 'Payments' }] });
  const consume = host.statements.find(({ actions }) => actions.includes('kafka-cluster:ReadData'));
  expect(consume?.resources.map((arn) => arn.split('/').at(-1))).toEqual(['orders', 'Payments']);
  expect(warnings(stack)).toEqual([expect.stringMatching(/^catalog events: .*aws-msk-iam-auth to plugin\/kafka/)]);
});

test.each(['scram', 'plaintext'] as const)('%s grants the pods nothing and warns of nothing', (kind) => {
  const { host, stack } = bound(kind);
  expect(host.statements).toEqual([]);
  expect(warnings(stack)).toEqual([]);
});

test('a cluster of our own works like one that exists already', () => {
  const stack = testStack();
  const host = new RecordingHost(stack);
  const authentication = KafkaAuthentication.scram();
  const cluster = new KafkaCluster(stack, 'Kafka', { name: 'acme-dev', network: networkOf(stack), authentication });
  const { secretFiles } = new KafkaCatalog('events', { cluster, topics: ORDERS }).bind(host);
  expect(secretFiles).toHaveLength(1);
  expect(openPorts(stack)).toEqual([expect.stringMatching(/:9096$/)]);
});

describe('schemas that a server has', () => {
  const avro = (topic: string, url: string): KafkaTable => ({
    topic,
    message: { dataFormat: 'avro', schema: { url }, fields: [{ name: 'id', type: 'BIGINT', mapping: 'id' }] },
  });
  const servers = (...topics: readonly KafkaTable[]) =>
    resources(synth(bound('plaintext', { topics }).stack), 'aws_vpc_security_group_egress_rule')
      .filter(({ args }) => args['cidr_ipv4'] !== undefined)
      .map(({ args }) => [args['cidr_ipv4'], args['from_port']]);

  test('are fetched: the port of the URL is open', () => {
    const topics = [avro('orders', 'http://registry:8081/orders.avsc'), avro('clicks', 'http://schemas/clicks.avsc')];
    expect(servers(...topics)).toEqual([
      ['0.0.0.0/0', 8081],
      ['0.0.0.0/0', 80],
    ]);
  });

  test('need no rule by HTTPS, by which nodes reach everything', () => {
    expect(servers(avro('orders', 'https://schemas/orders.avsc'))).toEqual([]);
  });

  test('are not looked for where the schema comes along', () => {
    const schema = { file: 'orders.avsc', text: '{}' };
    expect(servers({ topic: 'orders', message: { dataFormat: 'avro', schema, fields: [] } })).toEqual([]);
  });
});

describe('what cannot work', () => {
  test('fails when there is no topic', () => {
    expect(() => made('plaintext', { topics: [] })).toThrow(/^catalog events: .*\n.*topics: got none/);
  });

  test('fails when a cluster with SCRAM was imported without its user', () => {
    const stack = testStack();
    const cluster = KafkaCluster.fromAttributes(stack, 'Kafka', {
      bootstrapServers: 'b-1:9096',
      securityGroupId: 'sg-kafka',
      authentication: KafkaAuthentication.scram(),
    });
    expect(() => new KafkaCatalog('events', { cluster, topics: ORDERS })).toThrow(
      /cluster\.credentials: got nothing; .*SCRAM; fix: give 'credentials' to KafkaCluster\.fromAttributes/,
    );
  });

  test('fails when a cluster with IAM was imported without its ARN, which grants name', () => {
    const cluster = KafkaCluster.fromAttributes(testStack(), 'Kafka', {
      bootstrapServers: 'b-1:9098',
      securityGroupId: 'sg-kafka',
      authentication: KafkaAuthentication.iam(),
    });
    expect(() => new KafkaCatalog('events', { cluster, topics: ORDERS })).toThrow(
      /^catalog events: .*\n.*cluster\.clusterArn: got nothing; .*KafkaCluster\.fromAttributes/,
    );
  });

  test('fails when the private key stands there itself, and does not repeat it', () => {
    const clientCertificate = '-----BEGIN PRIVATE KEY-----' as unknown as SecretRef;
    const written = () => made('mutual-tls', { clientCertificate });
    expect(written).toThrow(/clientCertificate: got something else than a reference/);
    expect(written).not.toThrow(/BEGIN/);
  });

  test('fails when mutual TLS has no certificate', () => {
    expect(() => made('mutual-tls')).toThrow(/clientCertificate: got nothing; .*fix: point to a PEM document/);
  });

  test.each(['scram', 'iam', 'plaintext'] as const)('fails when %s is given a certificate', (kind) => {
    expect(() => made(kind, { clientCertificate: CERTIFICATE })).toThrow(/authentication is .*; fix: leave it out/);
  });

  test('fails when two things are wrong, naming both', () => {
    expect(() => made('mutual-tls', { topics: [] })).toThrow(/2 problems\n.*topics.*\n.*clientCertificate/);
  });

  test('fails when a topic cannot be read as described, naming the catalog', () => {
    const topics = [{ topic: 'orders' }, { topic: 'Orders' }];
    expect(() => bound('plaintext', { topics })).toThrow(/^catalog events: .*\n.*a second table 'default\.orders'/);
  });
});
