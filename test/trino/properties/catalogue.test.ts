import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { componentNames, componentOf, componentOfFile } from '../../../lib/trino/properties';
import { TrinoRelease } from '../../../lib/trino/release';
import { renderData, type ReleaseData } from '../../../tools/property-catalogue/data-file';

const releases = TrinoRelease.KNOWN.map((version) => TrinoRelease.of(version));

describe.each(releases)('the data of %s', (release) => {
  const components = componentNames(release).map((name) => componentOf(release, name));

  it('resolves every component', () => {
    expect(components).not.toContain(undefined);
    expect(components.every((component) => component !== undefined && component.properties.size > 0)).toBe(true);
  });

  it('is about this release, and written as the generator writes it: one property per line, in order', () => {
    const text = readFileSync(join(__dirname, `../../../lib/trino/properties/data/${release.version}.json`), 'utf8');
    const data = JSON.parse(text) as ReleaseData;
    expect(data.release).toBe(release.version);
    expect(renderData(data)).toBe(text);
  });

  it('calls no accepted name defunct, and no old name a current one', () => {
    for (const { properties, aliases, defunct } of components.filter((component) => component !== undefined)) {
      expect([...properties.keys()].filter((name) => aliases.has(name))).toEqual([]);
      expect([...properties.keys()].filter((name) => defunct.has(name))).toEqual([]);
    }
  });
});

describe('componentOf', () => {
  it('joins what a catalog shares with its own properties', () => {
    const hive = componentOf(TrinoRelease.DEFAULT, 'connector:hive');
    expect(hive?.properties.has('s3.region')).toBe(true);
    expect(hive?.properties.has('hive.metastore.uri')).toBe(true);
  });

  it('leaves out what the connector leaves out', () => {
    expect(componentOf(TrinoRelease.DEFAULT, 'connector:hive')?.properties.has('fs.memory-cache.ttl')).toBe(false);
    expect(componentOf(TrinoRelease.DEFAULT, 'connector:iceberg')?.properties.has('fs.memory-cache.ttl')).toBe(true);
  });

  it('takes changes of a connector to what it shares', () => {
    const archive = 'hive.metastore.glue.skip-archive';
    expect(componentOf(TrinoRelease.DEFAULT, 'connector:hive')?.properties.get(archive)?.default).toBe(false);
    expect(componentOf(TrinoRelease.DEFAULT, 'connector:iceberg')?.properties.get(archive)?.default).toBe(true);
  });

  it('lends an older release where the data is missing, and says which', () => {
    expect(componentOf(TrinoRelease.of('483'), 'connector:mysql')?.release.version).toBe('481');
    expect(componentOf(TrinoRelease.of('483'), 'connector:hive')?.release.version).toBe('483');
  });

  it('is undefined for a component without data', () => {
    expect(componentOf(TrinoRelease.DEFAULT, 'connector:clickhouse')).toBeUndefined();
  });
});

describe('componentOfFile', () => {
  const component = (file: string, entries: Readonly<Record<string, string>> = {}): string | undefined =>
    componentOfFile(TrinoRelease.DEFAULT, file, (name) => entries[name])?.name;

  it('knows files by their path and by the property that chooses in them', () => {
    expect(component('config.properties')).toBe('server');
    expect(component('catalog/shop.properties', { 'connector.name': 'mysql' })).toBe('connector:mysql');
    expect(component('event-listener.properties', { 'event-listener.name': 'mysql ' })).toBe('event-listener:mysql');
  });

  it('is undefined for files and choices that it has no data for', () => {
    expect(component('log.properties')).toBeUndefined();
    expect(component('catalog/shop.properties', { 'connector.name': 'clickhouse' })).toBeUndefined();
  });
});
