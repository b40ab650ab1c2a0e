import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Two ways to the same thing, in milliseconds, and how they compare. */
export interface Comparison {
  readonly ours: number;
  readonly theirs: number;
  /** Of the medians: 1.2 is a fifth slower. */
  readonly ratio: number;
}

/** Measures both in turns, so that a busy moment of the machine hits both alike; the first turn only warms the caches. */
export function compare(rounds: number, ours: () => number, theirs: () => number): Comparison {
  ours();
  theirs();
  const turns = Array.from({ length: rounds }, () => ({ ours: ours(), theirs: theirs() }));
  const comparison = { ours: median(turns.map((it) => it.ours)), theirs: median(turns.map((it) => it.theirs)) };
  return { ...comparison, ratio: comparison.ours / comparison.theirs };
}

/** The value in the middle; of an even number of values the higher of the two. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/**
 * Milliseconds of processor time that a Node process takes from its start to its end: what one waits for on an idle
 * machine, and the same on a busy one.
 * @throws Error when it fails
 */
export function processTime(script: string, env: NodeJS.ProcessEnv = {}): number {
  return Number(run(['--require', join(__dirname, 'cpu-time.js'), script], env)[3]);
}

/** What a Node process prints. @throws Error when it fails */
export function output(args: readonly string[]): string {
  return run(args, {})[1] ?? '';
}

/** What a Node process writes, by file descriptor. */
function run(args: readonly string[], env: NodeJS.ProcessEnv): (string | null)[] {
  const { status, output, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
  return output;
}
