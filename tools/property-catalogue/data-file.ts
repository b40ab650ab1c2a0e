/** The facts of one property, as `lib/trino/properties/catalogue.ts` describes them. */
export type Facts = Readonly<Record<string, unknown>>;

/** One component's part of a data file. */
export interface ComponentData {
  readonly file: string;
  readonly select?: string;
  readonly defunct?: readonly string[];
  readonly properties: Readonly<Record<string, Facts>>;
  /** Of a session of its; not known of a component that was not asked. */
  readonly session?: Readonly<Record<string, Facts>>;
}

export interface ReleaseData {
  readonly release: string;
  readonly components: Readonly<Record<string, ComponentData>>;
}

/** The text of a data file: sorted, and one property per line, so that a diff can be reviewed. */
export function renderData({ release, components }: ReleaseData): string {
  const parts = sorted(components).map(
    ([name, component]) => `${JSON.stringify(name)}:{\n${renderComponent(component)}}`,
  );
  return `{\n"release":${JSON.stringify(release)},\n"components":{\n${parts.join(',\n')}\n}}\n`;
}

function renderComponent({ file, select, defunct = [], properties, session }: ComponentData): string {
  const names = [...defunct].sort().map((name) => JSON.stringify(name));
  return [
    `"file":${JSON.stringify(file)}`,
    ...(select === undefined ? [] : [`"select":${JSON.stringify(select)}`]),
    ...(names.length === 0 ? [] : [`"defunct":[\n${names.join(',\n')}]`]),
    `"properties":${renderProperties(properties)}`,
    ...(session === undefined ? [] : [`"session":${renderProperties(session)}`]),
  ].join(',\n');
}

function renderProperties(properties: ComponentData['properties']): string {
  const lines = sorted(properties).map(([name, facts]) => `${JSON.stringify(name)}:${JSON.stringify(inOrder(facts))}`);
  return `{\n${lines.join(',\n')}}`;
}

function sorted<T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Facts in the order of a reader's interest; what is not listed is no part of the data. */
function inOrder(facts: Facts): Facts {
  const value = (name: string): unknown => (name === 'legacyFacts' ? eachInOrder(facts[name]) : facts[name]);
  return Object.fromEntries(FACTS.filter((name) => name in facts).map((name) => [name, value(name)]));
}

function eachInOrder(legacyFacts: unknown): Readonly<Record<string, Facts>> {
  const each = sorted(legacyFacts as Readonly<Record<string, Facts>>);
  return Object.fromEntries(each.map(([name, facts]) => [name, inOrder(facts)]));
}

const FACTS = [
  ...['type', 'items', 'enum', 'exact', 'known', 'default', 'defaultVaries', 'min', 'minExclusive', 'max', 'minSize'],
  ...['maxSize', 'pattern', 'powerOfTwo', 'heapPercent', 'required', 'secret', 'deprecated', 'legacy', 'legacyFacts'],
  ...['selects', 'role', 'when', 'orWhen', 'unless'],
];
