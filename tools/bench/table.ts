import { cpus } from 'node:os';

/** One line of the table. */
export interface Row {
  readonly measured: string;
  /** What was measured, and what it is compared with, with units. */
  readonly ours: string;
  readonly theirs: string;
  readonly ratio: number;
  /** The promise. */
  readonly atMost: number;
}

/** The results as a Markdown table, with the machine they come from. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ measured, ours, theirs, ratio, atMost }) =>
      `| ${measured} | ${ours} | ${theirs} | **${ratio.toFixed(2)}** | ${atMost.toFixed(1)} |`,
  );
  const { length, 0: cpu } = cpus();
  return [
    '| measured | this library | compared with | ratio | at most |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
    `Node ${process.versions.node}, ${length} × ${cpu?.model ?? 'unknown CPU'}; milliseconds of processor time, medians of alternating runs.`,
  ].join('\n');
}

const START = '<!-- results -->';
const END = '<!-- end of results -->';

/** A document with the results between its marks replaced. @throws Error when it has no marks */
export function withTable(document: string, results: string): string {
  const [before, rest] = document.split(START);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`no ${START} … ${END} in the document`);
  return `${before}${START}\n\n${results}\n\n${END}${after}`;
}
