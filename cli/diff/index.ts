import { heading, type Screen } from '../screen';
import type { Change, Difference, FileDifference } from './difference';

export * from './difference';

/** A difference for people: what is only in the first environment with `-`, only in the second with `+`. */
export function diffLines(screen: Screen, { from, to, numbers, files }: Difference): readonly string[] {
  const { bold, red, green } = screen.colors;
  if (numbers.length + files.length === 0) return [`${from} and ${to} do not differ`];
  return [
    `${bold('diff')}: ${red(`- ${from}`)}  ${green(`+ ${to}`)}`,
    ...(numbers.length === 0 ? [] : heading(screen, 'planned numbers')),
    ...changeLines(screen, numbers, ' = '),
    ...files.flatMap((file) => [
      ...heading(screen, file.file, nodesText(file)),
      ...changeLines(screen, file.changes, '='),
    ]),
  ];
}

function nodesText({ nodes }: FileDifference): string {
  return nodes === 'all' ? 'every node' : `${nodes} only`;
}

function changeLines({ colors }: Screen, changes: readonly Change[], equals: string): readonly string[] {
  const text = (name: string, value: string) => (value === '' ? name : `${name}${equals}${value}`);
  return changes.flatMap(({ name, from, to }) => [
    ...(from === undefined ? [] : [colors.red(`- ${text(name, from)}`)]),
    ...(to === undefined ? [] : [colors.green(`+ ${text(name, to)}`)]),
  ]);
}
