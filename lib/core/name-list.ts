import { closest, distance } from 'fastest-levenshtein';

/** The names that stand in a list more than once, each of them once. */
export function repeatedNames(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

/** The closest other name, when it is close enough for this one to be a slip. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const best = closest(name, [...names]);
  return best !== name && distance(name, best) <= Math.max(2, Math.floor(name.length / 3)) ? best : undefined;
}
