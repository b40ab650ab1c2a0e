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
import { beyond, sample, TYPED } from './typed-values';

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
  'a setting left out': (context) => without(context.before, pick(context.random, settingsOf(context.before))),
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

/** One change of one of the configurations, to each of which the release has data. */
export function mutation(random: GeneratorValue, release: TrinoRelease, points: readonly StartingPoint[]): Mutation {
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

/** The settings of a condition, something for what may be anything. */
export function fulfilled(condition: Condition): Settings {
  const pairs = Object.entries(condition).map(([name, value]) => [
    name,
    value.replace(/^\*$/, 'x').replace(/:\*$/, '://x'),
  ]);
  return Object.fromEntries(pairs) as Settings;
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

/** What a file of the component may lack: `node.*` may be in `node.properties`. */
function settingsOf(before: Settings): readonly string[] {
  return Object.keys(before).filter((name) => !name.startsWith('node.'));
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
