import { componentOf, TrinoRelease } from '../../lib/trino';
import { LOCAL_RELEASE, LOCAL_USER } from '../../local/platform/platform';
import type { TrinoClient } from '../../local/servers/trino-client';
import { describePlatform, PLATFORM_TIMEOUT, sharedPlatform } from './support/shared';

jest.setTimeout(PLATFORM_TIMEOUT);

const RELEASE = TrinoRelease.of(LOCAL_RELEASE);
/** Trino's type → what the library may call it. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  boolean: ['boolean'],
  integer: ['int'],
  bigint: ['long'],
  double: ['double'],
  varchar: ['string', 'enum', 'data-size', 'duration'],
};
/** Of a server that spools results, which this one does not. */
const OF_SPOOLING = /^spooling_(?!enabled$)/;

describePlatform(`session properties of ${LOCAL_RELEASE}`, () => {
  let trino: TrinoClient;
  /** Catalog, or nothing for the server → what the library knows. */
  let known: ReadonlyMap<string, NonNullable<ReturnType<typeof knownOf>>>;
  let shown: readonly { readonly owner: string; readonly property: string; readonly type: string }[];
  beforeAll(async () => {
    trino = (await sharedPlatform()).client(LOCAL_USER);
    const catalogs = (await trino.query('SELECT catalog_name, connector_name FROM system.metadata.catalogs')).rows;
    const components = catalogs.map(([name, connector]) => [String(name), `connector:${String(connector)}`] as const);
    known = new Map(
      [['', 'server'] as const, ...components].flatMap(([owner, component]) => {
        const properties = knownOf(component);
        return properties === undefined ? [] : [[owner, properties] as const];
      }),
    );
    shown = (await trino.query('SHOW SESSION')).rows.map(([name, , , type]) => ownedBy(String(name), String(type)));
  });

  it('are known with their types: those of the server, and of each catalog', () => {
    expect([...known.keys()].sort()).toEqual(['', 'events', 'hive', 'lake', 'shop', 'streams']);
    const wrong = shown.filter(({ owner, property, type }) => {
      const facts = known.get(owner)?.get(property);
      return facts === undefined || TYPES[type]?.includes(facts.type) === false;
    });
    expect(wrong).toEqual([]);
  });

  it('that it does not show are there as well', async () => {
    const names = new Set(shown.map(({ owner, property }) => nameOf(owner, property)));
    const hidden = [...known].flatMap(([owner, properties]) =>
      [...properties.keys()].map((property) => nameOf(owner, property)).filter((name) => !names.has(name)),
    );
    expect(hidden).toContain('hive.max_split_size');
    for (const name of hidden.filter((it) => !OF_SPOOLING.test(it))) await trino.query(`RESET SESSION ${name}`);
    for (const name of hidden.filter((it) => OF_SPOOLING.test(it))) {
      await expect(trino.query(`RESET SESSION ${name}`)).rejects.toThrow('does not exist');
    }
  });

  it('that are a choice take the words of it, in small letters too, and no other', async () => {
    const choices = [...known].flatMap(([owner, properties]) =>
      [...properties].flatMap(([property, facts]) =>
        facts.type === 'enum' ? [{ name: nameOf(owner, property), words: facts.enum ?? [] }] : [],
      ),
    );
    expect(choices.map(({ name }) => name)).toEqual(expect.arrayContaining(['join_distribution_type', 'retry_policy']));
    for (const { name, words } of choices) {
      for (const word of words) await trino.query(`SET SESSION ${name} = '${word.toLowerCase()}'`);
      await expect(trino.query(`SET SESSION ${name} = 'none of them'`)).rejects.toThrow(/none of them/i);
    }
  });
});

function knownOf(component: string) {
  return componentOf(RELEASE, component)?.session;
}

function ownedBy(name: string, type: string) {
  const [property = '', owner = ''] = name.split('.').reverse();
  return { owner, property, type };
}

function nameOf(owner: string, property: string): string {
  return owner === '' ? property : `${owner}.${property}`;
}
