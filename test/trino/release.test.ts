import { ConfigError } from '../../lib/core';
import { componentOf } from '../../lib/trino/properties';
import { TrinoRelease } from '../../lib/trino/release';

const accepts = (release: TrinoRelease, component: string, name: string): boolean =>
  componentOf(release, component)?.properties.has(name) === true;

describe('TrinoRelease', () => {
  it('is 480 by default, with the chart that was released for it', () => {
    expect(TrinoRelease.DEFAULT.version).toBe('480');
    expect(TrinoRelease.DEFAULT.chartVersion).toBe('1.42.2');
    expect(TrinoRelease.DEFAULT.javaVersion).toBe(25);
  });

  it('fails when the release is not known, and lists the known ones', () => {
    expect(() => TrinoRelease.of('479')).toThrow(ConfigError);
    expect(() => TrinoRelease.of('479')).toThrow("got '479'; allowed: '476', '480', '481' or '483'");
  });

  it('has no chart of its own where none was released', () => {
    expect(TrinoRelease.of('483').chartVersion).toBeUndefined();
  });

  it('compares by number', () => {
    expect(TrinoRelease.of('481').isAtLeast('481')).toBe(true);
    expect(TrinoRelease.of('480').isAtLeast('481')).toBe(false);
  });

  it('says where its data is lent', () => {
    expect(TrinoRelease.of('483').fallback?.version).toBe('481');
    expect(TrinoRelease.of('481').fallback).toBeUndefined();
  });

  it('lists the columns of the audit table, and no column twice', () => {
    const { eventColumns } = TrinoRelease.DEFAULT;
    expect(eventColumns.slice(0, 3)).toEqual(['query_id', 'transaction_id', 'query']);
    expect(new Set(eventColumns).size).toBe(eventColumns.length);
  });

  describe.each(TrinoRelease.KNOWN.map((version) => TrinoRelease.of(version)))('%s', (release) => {
    it('names properties that its data knows', () => {
      expect(accepts(release, 'connector:hive', release.s3Switch)).toBe(true);
      expect(accepts(release, 'server', release.jmxObjectNames)).toBe(true);
    });

    it('can keep the coordinator up without the audit database where the listener has the property', () => {
      const property = 'mysql-event-listener.terminate-on-initialization-failure';
      expect(release.listenerCanOutliveDatabase).toBe(accepts(release, 'event-listener:mysql', property));
    });
  });
});
