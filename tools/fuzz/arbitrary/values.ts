import fc, { type Arbitrary } from 'fast-check';
import { type Component, componentOf, type PropertyFacts, type TrinoRelease } from '../../../lib/trino';
import { fulfilled } from '../../property-sweep/mutations';
import { beyond, sample, TYPED } from '../../property-sweep/typed-values';
import type { Expression } from '../expression';

/** Pieces of definitions, as expressions. Small and plain values come first: that is where fast-check shrinks to. */

export type Fields = Readonly<Record<string, Expression>>;

export function size(minMib: number, maxMib: number): Arbitrary<Expression> {
  return fc.integer({ min: minMib, max: maxMib }).map((mib) => ({ $size: `${mib}MB` }));
}

export function gib(min: number, max: number): Arbitrary<Expression> {
  return fc.integer({ min, max }).map((amount) => ({ $size: `${amount}GB` }));
}

export function time(minSeconds: number, maxSeconds: number): Arbitrary<Expression> {
  return fc.integer({ min: minSeconds, max: maxSeconds }).map((seconds) => ({ $time: `${seconds}s` }));
}

/** All fields of several records; each of a record's may be missing unless it is required. */
export function together(...parts: readonly Arbitrary<Fields>[]): Arbitrary<Fields> {
  return fc.tuple(...parts).map((fields) => Object.assign({}, ...fields) as Fields);
}

export function optional(fields: Readonly<Record<string, Arbitrary<Expression>>>): Arbitrary<Fields> {
  return fc.record(fields, { requiredKeys: [] }) as Arbitrary<Fields>;
}

/** Fields that one definition in four has each: together they would always break some rule. */
export function rare(fields: Readonly<Record<string, Arbitrary<Expression>>>): Arbitrary<Fields> {
  const entries = Object.entries(fields).map(([name, value]) =>
    fc.oneof({ weight: 3, arbitrary: fc.constant<Fields>({}) }, { weight: 1, arbitrary: required({ [name]: value }) }),
  );
  return together(...entries);
}

export function required(fields: Readonly<Record<string, Arbitrary<Expression>>>): Arbitrary<Fields> {
  return fc.record(fields);
}

export function secret(key: string): Expression {
  return { $secret: key };
}

/** Patterns that people write, some that only Java understands, and some that it does not. */
export const pattern: Arbitrary<string> = fc.oneof(
  {
    weight: 14,
    arbitrary: fc.constantFrom('.*', 'anna', 'etl-.*', '(?i)admin|root', '[a-z]+_(ro|rw)', '(?<team>[a-z]+)-.*'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('\\Qa.b\\E', '(?>a+)b', '[a-z&&[^b]]+', 'a++', '\\p{Alpha}+', '(?:a|b){1,3}', 'a\\.b'),
  },
  { weight: 1, arbitrary: fc.stringMatching(/^[a-c.*+?()[\]{}|\\^$,&1-2-]{1,6}$/) },
);

/** Up to two properties that the component knows, or nearly, with what they depend on. */
export function extraProperties(release: TrinoRelease, name: string): Arbitrary<Fields> {
  const component = componentOf(release, name);
  if (component === undefined) return fc.constant({});
  const names = [...component.properties.keys()].filter((one) => one !== component.select?.[0]);
  const entry = fc
    .tuple(fc.constantFrom(...names), fc.boolean(), fc.oneof(fc.constant(0), fc.nat()))
    .map(([property, isWhole, choice]) => entryOf(component, property, isWhole, choice));
  return fc.array(entry, { maxLength: 2 }).map((entries) => Object.assign({}, ...entries) as Fields);
}

function entryOf(component: Component, property: string, isWhole: boolean, choice: number): Fields {
  const facts = component.properties.get(property) ?? { type: 'string' };
  const values = valuesOf(facts);
  const value = facts.secret === true ? secret('extra') : (values[choice % values.length] ?? '');
  return { ...(isWhole && facts.when !== undefined ? fulfilled(facts.when) : {}), [property]: value };
}

function valuesOf(facts: PropertyFacts): readonly string[] {
  return [sample(facts), ...(facts.enum ?? []), ...beyond(facts), ...TYPED];
}
