import { existsSync, readFileSync } from 'node:fs';
import { DataSize } from '../../lib/core';
import { parseProperties, type TrinoPlan } from '../../lib/trino';
import { SecretValues } from '../../local/platform/secret-values';
import { TrinoCluster } from '../../local/platform/trino-cluster';
import { findJava } from '../../local/servers/jdk';
import { trinoServer } from '../../local/servers/trino-server';
import { ask } from './workload';

/** What came of a sizing. */
export interface Result {
  readonly sizing: string;
  /** As the worker reads it: `1856M`. */
  readonly heap: string;
  /** As the worker reads it: `928MB`. */
  readonly maxMemoryPerNode: string;
  readonly asked: number;
  /** Names of the errors of those that have no answer. */
  readonly errors: readonly string[];
  readonly seconds: number;
  /** The most that the worker's process ever had in memory; undefined where nobody counts it. */
  readonly peakMemory: DataSize | undefined;
}

/** Asks a coordinator and a worker with the files of a plan. @param folder for the nodes, begun anew */
export async function measure(sizing: string, plan: TrinoPlan, folder: string): Promise<Result> {
  const { release } = plan;
  const home = await trinoServer(release.version, console.error);
  const java = findJava(release.javaVersion);
  const cluster = await TrinoCluster.start({ plan, home, java, folder, secrets: new SecretValues() });
  try {
    const begun = performance.now();
    const errors = await ask(cluster.client('benchmark'));
    return {
      sizing,
      ...memoryOf(plan),
      asked: errors.length,
      errors: errors.filter((error) => error !== undefined),
      seconds: (performance.now() - begun) / 1000,
      peakMemory: peakMemory(cluster.workers[0]?.process.pid),
    };
  } finally {
    await cluster.stop();
  }
}

function memoryOf({ chart }: TrinoPlan): Pick<Result, 'heap' | 'maxMemoryPerNode'> {
  const { 'jvm.config': jvm = '', 'config.properties': config = '' } = chart.files.worker;
  const limit = parseProperties(config).find(({ name }) => name === 'query.max-memory-per-node');
  return { heap: /^-Xmx(.*)$/m.exec(jvm)?.[1] ?? '', maxMemoryPerNode: limit?.value ?? '' };
}

/** Linux counts it for each process. */
function peakMemory(pid: number | undefined): DataSize | undefined {
  const file = `/proc/${pid}/status`;
  const [, kib] = existsSync(file) ? (/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8')) ?? []) : [];
  return kib === undefined ? undefined : DataSize.bytes(Number(kib) * 1024);
}
