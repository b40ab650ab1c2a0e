import { cpus } from 'node:os';
import type { DataSize } from '../../lib/core';
import type { Result } from './measure';

/** The results as a Markdown table; times are compared with the first of them. */
export function sizingTable(results: readonly Result[], pod: DataSize): string {
  const { length, 0: cpu } = cpus();
  const [first] = results;
  return [
    '| sizing | heap | most of one query | completed | time | peak memory | failed with |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...results.map((result) => line(result, first?.seconds ?? NaN, pod)),
    '',
    `Pods of ${pod.toString()}, ${length} × ${cpu?.model ?? 'unknown CPU'}, one run.`,
  ].join('\n');
}

function line(result: Result, seconds: number, pod: DataSize): string {
  const { sizing, heap, maxMemoryPerNode, asked, errors, peakMemory } = result;
  const peak = peakMemory === undefined ? 'not counted' : `${peakMemory.percentOf(pod)} of the pod`;
  const cells = [
    sizing,
    heap,
    maxMemoryPerNode,
    `**${asked - errors.length}** of ${asked}`,
    `${(result.seconds / seconds).toFixed(2)} (${result.seconds.toFixed(0)} s)`,
    peak,
    counted(errors),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** `2 × A, 1 × B`. */
function counted(errors: readonly string[]): string {
  const names = [...new Set(errors)].sort();
  return names.map((name) => `${errors.filter((error) => error === name).length} × \`${name}\``).join(', ');
}

const START = '<!-- sizing -->';
const END = '<!-- end of sizing -->';

/** A document with the table between its marks replaced. @throws Error when it has no marks */
export function withSizingTable(document: string, table: string): string {
  const [before, rest] = document.split(START);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`no ${START} … ${END} in the document`);
  return `${before}${START}\n\n${table}\n\n${END}${after}`;
}
