import type { TrinoRole } from '../../lib/trino';
import type { Expression } from './expression';

/** A definition that the library accepts, with a file of it that the release's own classes refuse. */
export interface RefusedDefinition {
  readonly kind: 'definition';
  readonly release: string;
  readonly definition: Expression;
  /** The generated file, and what Trino says to it; of an error of the library's own there is no file. */
  readonly file: string;
  readonly text: string;
  readonly words: readonly string[];
}

/** A file with one thing changed, which the release's own classes refuse and the library does not. */
export interface MissedMutation {
  readonly kind: 'mutation';
  readonly release: string;
  readonly component: string;
  readonly role: TrinoRole;
  readonly change: string;
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
  readonly words: readonly string[];
}

export type CounterExample = RefusedDefinition | MissedMutation;

/** What two counter-examples with the same cause have in common: Trino's words without numbers and places. */
export function causeOf(where: string, [words = '']: readonly string[]): string {
  return `${where}: ${words.replace(/\/[^ ']*|\b\d[\d.]*[a-zA-Z]*/g, '…').slice(0, 200)}`;
}

/** For people. */
export function describe(example: CounterExample): string {
  const said = example.words.map((line) => `  Trino ${example.release}: ${line}`);
  if (example.kind === 'mutation') {
    const { component, role, change, after } = example;
    const lines = Object.entries(after).map(([name, value]) => `  ${name}=${value}`);
    return [
      'MISSED: refused by Trino, accepted here',
      `  ${component} on the ${role}, ${change}`,
      ...lines,
      ...said,
    ].join('\n');
  }
  const text = example.text.split('\n').map((line) => `  | ${line}`);
  const definition = JSON.stringify(example.definition, null, 2);
  return ['ACCEPTED here, refused by Trino', definition, `  ${example.file}`, ...text, ...said].join('\n');
}
