import { DataSize, type Duration } from '../../core';
import type { MemoryPlan } from '../memory';
import { onEveryNode, type Properties, type Reason } from '../policy';
import { TrinoRelease } from '../release';
import type { ExchangeStorage, FaultToleranceContext, FaultTolerancePlan, FaultTolerancePolicy } from './shapes';

/** Trino's defaults; a task is tried again with three times the memory. */
const TASK_MEMORY = DataSize.gib(5);
const COORDINATOR_TASK_MEMORY = DataSize.gib(2);
const PARTITIONS = 50;
const MIN_PARTITIONS = 4;

/** @param policy a value that `faultToleranceViolations` finds nothing in */
export function planFaultTolerance(policy: FaultTolerancePolicy, context: FaultToleranceContext): FaultTolerancePlan {
  const { exchange } = policy;
  return {
    retryPolicy: policy.retryPolicy,
    properties: onEveryNode(serverProperties(policy, context)),
    exchangeManager: exchange && exchangeProperties(exchange, policy.maxPartitionCount ?? PARTITIONS),
    reasons: policy.retryPolicy === 'NONE' ? [] : reasonsOf(policy, context.memory),
  };
}

function serverProperties(policy: FaultTolerancePolicy, { memory, release }: FaultToleranceContext): Properties {
  const attempts = policy.retryAttempts?.toString();
  switch (policy.retryPolicy) {
    case 'NONE':
      return {};
    case 'QUERY':
      return { 'retry-policy': 'QUERY', ...(attempts && { 'query-retry-attempts': attempts }) };
    case 'TASK':
      return {
        'retry-policy': 'TASK',
        ...(policy.encryption === false ? { [encryptionSwitch(release)]: 'false' } : {}),
        ...(attempts && { 'task-retry-attempts-per-task': attempts }),
        'fault-tolerant-execution-task-memory': taskMemoryOf(policy, memory).toTrino(),
        'fault-tolerant-execution-coordinator-task-memory': coordinatorTaskMemory(memory).toTrino(),
        ...partitionProperties(policy.maxPartitionCount ?? PARTITIONS),
      };
  }
}

function encryptionSwitch(release = TrinoRelease.DEFAULT): string {
  return release.isAtLeast('480')
    ? 'external-exchange-encryption-enabled'
    : 'fault-tolerant-execution-exchange-encryption-enabled';
}

/** Two tasks must fit a worker at least, or each one has a worker to itself. */
function taskMemoryOf({ taskMemory }: FaultTolerancePolicy, { worker }: MemoryPlan): DataSize {
  return taskMemory ?? DataSize.min(TASK_MEMORY, worker.pool.times(0.5).floorToMib());
}

function coordinatorTaskMemory({ coordinator }: MemoryPlan): DataSize {
  return DataSize.min(COORDINATOR_TASK_MEMORY, coordinator.pool.times(0.5).floorToMib());
}

/** The minima follow a maximum below them. */
function partitionProperties(max: number): Properties {
  return {
    'fault-tolerant-execution-max-partition-count': String(max),
    'fault-tolerant-execution-min-partition-count': String(Math.min(MIN_PARTITIONS, max)),
    'fault-tolerant-execution-min-partition-count-for-write': String(Math.min(PARTITIONS, max)),
  };
}

function exchangeProperties(exchange: ExchangeStorage, partitions: number): Properties {
  return {
    'exchange-manager.name': 'filesystem',
    'exchange.base-directories': exchange.baseDirectories.join(','),
    'exchange.s3.region': exchange.region,
    ...(exchange.endpoint === undefined ? {} : { 'exchange.s3.endpoint': exchange.endpoint }),
    ...(exchange.pathStyleAccess === true ? { 'exchange.s3.path-style-access': 'true' } : {}),
    'exchange.max-output-partition-count': String(Math.max(PARTITIONS, partitions)),
  };
}

function reasonsOf(policy: FaultTolerancePolicy, memory: MemoryPlan): readonly Reason[] {
  const { retryPolicy, exchange: { expireAfter } = {} } = policy;
  const repeats = retryPolicy === 'TASK' ? 'tasks of a lost worker run again elsewhere' : 'a failed query runs again';
  return [
    { name: 'retry-policy', value: retryPolicy, reason: repeats },
    ...(retryPolicy === 'TASK' ? [taskMemoryReason(taskMemoryOf(policy, memory), memory)] : []),
    ...(expireAfter === undefined ? [] : [expiryReason(expireAfter)]),
  ];
}

function taskMemoryReason(taskMemory: DataSize, { worker }: MemoryPlan): Reason {
  const tasks = Math.floor(worker.pool.dividedBy(taskMemory));
  return {
    name: 'fault-tolerant-execution-task-memory',
    value: taskMemory.toString(),
    reason: `${tasks} tasks at a time share a worker's pool of ${worker.pool.toString()}`,
  };
}

function expiryReason(expireAfter: Duration): Reason {
  const reason = 'Trino does not clean up after a node that crashed; the bucket does';
  return { name: 'exchange expiry', value: expireAfter.toString(), reason };
}
