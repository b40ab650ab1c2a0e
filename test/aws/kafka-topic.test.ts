import { type KafkaTopic, kafkaTopicViolations } from '../../lib/aws/kafka-topic';

const LIMITS = { brokers: 3, replicationFactor: 3, minInsyncReplicas: 2 };
const wrong = (...topics: Partial<KafkaTopic>[]): string[] =>
  kafkaTopicViolations(
    topics.map((topic) => ({ name: 'orders', partitions: 6, ...topic })),
    LIMITS,
  ).map(({ path }) => path);

test.each<Partial<KafkaTopic>>([
  {},
  { name: 'shop.orders-v2_EU' },
  { name: 'a'.repeat(249) },
  { replicationFactor: 2 },
  { replicationFactor: 1, config: { 'min.insync.replicas': '1' } },
  { config: { 'retention.ms': '86400000' } },
])('%j is fine', (topic) => {
  expect(wrong(topic)).toEqual([]);
});

test.each<[string, Partial<KafkaTopic>]>([
  ['topics.bestellungen/ü.name', { name: 'bestellungen/ü' }],
  ['topics..name', { name: '' }],
  ['topics....name', { name: '..' }],
  [`topics.${'a'.repeat(250)}.name`, { name: 'a'.repeat(250) }],
  ['topics.orders.partitions', { partitions: 0 }],
  ['topics.orders.partitions', { partitions: 1.5 }],
  ['topics.orders.partitions', { partitions: undefined as unknown as number }],
  ['topics.orders.replicationFactor', { replicationFactor: 4 }],
  ['topics.orders.replicationFactor', { replicationFactor: 0, config: { 'min.insync.replicas': '0' } }],
  ['topics.orders.config.min.insync.replicas', { config: { 'min.insync.replicas': '4' } }],
  ['topics.orders.config.min.insync.replicas', { config: { 'min.insync.replicas': 'two' } }],
  ['topics.orders.config.min.insync.replicas', { replicationFactor: 1 }],
])('fails when %s is wrong: %j', (path, topic) => {
  expect(wrong(topic)).toContain(path);
});

test('topics of different names stand side by side', () => {
  expect(wrong({ name: 'orders' }, { name: 'orders-eu' })).toEqual([]);
});

test.each([
  ['orders', 'orders'],
  ['shop.orders', 'shop_orders'],
])('fails when %s and %s would be one in the metrics of Kafka', (first, second) => {
  expect(
    kafkaTopicViolations(
      [
        { name: first, partitions: 1 },
        { name: second, partitions: 1 },
      ],
      LIMITS,
    ),
  ).toEqual([expect.objectContaining({ path: `topics.${second}.name`, allowed: expect.stringContaining(first) })]);
});
