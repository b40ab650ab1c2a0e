import { DataSize, Duration } from '../../../lib/core';
import {
  faultToleranceViolations,
  type FaultToleranceContext,
  type FaultTolerancePolicy,
  retryCautions,
} from '../../../lib/trino/fault-tolerance';
import { planMemory } from '../../../lib/trino/memory';
import type { RetryPolicy } from '../../../lib/trino/retry-policy';

const EXCHANGE = { baseDirectories: ['s3://acme-exchange'], region: 'eu-west-1' };
const NONE: FaultTolerancePolicy = { retryPolicy: 'NONE' };
const QUERY: FaultTolerancePolicy = { retryPolicy: 'QUERY' };
const TASK: FaultTolerancePolicy = { retryPolicy: 'TASK', exchange: EXCHANGE };
const CONTEXT: FaultToleranceContext = {
  memory: planMemory({
    ...{ coordinator: { memory: DataSize.gib(16) }, workers: { memory: DataSize.gib(8), max: 6 } },
    retryPolicy: 'TASK',
  }),
  capacity: 'on-demand',
  maxExecutionTime: Duration.hours(1),
};

function paths(policy: FaultTolerancePolicy, context: Partial<FaultToleranceContext> = {}) {
  return faultToleranceViolations(policy, { ...CONTEXT, ...context }).map(({ path }) => path);
}

test.each([NONE, QUERY, TASK])('%j passes', (policy) => {
  expect(paths(policy)).toEqual([]);
});

test('fails when the retry policy is none of Trino', () => {
  expect(paths({ retryPolicy: 'STAGE' as RetryPolicy })).toContain('retryPolicy');
});

test('fails when tasks are retried without an exchange, which Trino notices at the first query only', () => {
  expect(paths({ retryPolicy: 'TASK' })).toEqual(['exchange']);
});

test('fails when spot workers have no retries', () => {
  expect(paths(NONE, { capacity: 'spot' })).toEqual(['retryPolicy']);
  expect(paths(TASK, { capacity: 'spot' })).toEqual([]);
  expect(paths(QUERY, { capacity: 'spot' })).toEqual([]);
});

describe('catalogs that can only be read while retries are on', () => {
  const warned = (connector: string, properties = {}, policy: FaultTolerancePolicy = TASK) =>
    retryCautions(policy, [{ name: 'events', connector, properties }]).map(({ text }) => text);

  test.each(['cassandra', 'clickhouse', 'duckdb', 'gsheets', 'ignite', 'kafka', 'singlestore', 'snowflake', 'vertica'])(
    'are those of %s',
    (connector) => {
      expect(warned(connector)).toEqual([`with retryPolicy 'TASK' it can be read only: ${connector} refuses INSERT`]);
      expect(warned(connector, {}, QUERY)).toHaveLength(1);
      expect(warned(connector, {}, NONE)).toEqual([]);
    },
  );

  test.each(['hive', 'iceberg', 'delta_lake', 'mysql', 'mariadb', 'postgresql', 'oracle', 'sqlserver', 'redshift'])(
    'are none of %s',
    (connector) => {
      expect(warned(connector)).toEqual([]);
    },
  );

  test('are those of a database that is written to without transactions', () => {
    const insert = (value: string) => warned('mysql', { 'insert.non-transactional-insert.enabled': value });
    expect(insert('TRUE')).toEqual([
      "with retryPolicy 'TASK' it can be read only: mysql refuses INSERT with insert.non-transactional-insert.enabled=true",
    ]);
    expect(insert('false')).toEqual([]);
    expect(insert('${ENV:INSERT}')).toEqual([]);
  });
});

test('fails when one task is larger than the pool of a worker, with a size that fits twice', () => {
  expect(paths({ ...TASK, taskMemory: DataSize.gib(4) })).toEqual([]);
  expect(faultToleranceViolations({ ...TASK, taskMemory: DataSize.gib(5) }, CONTEXT)).toMatchObject([
    { path: 'taskMemory', got: '5 GiB', fix: expect.stringContaining('2274MB') as string },
  ]);
});

test.each([1, 1000])('there may be %s partitions', (maxPartitionCount) => {
  expect(paths({ ...TASK, maxPartitionCount })).toEqual([]);
});

test.each([0, 1001, 1.5])('fails when there are %s partitions', (maxPartitionCount) => {
  expect(paths({ ...TASK, maxPartitionCount })).toEqual(['maxPartitionCount']);
});

test('fails when a task is tried more often than Trino counts', () => {
  expect(paths({ ...TASK, retryAttempts: 126 })).toEqual([]);
  expect(paths({ ...TASK, retryAttempts: 127 })).toEqual(['retryAttempts']);
  expect(paths({ ...QUERY, retryAttempts: 127 })).toEqual([]);
});

test.each<[string, FaultTolerancePolicy]>([
  ['taskMemory', { ...QUERY, taskMemory: DataSize.gib(1) }],
  ['maxPartitionCount', { ...QUERY, maxPartitionCount: 10 }],
  ['exchange', { ...NONE, exchange: EXCHANGE }],
  ['retryAttempts', { ...NONE, retryAttempts: 3 }],
  ['encryption', { ...NONE, encryption: false }],
  ['encryption', { ...QUERY, exchange: EXCHANGE, encryption: true }],
])('fails when %s would have no effect', (path, policy) => {
  expect(paths(policy)).toEqual([path]);
});

describe('exchange', () => {
  const withExchange = (exchange: Partial<typeof EXCHANGE> & { readonly expireAfter?: Duration }) =>
    paths({ ...TASK, exchange: { ...EXCHANGE, ...exchange } });

  test('a placeholder of Terraform for the bucket is not judged', () => {
    expect(withExchange({ baseDirectories: ['${TfToken[TOKEN.0]}'] })).toEqual([]);
  });

  test('fails when it has no directory, or one that not every node reaches', () => {
    expect(withExchange({ baseDirectories: [] })).toEqual(['exchange.baseDirectories']);
    expect(withExchange({ baseDirectories: ['/tmp/exchange'] })).toEqual(['exchange.baseDirectories']);
  });

  test('fails when its contents expire in parts of a day or under a running query', () => {
    expect(withExchange({ expireAfter: Duration.days(1) })).toEqual([]);
    expect(withExchange({ expireAfter: Duration.hours(36) })).toEqual(['exchange.expireAfter']);
    const exchange = { ...EXCHANGE, expireAfter: Duration.days(3) };
    const context = { maxExecutionTime: Duration.days(3) };
    expect(paths({ ...TASK, exchange }, context)).toEqual(['exchange.expireAfter']);
    expect(paths(TASK, context)).toEqual([]);
  });
});
