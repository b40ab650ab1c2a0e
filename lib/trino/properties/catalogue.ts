import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TrinoRelease } from '../release';

/** How Trino reads a value. `thread-count` is `8`, or `2C` for two per core; `data-size` is `64MB`, `duration` is `5m`. */
export type PropertyType =
  | 'boolean'
  | 'int'
  | 'long'
  | 'double'
  | 'decimal'
  | 'string'
  | 'enum'
  | 'list'
  | 'map'
  | 'duration'
  | 'data-size'
  | 'thread-count'
  | 'path'
  | 'uri'
  | 'host-and-port';

/** Settings that must hold together: name → value, `*` for any value, `http:*` for any value of that scheme. */
export type Condition = Readonly<Record<string, string>>;

/** What a release knows about one property: the running code's own words. */
export interface PropertyFacts {
  readonly type: PropertyType;
  /** The type of a list's items. @default - text */
  readonly items?: PropertyType;
  /** The constants; case and `-` for `_` are free unless `exact`. Of a list: its items' constants. */
  readonly enum?: readonly string[];
  readonly exact?: boolean;
  /** Constants behind a free text: others fail later. */
  readonly known?: readonly string[];
  /** @default - none */
  readonly default?: string | number | boolean;
  /** The default depends on the heap, the cores or the host. */
  readonly defaultVaries?: boolean;
  readonly min?: string | number;
  readonly minExclusive?: boolean;
  readonly max?: string | number;
  /** Of a text: characters; of a list: items. */
  readonly minSize?: number;
  readonly maxSize?: number;
  readonly pattern?: string;
  readonly powerOfTwo?: boolean;
  /** `30%` of the heap is accepted, too. */
  readonly heapPercent?: boolean;
  /** The start fails without it, where its conditions hold. */
  readonly required?: boolean;
  readonly secret?: boolean;
  readonly deprecated?: boolean;
  /** Old names that still work. */
  readonly legacy?: readonly string[];
  /** What the old names take where it is something else: a switch that became a choice. */
  readonly legacyFacts?: Readonly<Record<string, PropertyFacts>>;
  /** It chooses the component, like `connector.name`. */
  readonly selects?: boolean;
  /** Unknown to the other role. @default - known to both */
  readonly role?: 'coordinator';
  /** Unknown unless these settings hold, or one of `orWhen`. @default - always known */
  readonly when?: Condition;
  readonly orWhen?: readonly Condition[];
  /** Unknown while one of these values is set. */
  readonly unless?: Readonly<Record<string, readonly string[]>>;
}

interface ComponentData {
  readonly file: string;
  readonly select?: string;
  readonly defunct?: readonly string[];
  readonly properties: Readonly<Record<string, PropertyFacts>>;
  readonly session?: Readonly<Record<string, PropertyFacts>>;
}

type ReleaseData = Readonly<Partial<Record<string, ComponentData>>>;

/** What may stand in the file of one component (the server, a connector, an event listener, …) in one release. */
export interface Component {
  /** `server`, `connector:hive`, `event-listener:mysql`, … */
  readonly name: string;
  /** Below `etc/`: `config.properties`, `catalog/<catalog>.properties`. */
  readonly file: string;
  /** The property that chooses it and its value; undefined for the server. */
  readonly select: readonly [name: string, value: string] | undefined;
  /** The release that the data is from: an older one where the asked one's is not known. */
  readonly release: TrinoRelease;
  readonly properties: ReadonlyMap<string, PropertyFacts>;
  /** Those without which the start fails, where their conditions hold. */
  readonly required: readonly (readonly [name: string, facts: PropertyFacts])[];
  /** Old name → name. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Names that are refused by name. */
  readonly defunct: ReadonlySet<string>;
  /**
   * What a session may set of it, hidden ones included; undefined where the library does not know: of 480, Hive, Iceberg
   * and the server told, of 481 the server, of 483 the plugins that are to be had.
   */
  readonly session: ReadonlyMap<string, PropertyFacts> | undefined;
}

const files = new Map<string, ReleaseData>();
const components = new Map<string, Component>();

/** One release's data, read once and when first asked for. */
function dataOf(release: TrinoRelease): ReleaseData {
  return cached(files, release.version, () => {
    const text = readFileSync(join(__dirname, 'data', `${release.version}.json`), 'utf8');
    return (JSON.parse(text) as { readonly components: ReleaseData }).components;
  });
}

/**
 * A component by name; undefined when the library has no data for it, in this release or in the one that stands in.
 * @param name `server`, `connector:hive`, `access-control:file`, …
 */
export function componentOf(release: TrinoRelease, name: string): Component | undefined {
  const data = dataOf(release)[name];
  if (data !== undefined) return cached(components, `${release.version} ${name}`, () => resolve(release, name, data));
  return release.fallback === undefined ? undefined : componentOf(release.fallback, name);
}

/** The names of the components that can be chosen in this release: those of the release that stands in included. */
export function componentNames(release: TrinoRelease): readonly string[] {
  const own = Object.keys(dataOf(release));
  const lent = release.fallback === undefined ? [] : componentNames(release.fallback);
  return [...new Set([...own, ...lent])].sort();
}

/**
 * The component whose file this is: by its path below `etc/`, and by the property in it that chooses one.
 * Undefined for a file that no known component reads.
 */
export function componentOfFile(
  release: TrinoRelease,
  file: string,
  valueOf: (name: string) => string | undefined,
): Component | undefined {
  return componentNames(release)
    .map((name) => componentOf(release, name))
    .find(
      (component) =>
        component !== undefined &&
        isFileOf(component, file) &&
        (component.select === undefined || valueOf(component.select[0])?.trim() === component.select[1]),
    );
}

function isFileOf(component: Component, file: string): boolean {
  return component.file === KINDS_OF_FILES.reduce((name, [pattern, kind]) => name.replace(pattern, kind), file);
}

/** Of these files there may be several, whose names people choose. */
const KINDS_OF_FILES: readonly (readonly [RegExp, string])[] = [
  [/^catalog\/[^/]+\.properties$/, 'catalog/<catalog>.properties'],
  [/^password-authenticator-[^/]+\.properties$/, 'password-authenticator.properties'],
];

function resolve(release: TrinoRelease, name: string, data: ComponentData): Component {
  const { file, select, defunct = [], properties, session } = data;
  const [selector, choice] = select?.split('=') ?? [];
  const aliases = Object.entries(properties).flatMap(([property, { legacy = [] }]) =>
    legacy.map((old) => [old, property] as const),
  );
  return {
    name,
    file,
    select: selector === undefined || choice === undefined ? undefined : [selector, choice],
    release,
    properties: new Map(Object.entries(properties)),
    required: Object.entries(properties).filter(([, facts]) => isRequired(facts)),
    aliases: new Map(aliases),
    defunct: new Set(defunct),
    session: session && new Map(Object.entries(session)),
  };
}

/** Not null, and no default; or a list that may not be empty, and is by default. */
function isRequired({ required = false, minSize = 0, default: usual }: PropertyFacts): boolean {
  return required || (minSize > 0 && usual === '');
}

function cached<T>(store: Map<string, T>, key: string, make: () => T): T {
  const found = store.get(key);
  if (found !== undefined) return found;
  const made = make();
  store.set(key, made);
  return made;
}
