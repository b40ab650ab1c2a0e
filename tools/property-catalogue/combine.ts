import type { ComponentData, Facts, ReleaseData } from './data-file';

/** What the running classes said: per component its properties, and the names that it refuses. */
export type Explored = Readonly<Record<string, ExploredComponent>>;

interface ExploredComponent {
  readonly properties: Readonly<Record<string, Facts>>;
  readonly defunct: readonly string[];
  readonly session: Readonly<Record<string, Facts>>;
}

/** Kind of component → its file below `etc/` and the property that chooses one. */
const KINDS: Readonly<Record<string, readonly [file: string, selector: string]>> = {
  connector: ['catalog/<catalog>.properties', 'connector.name'],
  'resource-group-manager': ['resource-groups.properties', 'resource-groups.configuration-manager'],
  'session-property-manager': ['session-property-config.properties', 'session-property-config.configuration-manager'],
  'password-authenticator': ['password-authenticator.properties', 'password-authenticator.name'],
  'group-provider': ['group-provider.properties', 'group-provider.name'],
  'access-control': ['access-control.properties', 'access-control.name'],
  'event-listener': ['event-listener.properties', 'event-listener.name'],
  'exchange-manager': ['exchange-manager.properties', 'exchange-manager.name'],
  'spooling-manager': ['spooling-manager.properties', 'spooling-manager.name'],
  'catalog-store': ['catalog-store.properties', 'catalog-store.name'],
};

/** Facts that no class tells: they were read in the source, or by asking on machines of different size. */
const CARRIED = ['known', 'heapPercent', 'defaultVaries'];
/** Of a choice with a parser of its own: only its source tells what it reads. */
const CARRIED_WITH_EXACT = ['enum', 'exact', 'default'];

/**
 * The data of a release, from what its classes said, and from older data for what they cannot say: components that were
 * not asked, and what HDFS accepts, which Trino loads in a way that the exploration does not reach.
 */
export function combine(release: string, explored: Explored, older: ReleaseData | undefined): ReleaseData {
  const asked = Object.entries(explored).map(([name, component]) => [
    name,
    componentOf(name, component, older?.components[name]),
  ]);
  return { release, components: { ...older?.components, ...(Object.fromEntries(asked) as ReleaseData['components']) } };
}

function componentOf(name: string, explored: ExploredComponent, older?: ComponentData): ComponentData {
  const { properties, defunct, session } = explored;
  const [kind = '', choice = ''] = name.split(':');
  const [file = 'config.properties', selector] = KINDS[kind] ?? [];
  const choices = selector === undefined ? {} : { [selector]: { type: 'string', required: true, selects: true } };
  const found = Object.entries(properties).map(([property, facts]) => [
    property,
    withConditions(withOlder(facts, older?.properties[property]), properties),
  ]);
  const unseen = Object.entries(older?.properties ?? {}).filter(([, facts]) => isOfHdfs(facts));
  return {
    file,
    ...(selector === undefined ? {} : { select: `${selector}=${choice}` }),
    defunct: [...new Set([...defunct, ...(older?.defunct ?? [])])].filter((old) => !(old in properties)),
    properties: {
      ...choices,
      ...Object.fromEntries(unseen),
      ...(Object.fromEntries(found) as ComponentData['properties']),
    },
    ...(hasSession(name) ? { session } : {}),
  };
}

/** What a query of a session can be told. */
function hasSession(name: string): boolean {
  return name === 'server' || name.startsWith('connector:');
}

function isOfHdfs({ when }: Facts): boolean {
  return typeof when === 'object' && when !== null && 'fs.hadoop.enabled' in when;
}

function withOlder(facts: Facts, older: Facts | undefined): Facts {
  if (older === undefined) return facts;
  const carried = older['exact'] === true ? [...CARRIED, ...CARRIED_WITH_EXACT] : CARRIED;
  const own = Object.entries(facts).filter(([name]) => !(name === 'default' && older['defaultVaries'] === true));
  const kept = Object.entries(older).filter(([name]) => carried.includes(name));
  return Object.fromEntries([...own.filter(([name]) => name !== 'exact'), ...kept]);
}

/** Settings as the exploration had them → what they stand for: `x` any value, `http://x` any value of the scheme. */
function withConditions(facts: Facts, properties: ExploredComponent['properties']): Facts {
  const { when, orWhen = [], ...others } = facts;
  if (when === undefined) return facts;
  const alternatives = [when as Facts, ...(orWhen as readonly Facts[])].map((one) => general(one, properties));
  const [first, ...more] = withoutImplied(alternatives);
  if (first === undefined || Object.keys(first).length === 0) return others;
  return { ...others, when: first, ...(more.length === 0 ? {} : { orWhen: more }) };
}

/** What asks for all that another one asks for says nothing; of two that ask for the same, the first stays. */
function withoutImplied(alternatives: readonly Facts[]): readonly Facts[] {
  return alternatives.filter((one, index) =>
    alternatives.every((other, at) => at === index || !asksFor(other, one) || (index < at && asksFor(one, other))),
  );
}

/** Whether a condition holds wherever another one does. */
function asksFor(one: Facts, other: Facts): boolean {
  return Object.entries(one).every(([name, value]) => other[name] === value);
}

function general(condition: Facts, properties: ExploredComponent['properties']): Facts {
  const pairs = Object.entries(condition).map(
    ([name, value]) => [current(name, properties), generalValue(String(value))] as const,
  );
  return Object.fromEntries(
    pairs.filter(([name, value]) => name !== NO_CONDITION && !isAlwaysSo(properties[name], value)),
  );
}

/** The name of today for an old one. */
function current(name: string, properties: ExploredComponent['properties']): string {
  const found = Object.entries(properties).find(([, { legacy = [] }]) => (legacy as readonly string[]).includes(name));
  return found?.[0] ?? name;
}

/** Looked at before anything is registered, with a database that the exploration does not have. */
const NO_CONDITION = 'resource-groups.db-migrations-enabled';

/** A start without it fails anyway, and any value of it will do. */
function isAlwaysSo(facts: Facts = {}, value: string): boolean {
  const isRequired = facts['required'] === true || (facts['minSize'] === 1 && facts['default'] === '');
  return isRequired && (value === '*' || (value.endsWith(':*') && facts['type'] === 'uri'));
}

function generalValue(value: string): string {
  const [, scheme] = /^([a-z0-9]+):\/\//.exec(value) ?? [];
  if (scheme !== undefined) return `${scheme === 'https' ? 'http' : scheme}:*`;
  return /^\/?[a-c](:\d+)?$|^x(:\d+)?$|^\/x$|^s$/.test(value) ? '*' : value;
}
