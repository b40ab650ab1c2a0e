import { DataSize, rule, show, violationsOf, type Violation } from '../../core';
import { optional, type Reason } from '../policy';
import type { TrinoRole } from '../trino-role';
import type { NodeFit, NodeMemory, NodeMemoryPlan, OffHeapPart } from './shapes';

/** The JVM's own needs do not shrink with the pod: below this nothing useful is left for queries. */
const SMALLEST_POD = DataSize.gib(2);
/** @see https://trino.io/docs/current/installation/deployment.html#jvm-config (heap at most 85 % of the memory) */
const LARGEST_HEAP_FRACTION = 0.85;
/** Between the 70 and 85 % of Trino's documentation, so that a spike outside the heap does not kill the pod. */
const USUAL_HEAP_FRACTION = 0.8;
/** Less heap than this is memory that is paid for and that no query can use. */
const SMALLEST_HEAP_FRACTION = 0.5;
/** Trino's own default of `memory.heap-headroom-per-node`. */
const HEADROOM_FRACTION = 0.3;
/** A coordinator's heap goes to plans, statistics and results, which no query limit counts: 0.3 is Trino's default. */
const QUERY_FRACTION: Readonly<Record<TrinoRole, number>> = { coordinator: 0.3, worker: 0.5 };

/**
 * What a JVM that runs Trino takes outside of its heap at any size. Measured on a coordinator with two catalogs: 160 MiB
 * of metaspace, 40 MiB of stacks and buffers, 50 MiB of code and a twentieth of the heap for the collector after a few
 * queries; more catalogs, more connections and longer life take the rest.
 */
const FIXED_PARTS: readonly OffHeapPart[] = [
  part('code cache', DataSize.mib(512), 'reserved by -XX:ReservedCodeCacheSize=512M of the chart'),
  part('metaspace', DataSize.mib(256), 'classes of the server and of each plugin in use'),
  part('stacks and buffers', DataSize.mib(256), 'thread stacks and direct buffers of HTTP and storage clients'),
];
const FIXED = FIXED_PARTS.reduce((sum, { size }) => sum.plus(size), DataSize.bytes(0));
/** `-XX:G1HeapRegionSize` of the chart. The JVM rounds `-Xmx` up to whole regions, so the plan rounds down first. */
const REGION = DataSize.mib(32);
/** G1's mark bitmap, card table and remembered sets grow with the heap. */
const COLLECTOR_FRACTION = 0.1;

function part(name: string, size: DataSize, reason: string): OffHeapPart {
  return { name, size, reason };
}

/** Divides one role's pod; call it with a value that `nodeMemoryViolations` finds nothing in. */
export function planNode(role: TrinoRole, node: NodeMemory): NodeMemoryPlan {
  const heap = heapOf(node);
  const headroom = headroomOf(node, heap);
  const maxMemoryPerNode = node.memoryPolicy?.maxMemoryPerNode ?? defaultMaxMemoryPerNode(role, heap, headroom);
  const offHeap = offHeapParts(node.memory, heap);
  const plan = { role, memory: node.memory, heap, headroom, maxMemoryPerNode, pool: heap.minus(headroom), offHeap };
  return { ...plan, fit: fitOf(node), reasons: reasonsOf(node, plan) };
}

/**
 * Four fifths of the pod, or what the JVM's fixed needs (1 GiB) and its collector (a tenth of the heap) leave, whichever
 * is less: 45 % of 2 GiB, 80 % from 8.5 GiB on.
 */
export function defaultHeap(pod: DataSize): DataSize {
  return wholeRegions(DataSize.min(pod.times(USUAL_HEAP_FRACTION), largestHeap(pod)));
}

function wholeRegions(heap: DataSize): DataSize {
  return REGION.times(Math.floor(heap.dividedBy(REGION)));
}

/** The heap that leaves room for everything else in the pod. */
function largestHeap(pod: DataSize): DataSize {
  return pod.isLessThan(FIXED) ? DataSize.bytes(0) : pod.minus(FIXED).times(1 / (1 + COLLECTOR_FRACTION));
}

function heapOf({ memory, memoryPolicy }: NodeMemory): DataSize {
  return memoryPolicy?.heapFraction === undefined
    ? defaultHeap(memory)
    : wholeRegions(memory.times(memoryPolicy.heapFraction));
}

function headroomOf({ memoryPolicy }: NodeMemory, heap: DataSize): DataSize {
  return heap.times(memoryPolicy?.headroomFraction ?? HEADROOM_FRACTION).floorToMib();
}

function defaultMaxMemoryPerNode(role: TrinoRole, heap: DataSize, headroom: DataSize): DataSize {
  return DataSize.min(heap.times(QUERY_FRACTION[role]).floorToMib(), heap.minus(headroom));
}

function offHeapParts(pod: DataSize, heap: DataSize): readonly OffHeapPart[] {
  const collector = heap.times(COLLECTOR_FRACTION);
  const spare = pod.minus(heap).minus(FIXED).minus(collector);
  return [
    ...FIXED_PARTS,
    part('collector', collector, 'bitmaps, cards and remembered sets of G1, counted as a tenth of the heap'),
    part('spare', spare, 'keeps a spike outside the heap from killing the pod'),
  ];
}

function fitOf({ memory, room }: NodeMemory): NodeFit | undefined {
  return room && { ...room, wasted: room.allocatable.minus(memory.times(room.podsPerNode)) };
}

function reasonsOf(node: NodeMemory, plan: Omit<NodeMemoryPlan, 'fit' | 'reasons'>): readonly Reason[] {
  const { heap, headroom, maxMemoryPerNode, pool } = plan;
  return [
    { name: '-Xmx', value: heap.toString(), reason: heapReason(node, heap) },
    {
      name: 'memory.heap-headroom-per-node',
      value: headroom.toString(),
      reason: `${headroom.percentOf(heap)} of the heap, for allocations that Trino does not count`,
    },
    {
      name: 'query.max-memory-per-node',
      value: maxMemoryPerNode.toString(),
      reason: `${maxMemoryPerNode.percentOf(heap)} of the heap; queries share a pool of ${pool.toString()}`,
    },
  ];
}

function heapReason({ memory, memoryPolicy }: NodeMemory, heap: DataSize): string {
  const share = `${heap.percentOf(memory)} of the pod's ${memory.toString()}`;
  if (memoryPolicy?.heapFraction !== undefined) return `${share}, as heapFraction says`;
  const isSmall = heap.isLessThan(wholeRegions(memory.times(USUAL_HEAP_FRACTION)));
  return isSmall
    ? `${share}: the JVM needs ${FIXED.toString()} and a tenth of the heap besides, which weighs more in a small pod`
    : `${share}: between the 70 and 85 % of Trino's documentation`;
}

/** What is wrong with one role's memory. */
export function nodeMemoryViolations(role: TrinoRole, node: NodeMemory): readonly Violation[] {
  const shape = violationsOf(node, SHAPE_RULES);
  return shape.length > 0 ? shape : violationsOf(node, [bootRule(role), ...ROOM_RULES]);
}

const SHAPE_RULES = [
  rule<NodeMemory>(
    ({ memory }) => !memory.isLessThan(SMALLEST_POD),
    ({ memory }) => ({
      path: 'memory',
      got: memory.toString(),
      allowed: `from ${SMALLEST_POD.toString()}`,
      fix: `raise memory: the JVM takes ${FIXED.toString()} besides its heap at any size`,
    }),
  ),
  optional<NodeMemory, number>(
    ({ memoryPolicy }) => memoryPolicy?.heapFraction,
    (fraction, { memory }) => fraction <= LARGEST_HEAP_FRACTION && fraction >= smallestFraction(memory),
    (fraction, { memory }) => ({
      path: 'memoryPolicy.heapFraction',
      got: show(fraction),
      allowed: `a number from ${smallestFraction(memory)} to ${LARGEST_HEAP_FRACTION}`,
      fix: `leave it out (${defaultHeap(memory).percentOf(memory)} of this pod); less wastes memory, more gets the pod killed`,
    }),
  ),
  optional<NodeMemory, number>(
    ({ memoryPolicy }) => memoryPolicy?.headroomFraction,
    (fraction) => fraction > 0 && fraction < 1,
    (fraction) => ({
      path: 'memoryPolicy.headroomFraction',
      got: show(fraction),
      allowed: 'a number above 0 and less than 1: Trino refuses to boot without headroom',
      fix: `leave it out (${HEADROOM_FRACTION}, Trino's default)`,
    }),
  ),
];

function smallestFraction(pod: DataSize): number {
  const usual = Math.floor(defaultHeap(pod).dividedBy(pod) * 100) / 100;
  return Math.min(SMALLEST_HEAP_FRACTION, usual);
}

/** In whole MiB a small share of a small heap is none. */
const LEAST = DataSize.mib(1);

const ROOM_RULES = [
  rule<NodeMemory>(
    (node) => !headroomOf(node, heapOf(node)).isLessThan(LEAST),
    (node) => ({
      path: 'memoryPolicy.headroomFraction',
      got: `${show(node.memoryPolicy?.headroomFraction)} of a heap of ${heapOf(node).toString()}`,
      allowed: `from ${LEAST.toString()} of headroom: Trino refuses to boot without any`,
      fix: `leave it out (${HEADROOM_FRACTION}, Trino's default)`,
    }),
  ),
  optional<NodeMemory, DataSize>(
    ({ memoryPolicy }) => memoryPolicy?.maxMemoryPerNode,
    (limit) => !limit.isLessThan(LEAST),
    (limit) => ({
      path: 'memoryPolicy.maxMemoryPerNode',
      got: limit.toString(),
      allowed: `from ${LEAST.toString()}: Trino refuses to boot with nothing for queries`,
      fix: 'leave it out, or raise it to what a query needs',
    }),
  ),
  rule<NodeMemory>(
    (node) => !heapOf(node).isGreaterThan(largestHeap(node.memory)),
    (node) => ({
      path: 'memoryPolicy.heapFraction',
      got: `${heapOf(node).toString()} of heap in a pod of ${node.memory.toString()}`,
      allowed: `up to ${largestHeap(node.memory).floorToMib().toString()}, so that the rest of the JVM fits`,
      fix: 'leave heapFraction out or raise memory',
    }),
  ),
  optional<NodeMemory, DataSize>(
    ({ room }) => room?.allocatable,
    (allocatable, { memory }) => !memory.isGreaterThan(allocatable),
    (allocatable, { memory }) => ({
      path: 'memory',
      got: memory.toString(),
      allowed: `up to ${allocatable.toString()}, what a node can give`,
      fix: `lower memory to ${allocatable.floorToMib().toKubernetes()} or choose a larger instance type`,
    }),
  ),
];

/** Trino does not start otherwise. @see https://trino.io/docs/current/admin/properties-resource-management.html */
const bootRule = (role: TrinoRole) =>
  rule<NodeMemory>(
    (node) => violatesBoot(numbersOf(role, node)) === undefined,
    (node) => bootViolation('memoryPolicy.maxMemoryPerNode', numbersOf(role, node)),
  );

/** The three numbers that Trino compares at start. */
export interface BootNumbers {
  readonly heap: DataSize;
  readonly headroom: DataSize;
  readonly maxMemoryPerNode: DataSize;
}

function numbersOf(role: TrinoRole, node: NodeMemory): BootNumbers {
  const heap = heapOf(node);
  const headroom = headroomOf(node, heap);
  return {
    heap,
    headroom,
    maxMemoryPerNode: node.memoryPolicy?.maxMemoryPerNode ?? defaultMaxMemoryPerNode(role, heap, headroom),
  };
}

/** The sum that exceeds the heap, or undefined when the server boots. */
export function violatesBoot({ heap, headroom, maxMemoryPerNode }: BootNumbers): DataSize | undefined {
  const sum = headroom.plus(maxMemoryPerNode);
  return sum.isGreaterThan(heap) ? sum : undefined;
}

export function bootViolation(path: string, { heap, headroom, maxMemoryPerNode }: BootNumbers): Violation {
  const room = headroom.isGreaterThan(heap) ? DataSize.bytes(0) : heap.minus(headroom);
  return {
    path,
    got: `${maxMemoryPerNode.toString()} per node + ${headroom.toString()} of headroom`,
    allowed: `a sum up to the heap of ${heap.toString()}: Trino refuses to boot above it`,
    fix: `lower the limit per node to ${room.floorToMib().toTrino()}, lower the headroom or raise the memory of the pod`,
  };
}
