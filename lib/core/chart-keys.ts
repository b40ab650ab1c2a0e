/**
 * What a Helm chart reads of its values. Most charts ignore an unknown key without a word, so a misspelt one is found
 * only when its effect is missed.
 */

import { nearestName } from './name-list';
import type { Violation } from './validation';

/** One key that a chart's own values file lists. */
interface ChartKey {
  /** Joined by dots; a dot inside a key is written `\.`. */
  readonly path: string;
  readonly type: string;
  /** The default is empty, so what may be below it is not listed. */
  readonly freeForm?: boolean;
  /** With `freeForm`: the keys that templates read, others do nothing. */
  readonly onlyKeys?: readonly string[];
  /** Anything may be below it. */
  readonly open?: boolean;
  /** Of each item of a list, or of a map with free names: the keys that templates read. */
  readonly itemKeys?: readonly string[];
  /** The map of a sub-chart, of which not every key is listed. */
  readonly subchart?: unknown;
  /** Listed, and read by no template. */
  readonly unread?: boolean;
}

/** The keys of one version of a chart, as data. */
export interface ChartKeys {
  readonly chart: string;
  /** Where Helm finds it. */
  readonly repository: string;
  readonly version: string;
  readonly values: readonly ChartKey[];
  /** Keys that only comments and templates know; anything below is accepted. */
  readonly documentedButUnset: readonly string[];
}

/** The keys of `values` that the chart does not read. */
export function chartKeyViolations(keys: ChartKeys, values: object): readonly Violation[] {
  const known = new Map(keys.values.map((key) => [key.path, key]));
  const anything = new Set([...keys.documentedButUnset, 'global']);
  return unread({ keys, known, anything }, '', values);
}

interface Lookup {
  readonly keys: ChartKeys;
  readonly known: ReadonlyMap<string, ChartKey>;
  readonly anything: ReadonlySet<string>;
}

function unread(lookup: Lookup, parent: string, values: object): readonly Violation[] {
  return Object.entries(values).flatMap(([name, value]: [string, unknown]) => {
    const path = below(parent, name);
    if (lookup.anything.has(path)) return [];
    const key = lookup.known.get(path);
    if (key === undefined || key.unread === true) {
      const read = lookup.known.get(parent)?.onlyKeys?.includes(name) === true;
      return read ? [] : [unknownKey(lookup.keys, path, nearestName(name, siblings(lookup, parent)))];
    }
    if (key.itemKeys !== undefined) return unreadOfItems(lookup.keys, path, key.itemKeys, value);
    if (!isMap(value) || key.open === true || key.subchart !== undefined) return [];
    if (key.freeForm === true && key.onlyKeys === undefined) return [];
    return unread(lookup, path, value);
  });
}

function unreadOfItems(keys: ChartKeys, path: string, read: readonly string[], items: unknown): readonly Violation[] {
  if (typeof items !== 'object' || items === null) return [];
  return Object.entries(items).flatMap(([index, item]: [string, unknown]) =>
    Object.keys(isMap(item) ? item : {})
      .filter((name) => !read.includes(name))
      .map((name) => unknownKey(keys, below(below(path, index), name), nearestName(name, read))),
  );
}

/** Names that stand beside each other in the chart's values, as far as they are read. */
function siblings({ keys, known, anything }: Lookup, parent: string): readonly string[] {
  const paths = [...keys.values.filter((key) => key.unread !== true).map(({ path }) => path), ...anything];
  const start = parent === '' ? '' : `${parent}.`;
  const rest = paths.filter((path) => path.startsWith(start)).map((path) => path.slice(start.length));
  const names = rest.filter((path) => !/(?<!\\)\./.test(path));
  return [...names, ...(known.get(parent)?.onlyKeys ?? [])];
}

function below(parent: string, name: string): string {
  const escaped = name.replace(/\./g, '\\.');
  return parent === '' ? escaped : `${parent}.${escaped}`;
}

/** A map of YAML: neither a list nor a null. */
export function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknownKey({ chart, version }: ChartKeys, path: string, meant?: string): Violation {
  return {
    path,
    got: 'a key that no template reads',
    allowed: `keys of the chart ${chart} ${version}: it ignores every other one without a word`,
    fix: meant === undefined ? 'correct the key, or leave it out' : `did you mean ${meant}?`,
  };
}
