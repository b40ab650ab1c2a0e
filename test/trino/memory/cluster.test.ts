import fc from 'fast-check';
import { ConfigError, DataSize } from '../../../lib/core';
import {
  memoryViolations,
  planMemory,
  type MemoryProps,
  type NodeMemoryPlan,
  type NodeMemoryPolicy,
  type WorkersMemory,
} from '../../../lib/trino/memory';

const GIB = DataSize.gib;

const PROPS: MemoryProps = { coordinator: { memory: GIB(16) }, workers: { memory: GIB(48), max: 6 } };

const pods = fc.integer({ min: 2 * 1024, max: 1536 * 1024 }).map(DataSize.mib);
const shares = fc.double({ min: 0.01, max: 0.99, noNaN: true });
const policies = fc.record({ headroomFraction: shares }, { requiredKeys: [] });
const nodes = { memory: pods, memoryPolicy: policies };
const platforms: fc.Arbitrary<MemoryProps> = fc.record({
  coordinator: fc.record(nodes),
  workers: fc.record({ ...nodes, max: fc.integer({ min: 1, max: 1000 }) }),
  retryPolicy: fc.constantFrom('NONE', 'QUERY', 'TASK'),
});

function withWorkers(change: Partial<WorkersMemory>): MemoryProps {
  return { ...PROPS, workers: { ...PROPS.workers, ...change } };
}

function eachNode(props: MemoryProps, check: (node: NodeMemoryPlan) => boolean): boolean {
  const plan = planMemory(props);
  return check(plan.coordinator) && check(plan.worker);
}

describe('for every pod from 2 GiB to 1.5 TiB, every policy and every number of workers', () => {
  test('the plan keeps the rule that Trino boots by', () => {
    const boots = ({ heap, headroom, maxMemoryPerNode }: NodeMemoryPlan) =>
      !headroom.plus(maxMemoryPerNode).isGreaterThan(heap);
    fc.assert(fc.property(platforms, (props) => eachNode(props, boots)));
  });

  test('heap and everything else of the JVM make exactly the pod', () => {
    const adds = ({ memory, heap, offHeap }: NodeMemoryPlan) =>
      offHeap.reduce((sum, { size }) => sum.plus(size), heap).equals(memory);
    fc.assert(fc.property(platforms, (props) => eachNode(props, adds)));
  });

  test('the heap is a whole number of the regions that the JVM would round up to, from two fifths to four fifths of the pod', () => {
    const inRange = ({ memory, heap }: NodeMemoryPlan) =>
      Number.isInteger(heap.dividedBy(DataSize.mib(32))) &&
      heap.dividedBy(memory) > 0.4 &&
      heap.dividedBy(memory) <= 0.8;
    fc.assert(fc.property(platforms, (props) => eachNode(props, inRange)));
  });

  test('a larger pod never gets a smaller heap', () => {
    const heapOf = (memory: DataSize) => planMemory(withWorkers({ memory })).worker.heap;
    fc.assert(fc.property(pods, pods, (a, b) => a.isLessThan(b) || !heapOf(a).isLessThan(heapOf(b))));
  });

  test('query.max-memory can be reached by the workers and is not above query.max-total-memory', () => {
    fc.assert(
      fc.property(platforms, (props) => {
        const { worker, maxMemory, maxTotalMemory } = planMemory(props);
        const reach = worker.maxMemoryPerNode.times(props.workers.max);
        return !maxMemory.isGreaterThan(reach) && !maxMemory.isGreaterThan(maxTotalMemory);
      }),
    );
  });

  test('a heap fraction that the rules accept leaves room for the rest of the JVM', () => {
    const fractions = fc.integer({ min: 40, max: 90 }).map((percent) => percent / 100);
    fc.assert(
      fc.property(pods, fractions, (pod, heapFraction) => {
        const props = withWorkers({ memory: pod, memoryPolicy: { heapFraction } });
        fc.pre(memoryViolations(props).length === 0);
        const { heap, offHeap } = planMemory(props).worker;
        return offHeap.reduce((sum, { size }) => sum.plus(size), heap).equals(pod);
      }),
    );
  });
});

test('a query that fills all pools is not killed for its total: it spills', () => {
  const { clusterPool, maxTotalMemory } = planMemory(PROPS);
  expect(maxTotalMemory.isGreaterThan(clusterPool)).toBe(true);
});

test('a worker of 48 GiB, as a table', () => {
  const { worker, maxMemory, maxTotalMemory, clusterPool } = planMemory(PROPS);
  const sizes = { ...pick(worker), maxMemory, maxTotalMemory, clusterPool };
  expect(Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, size.toTrino()]))).toEqual({
    heap: '39296MB',
    headroom: '11788MB',
    maxMemoryPerNode: '19648MB',
    pool: '27508MB',
    maxMemory: '117888MB',
    maxTotalMemory: '235776MB',
    clusterPool: '165048MB',
  });
});

function pick({ heap, headroom, maxMemoryPerNode, pool }: NodeMemoryPlan) {
  return { heap, headroom, maxMemoryPerNode, pool };
}

test('each role gets the four lines that Trino reads, and every line a reason', () => {
  const { properties, reasons, coordinator } = planMemory(PROPS);
  expect(properties.coordinator).toEqual({
    'query.max-memory': '117888MB',
    'query.max-total-memory': '235776MB',
    'query.max-memory-per-node': '3926MB',
    'memory.heap-headroom-per-node': '3926MB',
  });
  const explained = [...reasons, ...coordinator.reasons].map(({ name }) => name);
  expect(explained).toEqual(expect.arrayContaining(Object.keys(properties.coordinator)));
});

test('the reason for a small pod names what the JVM needs, for a large one the documentation', () => {
  const heapReason = (memory: DataSize) => planMemory(withWorkers({ memory })).worker.reasons[0]?.reason;
  expect(heapReason(GIB(2))).toContain('the JVM needs 1 GiB');
  expect(heapReason(GIB(64))).toContain("Trino's documentation");
});

test('a node that the pod fills wastes nothing worth a word', () => {
  const plan = planMemory(withWorkers({ memory: GIB(57), room: { allocatable: GIB(115), podsPerNode: 2 } }));
  expect(plan.worker.fit).toMatchObject({ wasted: GIB(1) });
  expect(plan.cautions).toEqual([]);
});

test('a node that the pod leaves half empty is a caution with the share', () => {
  const plan = planMemory(withWorkers({ memory: GIB(60), room: { allocatable: GIB(115), podsPerNode: 1 } }));
  expect(plan.cautions).toEqual([
    {
      path: 'workers.memory',
      text: "48 % of each node stays unused: 1 of 60 GiB on a node that gives 115 GiB; size the pod's memory and CPU to the node",
    },
  ]);
});

test('with task retries the plan says which limits Trino ignores', () => {
  expect(planMemory(PROPS).inert).toEqual([]);
  expect(planMemory({ ...PROPS, retryPolicy: 'TASK' }).inert.map(({ property }) => property)).toEqual([
    'query.max-memory',
    'query.max-total-memory',
    'query.max-memory-per-node',
  ]);
});

describe('rules', () => {
  const paths = (props: MemoryProps) => memoryViolations(props).map(({ path }) => path);
  const worker = (memoryPolicy: NodeMemoryPolicy = {}, memory = GIB(48)) => withWorkers({ memory, memoryPolicy });

  test('the defaults pass', () => {
    expect(memoryViolations(PROPS)).toEqual([]);
  });

  test('fails when a pod is below 2 GiB, whatever else is set', () => {
    expect(paths(worker({}, GIB(2)))).toEqual([]);
    expect(paths(worker({ heapFraction: 0.7 }, DataSize.mib(512)))).toContain('workers.memory');
  });

  test('fails when the heap fraction is above 0.85 or wastes half of the pod', () => {
    expect(paths(worker({ heapFraction: 0.85 }))).toEqual([]);
    expect(paths(worker({ heapFraction: 0.86 }))).toEqual(['workers.memoryPolicy.heapFraction']);
    expect(paths(worker({ heapFraction: 0.5 }))).toEqual([]);
    expect(paths(worker({ heapFraction: 0.49 }))).toEqual(['workers.memoryPolicy.heapFraction']);
  });

  test('fails when a heap fraction that suits a large pod leaves a small one no room', () => {
    expect(memoryViolations(worker({ heapFraction: 0.8 }, GIB(4)))).toEqual([
      {
        path: 'workers.memoryPolicy.heapFraction',
        got: '3.2 GiB of heap in a pod of 4 GiB',
        allowed: 'up to 2.7 GiB, so that the rest of the JVM fits',
        fix: 'leave heapFraction out or raise memory',
      },
    ]);
  });

  test('fails when a fraction is no number in its range', () => {
    expect(paths(worker({ headroomFraction: 1 }))).toEqual(['workers.memoryPolicy.headroomFraction']);
    expect(paths(worker({ heapFraction: Number.NaN }))).toEqual(['workers.memoryPolicy.heapFraction']);
  });

  test('fails when nothing is left for what Trino does not count: "Heap size cannot be less than or equal to 0"', () => {
    expect(paths(worker({ headroomFraction: 0.001 }))).toEqual([]);
    expect(paths(worker({ headroomFraction: 0 }))).toEqual(['workers.memoryPolicy.headroomFraction']);
    expect(paths(worker({ headroomFraction: 0.000_01 }))).toEqual(['workers.memoryPolicy.headroomFraction']);
  });

  test('fails when queries may take nothing', () => {
    expect(paths(worker({ maxMemoryPerNode: DataSize.mib(1) }))).toEqual([]);
    expect(paths(worker({ maxMemoryPerNode: DataSize.bytes(0) }))).toEqual(['workers.memoryPolicy.maxMemoryPerNode']);
  });

  test('fails when the limit per node and the headroom exceed the heap, with the largest limit that boots', () => {
    expect(paths(worker({ maxMemoryPerNode: DataSize.mib(27508) }))).toEqual([]);
    const [violation] = memoryViolations(worker({ maxMemoryPerNode: DataSize.mib(27509) }));
    expect(violation).toMatchObject({
      path: 'workers.memoryPolicy.maxMemoryPerNode',
      fix: expect.stringContaining('27508MB') as string,
    });
  });

  test('fails when the pod is larger than what a node gives, with the pod that fits', () => {
    const room = (allocatable: DataSize) => ({ room: { allocatable, podsPerNode: 1 } });
    expect(paths(withWorkers(room(GIB(48))))).toEqual([]);
    const [violation] = memoryViolations(withWorkers(room(DataSize.mib(48_000))));
    expect(violation).toMatchObject({ path: 'workers.memory', fix: expect.stringContaining('48000Mi') as string });
  });

  test('fails when there is no worker', () => {
    expect(paths(withWorkers({ max: 1 }))).toEqual([]);
    expect(paths(withWorkers({ max: 0 }))).toEqual(['workers.max']);
  });

  test('fails when query.max-memory is more than all workers can give', () => {
    expect(paths({ ...PROPS, memory: { maxMemory: DataSize.mib(117_888) } })).toEqual([]);
    expect(paths({ ...PROPS, memory: { maxMemory: DataSize.mib(117_889) } })).toEqual(['memory.maxMemory']);
  });

  test('fails when query.max-total-memory is below query.max-memory or above all heaps', () => {
    expect(paths({ ...PROPS, memory: { maxTotalMemory: DataSize.mib(117_888) } })).toEqual([]);
    expect(paths({ ...PROPS, memory: { maxTotalMemory: DataSize.mib(117_887) } })).toEqual(['memory.maxTotalMemory']);
    expect(paths({ ...PROPS, memory: { maxTotalMemory: DataSize.mib(235_776) } })).toEqual([]);
    expect(paths({ ...PROPS, memory: { maxTotalMemory: DataSize.mib(235_777) } })).toEqual(['memory.maxTotalMemory']);
  });

  test('fails when a limit of queries is set together with task retries', () => {
    const limited = { ...worker({ maxMemoryPerNode: GIB(8) }), memory: { maxMemory: GIB(40) } };
    expect(paths(limited)).toEqual([]);
    expect(paths({ ...limited, retryPolicy: 'TASK' })).toEqual([
      'memory.maxMemory',
      'workers.memoryPolicy.maxMemoryPerNode',
    ]);
  });

  test('fails with one error that holds the violations of both roles', () => {
    const broken = { ...withWorkers({ memory: GIB(1) }), coordinator: { memory: GIB(1) } };
    expect(() => planMemory(broken)).toThrow(ConfigError);
    expect(paths(broken)).toEqual(['coordinator.memory', 'workers.memory']);
  });
});
