import { Cpu, DataSize, SecretRef } from '../../lib/core';
import {
  ClientTls,
  DAEMON_SET_SHARE,
  parseProperties,
  planTrino,
  renderProperties,
  type TrinoDefinition,
  type TrinoPlan,
  type TrinoRelease,
} from '../../lib/trino';

/** How somebody divides the memory of a worker's pod. */
export interface Sizing {
  readonly name: string;
  /** What the nodes read. */
  readonly plan: (pod: DataSize, release: TrinoRelease) => TrinoPlan;
}

/** This library's, and two that people run today; all but the lines about memory is the same. */
export const SIZINGS: readonly Sizing[] = [
  { name: 'this library', plan: (pod, release) => planTrino(definition(pod, release)) },
  { name: 'this library, without spill', plan: planWithoutSpill },
  // 8G of heap, 1GB a node, 4GB a query, and no word of the pod: Trino's documentation says 70 to 85 % of it.
  // https://github.com/trinodb/charts/blob/trino-1.42.2/charts/trino/values.yaml
  { name: 'official chart 1.42.2', plan: ratios({ heap: 0.8, maxMemoryPerNode: 1 / 8, maxMemory: 4 / 8 }) },
  // 12G of heap in 40Gi, 6GB a node, 280GB a query.
  // https://github.com/awslabs/data-on-eks/blob/main/data-stacks/trino-on-eks
  { name: 'data-on-eks', plan: ratios({ heap: 12 / 40, maxMemoryPerNode: 6 / 12, maxMemory: 280 / 12 }) },
];

/** A coordinator, and a worker that spills as those of production do. */
function definition(pod: DataSize, release: TrinoRelease): TrinoDefinition {
  return { ...withoutSpill(pod, release), spill: { volume: DataSize.gib(16) } };
}

function planWithoutSpill(pod: DataSize, release: TrinoRelease): TrinoPlan {
  return planTrino(withoutSpill(pod, release));
}

function withoutSpill(pod: DataSize, release: TrinoRelease): TrinoDefinition {
  const node = {
    memory: pod.plus(DAEMON_SET_SHARE.memory),
    cpu: Cpu.cores(2),
    ephemeralStorage: DataSize.gib(64),
  };
  return {
    ...{ name: 'trino', environment: 'benchmark', release, serviceAccount: 'trino' },
    coordinator: { node },
    workers: { node, min: 1, max: 1 },
    catalogs: [{ name: 'tpch', config: { connector: 'tpch', properties: {} } }],
    clientTls: ClientTls.none(),
    sharedSecret: SecretRef.of('shared-secret'),
    secrets: { env: 'env', files: 'files' },
  };
}

interface Ratios {
  /** Of the pod. */
  readonly heap: number;
  /** Of the heap. */
  readonly maxMemoryPerNode: number;
  /** Of the heap of one worker. */
  readonly maxMemory: number;
}

/** The library would refuse these numbers, so they are put into the files that it has planned. */
function ratios(shares: Ratios): Sizing['plan'] {
  return (pod, release) => {
    const plan = planWithoutSpill(pod, release);
    const heap = pod.times(shares.heap).floorToMib();
    const maxMemory = heap.times(shares.maxMemory).floorToMib().toTrino();
    const maxMemoryPerNode = heap.times(shares.maxMemoryPerNode).floorToMib().toTrino();
    const { coordinator, worker } = plan.chart.files;
    const files = {
      coordinator: withConfig(coordinator, { 'query.max-memory': maxMemory }),
      worker: withHeap(
        withConfig(worker, { 'query.max-memory': maxMemory, 'query.max-memory-per-node': maxMemoryPerNode }),
        heap,
      ),
    };
    return { ...plan, chart: { ...plan.chart, files } };
  };
}

type Files = Readonly<Record<string, string>>;

/** What neither of them sets is left to Trino. */
const UNSET = ['query.max-total-memory', 'memory.heap-headroom-per-node'];
const CONFIG = 'config.properties';
const JVM = 'jvm.config';

function withConfig(files: Files, changes: Files): Files {
  const lines = parseProperties(files[CONFIG] ?? '').filter(({ name }) => !UNSET.includes(name));
  const entries = Object.fromEntries(lines.map(({ name, value }) => [name, value]));
  return { ...files, [CONFIG]: renderProperties({ ...entries, ...changes }) };
}

function withHeap(files: Files, heap: DataSize): Files {
  const options = (files[JVM] ?? '').split('\n').filter((option) => !/^-Xm[sx]/.test(option));
  return { ...files, [JVM]: [`-Xmx${heap.toJava()}`, ...options].join('\n') };
}
