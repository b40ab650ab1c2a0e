import type { Condition, PropertyFacts } from './catalogue';

/** Whether a condition holds; `unknown` when a value in it is a placeholder. */
export type Holds = 'yes' | 'no' | 'unknown';

/** A setting's effective value, default included: `undefined` when there is none, `null` when it cannot be known. */
export type Setting = (name: string) => string | undefined | null;

/** Whether a property is known to the component under these settings. */
export function isKnownUnder(facts: PropertyFacts, setting: Setting): Holds {
  const excluded = anyOf(Object.entries(facts.unless ?? {}).map(([name, values]) => isOneOf(setting(name), values)));
  if (excluded === 'yes') return 'no';
  const alternatives = alternativesOf(facts).map((condition) => holds(condition, setting));
  const allowed = alternatives.length === 0 ? 'yes' : anyOf(alternatives);
  return excluded === 'unknown' && allowed === 'yes' ? 'unknown' : allowed;
}

/** The sets of settings of which one must hold; none for a property that is always known. */
function alternativesOf({ when, orWhen = [] }: PropertyFacts): readonly Condition[] {
  return when === undefined ? orWhen : [when, ...orWhen];
}

/** The settings that keep a property unknown: those of the alternative that is nearest to holding. */
export function obstacles(facts: PropertyFacts, setting: Setting): Condition {
  const excluding = Object.entries(facts.unless ?? {}).find(
    ([name, values]) => isOneOf(setting(name), values) === 'yes',
  );
  if (excluding !== undefined) return { [excluding[0]]: `other than ${excluding[1].join(', ')}` };
  const open = alternativesOf(facts).map((condition) =>
    Object.entries(condition).filter((one) => !isMet(one, setting)),
  );
  return Object.fromEntries(open.sort((a, b) => a.length - b.length)[0] ?? []);
}

function holds(condition: Condition, setting: Setting): Holds {
  const each = Object.entries(condition).map(([name, expected]) => isOneOf(setting(name), [expected]));
  if (each.includes('no')) return 'no';
  return each.includes('unknown') ? 'unknown' : 'yes';
}

function isMet([name, expected]: readonly [string, string], setting: Setting): boolean {
  return isOneOf(setting(name), [expected]) === 'yes';
}

function anyOf(each: readonly Holds[]): Holds {
  if (each.includes('yes')) return 'yes';
  return each.includes('unknown') ? 'unknown' : 'no';
}

function isOneOf(actual: string | undefined | null, expected: readonly string[]): Holds {
  if (actual === null) return 'unknown';
  return actual !== undefined && expected.some((one) => matches(one, actual)) ? 'yes' : 'no';
}

/** A list matches when one of its items does. */
function matches(expected: string, actual: string): boolean {
  if (expected === '*') return true;
  const items = itemsOf(actual);
  const scheme = expected.endsWith(':*') ? normal(expected.slice(0, -2)) : undefined;
  if (scheme === undefined) return items.includes(normal(expected));
  return items.some((item) => item.startsWith(`${scheme}:`) || (scheme === 'HTTP' && item.startsWith('HTTPS:')));
}

/** The constants of a list: `oauth2, password`. */
export function itemsOf(list: string): readonly string[] {
  return list.split(',').map((item) => normal(item.trim()));
}

/** Trino's spelling of constants is free in case and in `-` for `_`. */
export function normal(constant: string): string {
  return constant.toUpperCase().replace(/-/g, '_');
}
