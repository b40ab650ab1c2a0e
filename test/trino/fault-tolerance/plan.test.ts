import fc from 'fast-check';
import { DataSize, Duration } from '../../../lib/core';
import {
  planFaultTolerance,
  faultToleranceViolations,
  type FaultToleranceContext,
  type FaultTolerancePolicy,
} from '../../../lib/trino/fault-tolerance';
import { planMemory } from '../../../lib/trino/memory';
import { TrinoRelease } from '../../../lib/trino/release';

const EXCHANGE = { baseDirectories: ['s3://acme-exchange-1', 's3://acme-exchange-2'], region: 'eu-west-1' };
const TASK: FaultTolerancePolicy = { retryPolicy: 'TASK', exchange: EXCHANGE };

function context(pod = DataSize.gib(48)): FaultToleranceContext {
  const memory = planMemory({
    coordinator: { memory: DataSize.gib(16) },
    workers: { memory: pod, max: 6 },
    retryPolicy: 'TASK',
  });
  return { memory, capacity: 'spot', maxExecutionTime: Duration.hours(1) };
}

test('task retries write the policy, the sizes and the exchange, the same on every node', () => {
  const { properties, exchangeManager } = planFaultTolerance(TASK, context());
  expect(properties.coordinator).toEqual(properties.worker);
  expect(properties.worker).toEqual({
    'retry-policy': 'TASK',
    'fault-tolerant-execution-task-memory': '5GB',
    'fault-tolerant-execution-coordinator-task-memory': '2GB',
    'fault-tolerant-execution-max-partition-count': '50',
    'fault-tolerant-execution-min-partition-count': '4',
    'fault-tolerant-execution-min-partition-count-for-write': '50',
  });
  expect(exchangeManager).toEqual({
    'exchange-manager.name': 'filesystem',
    'exchange.base-directories': 's3://acme-exchange-1,s3://acme-exchange-2',
    'exchange.s3.region': 'eu-west-1',
    'exchange.max-output-partition-count': '50',
  });
});

test('two tasks fit every worker, from 2 GiB to 1.5 TiB', () => {
  const pods = fc.integer({ min: 2 * 1024, max: 1536 * 1024 }).map(DataSize.mib);
  fc.assert(
    fc.property(pods, (pod) => {
      const text =
        planFaultTolerance(TASK, context(pod)).properties.worker['fault-tolerant-execution-task-memory'] ?? '';
      const pool = context(pod).memory.worker.pool;
      return DataSize.parseTrino(text).toBytes() > 0 && !DataSize.parseTrino(text).times(2).isGreaterThan(pool);
    }),
  );
});

test('a task on a small worker is smaller than the default of Trino, with the reason', () => {
  const { properties, reasons } = planFaultTolerance(TASK, context(DataSize.gib(4)));
  expect(properties.worker['fault-tolerant-execution-task-memory']).toBe('974MB');
  expect(reasons.map(({ reason }) => reason)).toContain("2 tasks at a time share a worker's pool of 1.9 GiB");
});

test('partitions below the minima of Trino lower them, and above the exchange raise it', () => {
  const few = planFaultTolerance({ ...TASK, maxPartitionCount: 3 }, context());
  expect(few.properties.worker).toMatchObject({
    'fault-tolerant-execution-max-partition-count': '3',
    'fault-tolerant-execution-min-partition-count': '3',
    'fault-tolerant-execution-min-partition-count-for-write': '3',
  });
  const many = planFaultTolerance({ ...TASK, maxPartitionCount: 200 }, context());
  expect(many.exchangeManager?.['exchange.max-output-partition-count']).toBe('200');
});

test('says when the bucket deletes what crashed nodes leave behind, where that is known', () => {
  const expiry = (expireAfter?: Duration) => {
    const exchange = { ...EXCHANGE, ...(expireAfter && { expireAfter }) };
    const { reasons } = planFaultTolerance({ ...TASK, exchange }, context());
    return reasons.find(({ name }) => name === 'exchange expiry')?.value;
  };
  expect(expiry(Duration.days(7))).toBe('7d');
  expect(expiry()).toBeUndefined();
});

test('retries of queries need no exchange and set no task sizes', () => {
  const plan = planFaultTolerance({ retryPolicy: 'QUERY', retryAttempts: 2 }, context());
  expect(plan.properties.worker).toEqual({ 'retry-policy': 'QUERY', 'query-retry-attempts': '2' });
  expect(plan.exchangeManager).toBeUndefined();
});

test.each([
  ['476', 'fault-tolerant-execution-exchange-encryption-enabled'],
  ['480', 'external-exchange-encryption-enabled'],
])('tasks whose output is not encrypted say so under the name of %s', (version, name) => {
  const release = TrinoRelease.of(version);
  const plain = planFaultTolerance({ ...TASK, encryption: false }, { ...context(), release });
  expect(plain.properties.worker).toMatchObject({ [name]: 'false' });
  const { properties } = planFaultTolerance({ ...TASK, encryption: true }, { ...context(), release });
  expect(properties.worker).not.toHaveProperty([name]);
});

test('another S3 is named with its endpoint, path style and attempts of a task', () => {
  const exchange = { ...EXCHANGE, endpoint: 'http://minio:9000', pathStyleAccess: true };
  const plan = planFaultTolerance({ ...TASK, exchange, retryAttempts: 9 }, context());
  expect(plan.exchangeManager).toMatchObject({
    'exchange.s3.endpoint': 'http://minio:9000',
    'exchange.s3.path-style-access': 'true',
  });
  expect(plan.properties.worker['task-retry-attempts-per-task']).toBe('9');
});

test('without retries nothing is written and nothing to explain', () => {
  const plan = planFaultTolerance({ retryPolicy: 'NONE' }, { ...context(), capacity: 'on-demand' });
  expect([plan.properties.worker, plan.reasons]).toEqual([{}, []]);
});

test('what the plan accepts the rules accept', () => {
  expect(faultToleranceViolations(TASK, context())).toEqual([]);
});
