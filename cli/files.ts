import { parseProperties } from '../lib/trino';
import { hideTokens } from './screen';

/** What stands in a file: each name with its value; the value is empty where a line is no more than itself. */
export type FileEntries = Readonly<Record<string, string>>;

/**
 * The entries of a file below `/etc/trino`, whatever its kind: lines of properties, members of JSON by their path, other
 * lines as they are. Placeholders of the engine are equal to each other: what they stand for is not known.
 */
export function entriesOf(file: string, text: string): FileEntries {
  const readable = hideTokens(text);
  if (file.endsWith('.properties')) return propertiesIn(readable);
  if (file.endsWith('.json')) return membersOf('', JSON.parse(readable));
  const lines = readable.split('\n').filter((line) => line.trim() !== '');
  return Object.fromEntries(lines.map((line) => [line, '']));
}

/** As Java reads them: of two lines with one name the last. */
export function propertiesIn(text: string): FileEntries {
  return Object.fromEntries(parseProperties(text).map(({ name, value }) => [name, value]));
}

/** `{ "a": [{ "b": 1 }] }` is `a[0].b` with `1`. */
export function membersOf(path: string, value: unknown): FileEntries {
  if (typeof value !== 'object' || value === null) return { [path]: JSON.stringify(value) };
  const members = Object.entries(value).map(([name, member]) => {
    const step = Array.isArray(value) ? `[${name}]` : `${path === '' ? '' : '.'}${name}`;
    return membersOf(path + step, member);
  });
  return members.length === 0 ? { [path]: JSON.stringify(value) } : (Object.assign({}, ...members) as FileEntries);
}
