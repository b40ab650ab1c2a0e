import Table from 'cli-table3';
import pc from 'picocolors';
import type { PreparedStack, StackResult } from './deployment';
import { describeResult } from './progress';

type SizedStack = Pick<PreparedStack, 'id' | 'resources' | 'size'>;

/** What a deployment has led to: the stacks, their outputs, whether anything had to be done, and what to do next. */
export function deploymentReport(
  environment: string,
  stacks: readonly PreparedStack[],
  results: readonly StackResult[],
): string {
  if (results.length < stacks.length) return stackTable(stacks, results);
  const touched = results.some(({ added, changed, destroyed }) => added + changed + destroyed > 0);
  return [
    stackTable(stacks, results),
    outputTable(results),
    touched ? `${environment} is deployed.` : `${environment} was deployed already: nothing had to be changed.`,
    ...leftOutNote(stacks),
    `Next: change stacks/environments/${environment}.ts and run 'npm start -- ${environment}' again;`,
    `'npm run destroy -- ${environment}' removes it.`,
  ].join('\n');
}

/** The synthesized stacks, each with its size and what its deployment did. */
export function stackTable(stacks: readonly SizedStack[], results: readonly StackResult[]): string {
  const table = plainTable(['stack', 'resources', 'file', 'deployment']);
  for (const { id, resources, size } of stacks) {
    const result = results.find(({ stack }) => stack === id);
    table.push([id, resources, `${(size / 1024).toFixed(1)} KiB`, result === undefined ? '-' : describeResult(result)]);
  }
  return table.toString();
}

/** What the stacks tell their users: the outputs that are no secret and not only there for another stack. */
function outputTable(results: readonly StackResult[]): string {
  const table = plainTable(['output', 'value']);
  for (const [name, value] of results.flatMap(({ outputs }) => Object.entries(outputs))) {
    table.push([name, typeof value === 'string' ? value : JSON.stringify(value)]);
  }
  return table.toString();
}

function leftOutNote(stacks: readonly PreparedStack[]): readonly string[] {
  const leftOut = stacks.flatMap((stack) => stack.leftOut);
  if (leftOut.length === 0) return [];
  return [`Left out, because the emulator's AWS provider does not know it: ${leftOut.join(', ')}`];
}

/** A table without lines between its rows, and without colours that a file would keep. */
function plainTable(head: readonly string[]): Table.Table {
  const noLine = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' };
  return new Table({ head: head.map((title) => pc.bold(title)), chars: noLine, style: { head: [], border: [] } });
}
