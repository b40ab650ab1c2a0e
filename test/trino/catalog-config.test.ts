import { SecretRef } from '../../lib/core';
import { catalogNameViolations, renderCatalog, withExtras } from '../../lib/trino/catalog-config';
import { TrinoRelease } from '../../lib/trino/release';

describe('properties that a user adds to a catalog', () => {
  test('stand beside those of the library', () => {
    expect(withExtras({ a: '1' }, { b: '2' })).toEqual({ a: '1', b: '2' });
  });

  test('fails when they shadow one, with the prop to use', () => {
    expect(() =>
      withExtras({ 'hive.metastore.uri': 'x' }, { 'hive.metastore.uri': 'y' }, { 'hive.metastore.uri': 'metastore' }),
    ).toThrow(
      "hive.metastore.uri: got 'y'; allowed: properties that the library does not set itself; fix: use the prop 'metastore'",
    );
    expect(() => withExtras({ a: '1' }, { a: '2' })).toThrow('it follows from what the catalog is given');
    expect(() => withExtras({}, { 'connector.name': 'hive' })).toThrow('connector.name');
  });

  test.each([4, true, undefined])('fails when one is %s, which no file can hold', (value) => {
    const extra = { 'tpch.splits-per-node': value as unknown as string };
    expect(() => withExtras({}, extra)).toThrow(/tpch\.splits-per-node: got .*; allowed: text, or a SecretRef/);
  });

  test('a secret that shadows one is not shown', () => {
    expect(() => withExtras({ a: '1' }, { a: SecretRef.of('acme/db') })).toThrow('a: got a secret;');
  });
});

test.each([undefined, null, 5])('fails when a catalog is called %s', (name) => {
  expect(catalogNameViolations([name as unknown as string])).toHaveLength(1);
});

describe('a catalog as Trino reads it', () => {
  test('its text is escaped as Java reads it, and every secret is a variable', () => {
    const { text, env } = renderCatalog(
      'shop',
      { connector: 'example', properties: { path: 'C:\\temp', password: SecretRef.of('acme/db') } },
      TrinoRelease.DEFAULT,
    );
    expect(text).toBe('connector.name=example\npath=C:\\\\temp\npassword=${ENV:CATALOG_SHOP_PASSWORD}\n');
    expect(env.map(({ name }) => name)).toEqual(['CATALOG_SHOP_PASSWORD']);
  });

  test('fails when two catalogs have one name, or a name needs quotes in SQL', () => {
    const paths = (names: readonly string[]) => catalogNameViolations(names).map(({ fix }) => fix);
    expect(paths(['a', 'b_2'])).toEqual([]);
    expect(paths(['a', 'a'])).toEqual(['rename one of them']);
    expect(paths(['Shop-DB'])).toEqual(["call it 'shop_db'"]);
    expect(paths(['system'])).toEqual(['choose another name, a letter first']);
  });
});
