/**
 * What a Helm chart reads of its values. Most charts ignore an unknown key without a word, so a misspelt one is found
 * only when its effect is missed.
 */

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
  /** The map of a sub-chart, of which not every key is listed. */
  readonly subchart?: unknown;
  /** Listed, and read by no template. */
  readonly unread?: boolean;
}

/** The keys of one version of a chart, as data. */
export interface ChartKeys {
  readonly chart: string;
  readonly version: string;
  readonly values: readonly ChartKey[];
  /** Keys that only comments and templates know; anything below is accepted. */
  readonly documentedButUnset: readonly string[];
}

/** The keys of `values` that the chart does not read. */
export function chartKeyViolations(keys: ChartKeys, values: object): readonly Violation[] {
  const known = new Map(keys.values.map((key) => [key.path, key]));
  const anything = new Set([...keys.documentedButUnset, 'global']);
  return unread(keys, known, anything, '', values);
}

function unread(
  keys: ChartKeys,
  known: ReadonlyMap<string, ChartKey>,
  anything: ReadonlySet<string>,
  parent: string,
  values: object,
): readonly Violation[] {
  return Object.entries(values).flatMap(([name, value]: [string, unknown]) => {
    const path = parent === '' ? escaped(name) : `${parent}.${escaped(name)}`;
    if (anything.has(path)) return [];
    const key = known.get(path);
    if (key === undefined || key.unread === true) {
      return known.get(parent)?.onlyKeys?.includes(name) === true ? [] : [unknownKey(keys, path)];
    }
    if (!isMap(value) || key.open === true || key.subchart !== undefined) return [];
    if (key.freeForm === true && key.onlyKeys === undefined) return [];
    return unread(keys, known, anything, path, value);
  });
}

function escaped(name: string): string {
  return name.replace(/\./g, '\\.');
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknownKey({ chart, version }: ChartKeys, path: string): Violation {
  return {
    path,
    got: 'a key that no template reads',
    allowed: `keys of the chart ${chart} ${version}: it ignores every other one without a word`,
    fix: 'correct the key, or leave it out',
  };
}
