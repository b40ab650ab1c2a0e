import { inside, refuse, violationsOf, wholeNumberIfGiven, type DataSize, type Violation } from '../../core';
import { optional, type Caution, type Properties, type Reason } from '../policy';
import { nodeMemoryViolations, planNode } from './node';
import type { InertSetting, MemoryPlan, MemoryProps, NodeMemoryPlan, QueryMemory } from './shapes';

/** More than this share of a node left over is worth a word. */
const NOTABLE_WASTE = 0.2;

/**
 * Memory of both roles and the limits of a query, all derived from the pods and the maximum of workers.
 * @throws ConfigError when `memoryViolations` finds something
 */
export function planMemory(props: MemoryProps): MemoryPlan {
  refuse('memory', memoryViolations(props));
  const [coordinator, worker] = [planNode('coordinator', props.coordinator), planNode('worker', props.workers)];
  const { max: maxWorkers } = props.workers;
  const clusterPool = worker.pool.times(maxWorkers);
  const maxMemory = props.memory?.maxMemory ?? worker.maxMemoryPerNode.times(maxWorkers);
  const maxTotalMemory = props.memory?.maxTotalMemory ?? allHeaps(worker, maxWorkers);
  const limits = { 'query.max-memory': maxMemory.toTrino(), 'query.max-total-memory': maxTotalMemory.toTrino() };
  return {
    ...{ coordinator, worker, maxWorkers, maxMemory, maxTotalMemory, clusterPool },
    properties: {
      coordinator: { ...limits, ...nodeProperties(coordinator) },
      worker: { ...limits, ...nodeProperties(worker) },
    },
    inert: props.retryPolicy === 'TASK' ? INERT_WITH_TASK_RETRIES : [],
    reasons: clusterReasons(props, worker, maxMemory, maxTotalMemory),
    cautions: [coordinator, worker].flatMap(wasteCautions),
  };
}

/**
 * Above all pools: one that is full makes its queries wait, and spill where they may, but it takes a little more than it
 * holds first. A limit as large as the pools kills the query in this moment.
 */
function allHeaps({ heap }: NodeMemoryPlan, maxWorkers: number): DataSize {
  return heap.times(maxWorkers);
}

function nodeProperties(plan: NodeMemoryPlan): Properties {
  return {
    'query.max-memory-per-node': plan.maxMemoryPerNode.toTrino(),
    'memory.heap-headroom-per-node': plan.headroom.toTrino(),
  };
}

function clusterReasons(
  { workers: { max }, memory: { maxMemory, maxTotalMemory } = {} }: MemoryProps,
  worker: NodeMemoryPlan,
  memory: DataSize,
  total: DataSize,
): readonly Reason[] {
  const shares = `${max} workers at ${worker.maxMemoryPerNode.toString()} per query`;
  const heaps = `${max} workers with a heap of ${worker.heap.toString()} each`;
  return [
    {
      name: 'query.max-memory',
      value: memory.toString(),
      reason: maxMemory === undefined ? `${shares}: no query can get more` : `as asked, of ${shares}`,
    },
    {
      name: 'query.max-total-memory',
      value: total.toString(),
      reason:
        maxTotalMemory === undefined
          ? `${heaps}: their pools hold less, and make a query wait or spill before it`
          : `as asked, of ${heaps}`,
    },
  ];
}

function wasteCautions({ role, memory, fit }: NodeMemoryPlan): readonly Caution[] {
  if (fit === undefined || fit.wasted.dividedBy(fit.allocatable) <= NOTABLE_WASTE) return [];
  const used = `${fit.podsPerNode} of ${memory.toString()} on a node that gives ${fit.allocatable.toString()}`;
  const share = fit.wasted.percentOf(fit.allocatable);
  const path = role === 'worker' ? 'workers.memory' : 'coordinator.memory';
  return [{ path, text: `${share} of each node stays unused: ${used}; size the pod's memory and CPU to the node` }];
}

/** @see https://trino.io/docs/current/admin/properties-resource-management.html (the notes of each property) */
const INERT_WITH_TASK_RETRIES: readonly InertSetting[] = [
  'query.max-memory',
  'query.max-total-memory',
  'query.max-memory-per-node',
].map((property) => ({ property, reason: 'Trino does not apply it to queries with retry-policy=TASK' }));

/** Everything that is wrong with the memory of a platform; nothing is constructed. */
export function memoryViolations(props: MemoryProps): readonly Violation[] {
  const nodes = [
    ...inside('coordinator', nodeMemoryViolations('coordinator', props.coordinator)),
    ...inside('workers', nodeMemoryViolations('worker', props.workers)),
    ...wholeNumberIfGiven('workers.max', props.workers.max, { from: 1 }, 'give the maximum of the autoscaler'),
  ];
  const inert = props.retryPolicy === 'TASK' ? inertViolations(props) : [];
  return [...nodes, ...inert, ...(nodes.length > 0 ? [] : inside('memory', queryViolations(props)))];
}

function queryViolations({ workers, memory = {} }: MemoryProps): readonly Violation[] {
  return limitViolations(memory, planNode('worker', workers), workers.max);
}

/** Limits of a query that the workers cannot reach, or that contradict each other. */
export function limitViolations(limits: QueryMemory, worker: NodeMemoryPlan, maxWorkers: number): readonly Violation[] {
  const reachable = worker.maxMemoryPerNode.times(maxWorkers);
  const heaps = allHeaps(worker, maxWorkers);
  return violationsOf(limits, [
    optional(
      ({ maxMemory }) => maxMemory,
      (maxMemory) => !maxMemory.isGreaterThan(reachable),
      (maxMemory) => unreachable('maxMemory', maxMemory, reachable, `${maxWorkers} workers`),
    ),
    optional(
      ({ maxTotalMemory }) => maxTotalMemory,
      (total) => !total.isGreaterThan(heaps),
      (total) => unreachable('maxTotalMemory', total, heaps, `the heaps of ${maxWorkers} workers`),
    ),
    optional(
      ({ maxTotalMemory }) => maxTotalMemory,
      (total, { maxMemory }) => !total.isLessThan(maxMemory ?? reachable),
      (total, { maxMemory }) => ({
        path: 'maxTotalMemory',
        got: total.toString(),
        allowed: `from maxMemory (${(maxMemory ?? reachable).toString()}): Trino refuses to boot below it`,
        fix: 'raise maxTotalMemory or lower maxMemory',
      }),
    ),
  ]);
}

function unreachable(path: string, got: DataSize, most: DataSize, of: string): Violation {
  return {
    path,
    got: got.toString(),
    allowed: `up to ${most.toString()}, what ${of} can give one query`,
    fix: `lower it to ${most.toTrino()} or leave it out; a limit above what exists protects nothing`,
  };
}

function inertViolations({ coordinator, workers, memory }: MemoryProps): readonly Violation[] {
  const limits = {
    'memory.maxMemory': memory?.maxMemory,
    'memory.maxTotalMemory': memory?.maxTotalMemory,
    'coordinator.memoryPolicy.maxMemoryPerNode': coordinator.memoryPolicy?.maxMemoryPerNode,
    'workers.memoryPolicy.maxMemoryPerNode': workers.memoryPolicy?.maxMemoryPerNode,
  };
  return Object.entries(limits).flatMap(([path, limit]) => (limit === undefined ? [] : [inertViolation(path, limit)]));
}

function inertViolation(path: string, limit: DataSize): Violation {
  return {
    path,
    got: limit.toString(),
    allowed: 'nothing with retryPolicy TASK, where Trino ignores memory limits of queries',
    fix: 'leave it out and size tasks with faultTolerance.taskMemory',
  };
}
