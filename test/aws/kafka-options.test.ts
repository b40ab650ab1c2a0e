import fc from 'fast-check';
import { KafkaAuthentication } from '../../lib/aws/kafka-authentication';
import { type KafkaOptions, brokerConfiguration, brokerZones, kafkaViolations } from '../../lib/aws/kafka-options';
import { KafkaVersion } from '../../lib/aws/kafka-version';
import { paths, UNKNOWN } from './support';

const violations = (options: Partial<KafkaOptions>, zones = 3): string[] =>
  paths(kafkaViolations({ name: 'acme-dev', ...options }, zones));

test('whatever the size, a write survives the loss of a broker where there are three, and never waits for ever', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 2, max: 6 }), (brokersPerZone, zones) => {
      const brokers = brokersPerZone * brokerZones({}, zones);
      const configuration = brokerConfiguration({ configuration: {} }, brokers);
      const [replicas, inSync] = [
        configuration['default.replication.factor'],
        configuration['min.insync.replicas'],
      ].map(Number);
      expect(replicas).toBe(Math.min(3, brokers));
      expect(inSync).toBe(Math.max(1, (replicas ?? 0) - 1));
      expect(violations({ brokersPerZone }, zones)).toEqual([]);
    }),
  );
});

test('no topic is made by a typo and no replica that lags becomes leader', () => {
  expect(brokerConfiguration({ configuration: {} }, 3)).toMatchObject({
    'auto.create.topics.enable': 'false',
    'unclean.leader.election.enable': 'false',
  });
});

test("Kafka's own topics fit a cluster of two brokers", () => {
  expect(brokerConfiguration({ configuration: {} }, 2)).toMatchObject({
    'offsets.topic.replication.factor': '2',
    'transaction.state.log.replication.factor': '2',
    'transaction.state.log.min.isr': '1',
  });
});

test('settings of the user win', () => {
  const configuration = { 'log.retention.hours': '48', 'default.replication.factor': '2' };
  expect(brokerConfiguration({ configuration }, 3)).toMatchObject(configuration);
});

test.each([
  {},
  { brokersPerZone: 2 },
  { brokerType: 'kafka.m5.24xlarge' },
  { version: KafkaVersion.V3_9 },
  { volumeGiB: 1 },
  { volumeGiB: 16_384 },
  { volumeGiB: 100, maxVolumeGiB: 100 },
  { authentication: KafkaAuthentication.mutualTls(['arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/1']) },
  { topics: [{ name: 'orders', partitions: 6 }] },
])('%j is fine', (options) => {
  expect(violations(options)).toEqual([]);
});

test.each<[string, Partial<KafkaOptions>]>([
  ['name', { name: 'acme_dev' }],
  ['name', { name: 'a'.repeat(65) }],
  ['version', { version: KafkaVersion.of('4.2.x.kraft') }],
  ['brokersPerZone', { brokersPerZone: 0 }],
  ['brokersPerZone', { brokersPerZone: 1.5 }],
  ['brokerType', { brokerType: 'kafka.t3.small' }],
  ['brokerType', { brokerType: 'm7g.large' }],
  ['brokerType', { brokerType: 'kafka.m7g.24xlarge' }],
  ['volumeGiB', { volumeGiB: 0, maxVolumeGiB: 10 }],
  ['maxVolumeGiB', { volumeGiB: 100, maxVolumeGiB: 99 }],
  ['maxVolumeGiB', { maxVolumeGiB: 16_385 }],
  ['authentication', { authentication: KafkaAuthentication.mutualTls([]) }],
  ['logRetentionDays', { logRetentionDays: 31 }],
  ['configuration.default.replication.factor', { configuration: { 'default.replication.factor': '4' } }],
  ['configuration.default.replication.factor', { configuration: { 'default.replication.factor': '2.5' } }],
  ['configuration.min.insync.replicas', { configuration: { 'min.insync.replicas': '4' } }],
  ['configuration.min.insync.replicas', { configuration: { 'min.insync.replicas': '1.5' } }],
  ['topics.orders.replicationFactor', { topics: [{ name: 'orders', partitions: 6, replicationFactor: 4 }] }],
])('fails when %s is wrong: %j', (path, options) => {
  expect(violations(options)).toContain(path);
});

test('a fourth zone of the network gets no brokers', () => {
  expect([2, 3, 4].map((zones) => brokerZones({}, zones))).toEqual([2, 3, 3]);
});

test('a cluster keeps its zones when the network gets another one', () => {
  expect(brokerZones({ zones: 2 }, 3)).toBe(2);
  expect(violations({ zones: 2 })).toEqual([]);
});

test.each([
  [1, 3],
  [4, 4],
  [3, 2],
])('fails when %d zones shall have brokers in a network of %d', (zones, networkZones) => {
  expect(violations({ zones }, networkZones)).toContain('zones');
});

test('a value that is known only when Terraform runs is not judged', () => {
  const { number, text } = UNKNOWN;
  expect(violations({ name: text, brokerType: text, logRetentionDays: number })).toEqual([]);
  expect(violations({ volumeGiB: number, maxVolumeGiB: 1000 })).toEqual([]);
  expect(violations({ maxVolumeGiB: number })).toEqual([]);
});

test('fails when others are computed from what only Terraform knows', () => {
  expect(violations({ brokersPerZone: UNKNOWN.number, volumeGiB: UNKNOWN.number })).toEqual([
    'brokersPerZone',
    'volumeGiB',
  ]);
});
