import type { ComponentData, Facts, ReleaseData } from './data-file';

/** What the running classes said: per component its properties, and the names that it refuses. */
export type Explored = Readonly<Record<string, ExploredComponent>>;

interface ExploredComponent {
  readonly properties: Readonly<Record<string, Facts>>;
  readonly defunct: readonly string[];
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

function componentOf(name: string, { properties, defunct }: ExploredComponent, older?: ComponentData): ComponentData {
  const [kind = '', choice = ''] = name.split(':');
  const [file = 'config.properties', selector] = KINDS[kind] ?? [];
  const choices = selector === undefined ? {} : { [selector]: { type: 'string', required: true, selects: true } };
  const found = Object.entries(properties).map(([property, facts]) => [
    property,
    { ...withConditions(facts), ...carried(older?.properties[property]) },
  ]);
  const unseen = Object.entries(older?.properties ?? {}).filter(([, facts]) => isOfHdfs(facts));
  return {
    file,
    ...(selector === undefined ? {} : { select: `${selector}=${choice}` }),
    defunct,
    properties: {
      ...choices,
      ...Object.fromEntries(unseen),
      ...(Object.fromEntries(found) as ComponentData['properties']),
    },
  };
}

function isOfHdfs({ when }: Facts): boolean {
  return typeof when === 'object' && when !== null && 'fs.hadoop.enabled' in when;
}

/** A share of the heap is a text to the class: its type is carried along. */
function carried(older: Facts = {}): Facts {
  const facts = Object.entries(older).filter(([name]) => CARRIED.includes(name));
  return { ...Object.fromEntries(facts), ...(older['heapPercent'] === true ? { type: older['type'] } : {}) };
}

/** Settings as the exploration had them → what they stand for: `x` any value, `http://x` any value of the scheme. */
function withConditions(facts: Facts): Facts {
  const { when, orWhen } = facts;
  return {
    ...facts,
    ...(when === undefined ? {} : { when: general(when as Facts) }),
    ...(Array.isArray(orWhen) ? { orWhen: (orWhen as readonly Facts[]).map(general) } : {}),
  };
}

function general(condition: Facts): Facts {
  return Object.fromEntries(Object.entries(condition).map(([name, value]) => [name, generalValue(String(value))]));
}

function generalValue(value: string): string {
  const [, scheme] = /^([a-z0-9]+):\/\//.exec(value) ?? [];
  if (scheme !== undefined) return `${scheme === 'https' ? 'http' : scheme}:*`;
  return /^\/?[a-c](:\d+)?$|^x(:\d+)?$|^\/x$|^s$/.test(value) ? '*' : value;
}
