import fc, { type GeneratorValue } from 'fast-check';
import {
  type Component,
  componentNames,
  componentOf,
  type Condition,
  type PropertyFacts,
} from '../../lib/trino/properties/catalogue';
import { TrinoRelease } from '../../lib/trino/release';
import type { StartingPoint } from '../property-catalogue/starting-points';

/** A configuration that a component should accept, and the same with one thing changed. */
export interface Mutation {
  readonly component: string;
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
  /** What was changed, for people. */
  readonly change: string;
}

type Settings = Readonly<Record<string, string>>;

/** Everything that a change may look at. */
interface Context {
  readonly random: GeneratorValue;
  readonly release: TrinoRelease;
  readonly component: Component;
  readonly before: Settings;
  /** The property to change, which `before` sets. */
  readonly name: string;
  readonly facts: PropertyFacts;
}

/** Values that somebody may have typed, right for some types and wrong for others. */
const TYPED = [
  ...['', ' ', 'true', 'TRUE', 'true ', 'yes', 'on', '0', '1', '-1', '+1', '1.5', '.5', '1e3', '1_000', '0x10', '007'],
  ...['2147483648', '9223372036854775808', '99999999999999999999', 'NaN', 'Infinity', '1d', '1f', '3', '64'],
  ...[
    '5MB',
    '5 MB',
    '5mb',
    '5M',
    '5Mi',
    '5MiB',
    '5GB',
    '0B',
    '-5MB',
    '1.5GB',
    '1EB',
    '900PB',
    '5kB',
    '5KB',
    '30%',
    '130%',
  ],
  ...['5m', '5 m', '5min', '5M', '1.5h', '0s', '1ns', '1us', '999d', '1w', '-5m', '2C', '0.5C', '2c', '1C', 'C'],
  ...[
    'a',
    'a,b',
    ',',
    'a,,b',
    'none',
    'allow-all',
    'x y',
    'http://x:1',
    'http://x:99999',
    'http://[',
    'x:1',
    'x:99999',
    'x:y',
  ],
  ...[
    '[::1]:80',
    '::1',
    'a:b:c',
    'ftp://x',
    's3://x',
    '/x/y',
    '\\',
    'é',
    'jdbc:mysql://x',
    '${USER}',
    '$5',
    '10,20',
    '1MB,2MB',
  ],
];

/** The ways to get a configuration wrong; each returns the changed one, or nothing where it does not apply. */
const CHANGES: Readonly<Record<string, (context: Context) => Settings | undefined>> = {
  'a slip in a name': (context) => renamed(context, slip(context.random, context.name)),
  'a name of another component': (context) => added(context, pick(context.random, foreignNames(context))),
  'a name of another release': (context) => added(context, pick(context.random, otherReleaseNames(context))),
  'a defunct name': (context) => added(context, pick(context.random, [...context.component.defunct])),
  'an old name': ({ facts, ...context }) => renamed(context, pick(context.random, facts.legacy ?? [])),
  'an old name beside the new one': ({ facts, ...context }) => added(context, pick(context.random, facts.legacy ?? [])),
  'a typed value': (context) => changed(context, pick(context.random, TYPED)),
  'a value beyond its range': (context) => changed(context, pick(context.random, beyond(context.facts))),
  'a value with a slip': (context) => changed(context, slip(context.random, context.before[context.name] ?? '')),
  'a constant in another spelling': (context) => changed(context, respelled(context)),
  'a setting left out': (context) => without(context.before, pick(context.random, Object.keys(context.before))),
  'a switch turned': (context) => turned(context),
  'a property without its condition': (context) => added(context, pick(context.random, conditionalNames(context))),
  'the other role': ({ component, before }) => otherRole(component, before),
};

/** Random mutations of a release's configurations, the same for the same seed. */
export function mutations(
  release: TrinoRelease,
  points: readonly StartingPoint[],
  count: number,
  seed: number,
): readonly Mutation[] {
  const usable = points.filter(({ component }) => componentOf(release, component)?.release.version === release.version);
  const arbitrary = fc.gen().map((random) => mutation(random, release, usable));
  return fc.sample(arbitrary, { numRuns: count, seed });
}

function mutation(random: GeneratorValue, release: TrinoRelease, points: readonly StartingPoint[]): Mutation {
  const { component: name, properties } = some(random, startingPointsOf(random, points));
  const component = known(release, name);
  for (;;) {
    const context = contextOf(random, release, component, properties);
    const change = some(random, Object.keys(CHANGES));
    const after = CHANGES[change]?.(context);
    if (after !== undefined)
      return { component: name, before: context.before, after, change: `${change}: ${context.name}` };
  }
}

/** Half of the time any starting point, which favours the large components, half of the time one of any component. */
function startingPointsOf(random: GeneratorValue, points: readonly StartingPoint[]): readonly StartingPoint[] {
  if (random(fc.boolean)) return points;
  const name = some(random, [...new Set(points.map(({ component }) => component))]);
  return points.filter(({ component }) => component === name);
}

function contextOf(random: GeneratorValue, release: TrinoRelease, component: Component, properties: Settings): Context {
  const name = some(
    random,
    [...component.properties.keys()].filter((one) => one !== component.select?.[0]),
  );
  const facts = component.properties.get(name) ?? { type: 'string' };
  const value = properties[name] ?? sample(facts);
  const before = { ...properties, ...conditionsOf(random, facts), [name]: value };
  return { random, release, component, before, name, facts };
}

/** Settings that make a property known. */
function conditionsOf(random: GeneratorValue, { when, orWhen = [] }: PropertyFacts): Settings {
  if (when === undefined) return {};
  return fulfilled(some(random, [when, ...orWhen]));
}

function fulfilled(condition: Condition): Settings {
  const pairs = Object.entries(condition).map(([name, value]) => [
    name,
    value.replace(/^\*$/, 'x').replace(/:\*$/, '://x'),
  ]);
  return Object.fromEntries(pairs) as Settings;
}

/** A value that the property accepts, as far as its facts tell. */
function sample({ type, items, default: usual, min, enum: constants, pattern }: PropertyFacts): string {
  if (usual !== undefined && usual !== '') return String(usual);
  if (constants?.[0] !== undefined) return constants[0];
  if (pattern?.includes('jdbc') === true) return 'jdbc:x:y';
  if (pattern?.includes('ldap') === true) return 'ldaps://x';
  if (min !== undefined) return String(min);
  return SAMPLES[type === 'list' ? (items ?? 'string') : type] ?? 'x';
}

const SAMPLES: Readonly<Record<string, string>> = {
  boolean: 'true',
  int: '8',
  long: '8',
  double: '0.5',
  decimal: '2',
  duration: '5m',
  'data-size': '16MB',
  'thread-count': '8',
  path: '/x',
  uri: 'http://x',
  'host-and-port': 'x:1',
  map: '',
};

function beyond({ min, max }: PropertyFacts): readonly string[] {
  return [min, max].flatMap((bound) => {
    const [, amount, unit] = /^(-?[\d.]+)(.*)$/.exec(String(bound)) ?? [];
    if (amount === undefined || unit === undefined) return [];
    return [
      `${Number(amount) - 1}${unit}`,
      `${Number(amount) + 1}${unit}`,
      `${amount}${unit}`,
      `${Number(amount) * 10}${unit}`,
    ];
  });
}

function respelled({ random, facts, before, name }: Context): string | undefined {
  const value = before[name] ?? '';
  if (facts.enum === undefined && facts.type !== 'boolean') return undefined;
  return some(random, [
    value.toLowerCase(),
    value.toUpperCase(),
    value.replace(/_/g, '-'),
    value.replace(/_/g, ' '),
    ` ${value}`,
    `${value} `,
  ]);
}

function turned({ random, component, before }: Context): Settings | undefined {
  const switches = Object.keys(before).filter((name) => choicesOf(component.properties.get(name)).length > 0);
  const name = pick(random, switches);
  const value = name === undefined ? undefined : pick(random, choicesOf(component.properties.get(name)));
  return name === undefined || value === undefined || value === before[name] ? undefined : { ...before, [name]: value };
}

function choicesOf(facts: PropertyFacts | undefined): readonly string[] {
  return facts?.type === 'boolean' ? ['true', 'false'] : (facts?.enum ?? []);
}

function otherRole({ name }: Component, before: Settings): Settings | undefined {
  if (name !== 'server') return undefined;
  return { ...before, coordinator: before['coordinator'] === 'false' ? 'true' : 'false' };
}

function foreignNames({ release, component }: Context): readonly string[] {
  return componentNames(release)
    .filter((name) => name !== component.name)
    .flatMap((name) => namesOf(release, name));
}

function otherReleaseNames({ release, component }: Context): readonly string[] {
  const others = TrinoRelease.KNOWN.filter((version) => version !== release.version).map((version) =>
    TrinoRelease.of(version),
  );
  return others.flatMap((other) => namesOf(other, component.name)).filter((name) => !component.properties.has(name));
}

function namesOf(release: TrinoRelease, name: string): readonly string[] {
  const component = componentOf(release, name);
  return component === undefined ? [] : [...component.properties.keys(), ...component.aliases.keys()];
}

function conditionalNames({ component }: Context): readonly string[] {
  return [...component.properties]
    .filter(([, { when, unless }]) => (when ?? unless) !== undefined)
    .map(([name]) => name);
}

function renamed({ before, name }: Pick<Context, 'before' | 'name'>, to: string | undefined): Settings | undefined {
  if (to === undefined || to === '' || to === name) return undefined;
  return Object.fromEntries(Object.entries(before).map(([old, value]) => [old === name ? to : old, value]));
}

function added(
  { before, component }: Pick<Context, 'before' | 'component'>,
  name: string | undefined,
): Settings | undefined {
  if (name === undefined || name in before || name === component.select?.[0]) return undefined;
  return { ...before, [name]: sample(component.properties.get(name) ?? { type: 'string' }) };
}

function changed({ before, name }: Context, value: string | undefined): Settings | undefined {
  return value === undefined || value === before[name] ? undefined : { ...before, [name]: value };
}

function without(before: Settings, name: string | undefined): Settings | undefined {
  return name === undefined
    ? undefined
    : Object.fromEntries(Object.entries(before).filter(([other]) => other !== name));
}

/** One character left out, doubled, swapped with the next one, or in the other case. */
function slip(random: GeneratorValue, text: string): string {
  const at = random(fc.nat, Math.max(text.length - 1, 0));
  const [head, one, tail] = [text.slice(0, at), text.slice(at, at + 1), text.slice(at + 1)];
  const otherCase = one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase();
  return some(random, [
    head + tail,
    head + one + one + tail,
    head + tail.slice(0, 1) + one + tail.slice(1),
    head + otherCase + tail,
  ]);
}

function pick<T>(random: GeneratorValue, choices: readonly T[]): T | undefined {
  return choices.length === 0 ? undefined : choices[random(fc.nat, choices.length - 1)];
}

function some<T>(random: GeneratorValue, choices: readonly T[]): T {
  const found = pick(random, choices);
  if (found === undefined) throw new RangeError('there is nothing to choose from');
  return found;
}

function known(release: TrinoRelease, name: string): Component {
  const found = componentOf(release, name);
  if (found === undefined) throw new RangeError(`${release.toString()} has no data for ${name}`);
  return found;
}
