import { compareReleases, type PropertiesFile } from '../../../lib/trino/properties';
import { TrinoRelease } from '../../../lib/trino/release';

const HIVE = { 'connector.name': 'hive', 'hive.metastore.uri': 'thrift://hms:9083' };

function upgrade(from: string, to: string, file: PropertiesFile): string[] {
  return compareReleases(TrinoRelease.of(from), TrinoRelease.of(to), [file]).map(
    ({ effect, property, fix }) => `${effect} ${property}: ${fix}`,
  );
}

function catalog(entries: Readonly<Record<string, string>>): PropertiesFile {
  return { component: 'connector:hive', entries: { ...HIVE, ...entries }, file: 'catalog/lake.properties' };
}

describe('compareReleases', () => {
  it('finds nothing between a release and itself', () => {
    expect(upgrade('480', '480', catalog({ 'fs.native-s3.enabled': 'true', 's3.region': 'eu-west-1' }))).toEqual([]);
  });

  it('lists what the new release would refuse, with what to write instead', () => {
    const file = catalog({ 'fs.hadoop.enabled': 'true', 'hive.s3.max-connections': '100' });
    expect(upgrade('480', '481', file)).toContain(
      'refused hive.s3.max-connections: write s3.max-connections with fs.s3.enabled=true instead',
    );
  });

  it('lists what still works under an old name', () => {
    expect(upgrade('480', '481', catalog({ 'fs.native-s3.enabled': 'true' }))).toContain(
      'renamed fs.native-s3.enabled: write fs.s3.enabled',
    );
  });

  it.each([
    ['480', 'fs.native-s3.enabled'],
    ['481', 'fs.s3.enabled'],
  ])('lists what the new release asks for beside a property that %s accepts alone', (from, s3) => {
    const file = catalog({ [s3]: 'true', 's3.iam-role': 'arn:aws:iam::1:role/lake' });
    expect(upgrade(from, '483', file)).toContain('refused s3.iam-role: set s3.auth-type=IAM_ROLE');
    expect(upgrade(from, '481', file).filter((line) => line.startsWith('refused'))).toEqual([]);
  });

  it('lists all that takes the place of a legacy property', () => {
    const file = catalog({ 'fs.hadoop.enabled': 'true', 'hive.s3.iam-role': 'arn:aws:iam::1:role/lake' });
    expect(upgrade('480', '481', file)).toContain(
      'refused hive.s3.iam-role: write s3.iam-role with fs.s3.enabled=true instead',
    );
    expect(upgrade('480', '483', file)).toContain(
      'refused hive.s3.iam-role: write s3.iam-role and s3.auth-type=IAM_ROLE with fs.s3.enabled=true instead',
    );
  });

  it('lists defaults that change for what is not written, and how to keep them', () => {
    expect(upgrade('476', '480', catalog({ 'fs.native-s3.enabled': 'true' }))).toContain(
      'default s3.max-error-retries: write s3.max-error-retries=10 to keep it',
    );
  });

  it('does not list a default that is written, or that nothing reads', () => {
    const written = catalog({ 'fs.native-s3.enabled': 'true', 's3.max-error-retries': '10' });
    expect(upgrade('476', '480', written).filter((line) => line.includes('s3.max-error-retries'))).toEqual([]);
    expect(upgrade('476', '480', catalog({})).filter((line) => line.includes('s3.max-error-retries'))).toEqual([]);
  });

  it('does not repeat what the old release refuses as well', () => {
    expect(upgrade('480', '481', catalog({ 'no.such.name': '1' }))).not.toContainEqual(
      expect.stringContaining('no.such'),
    );
  });

  it('says where it has no data of the new release', () => {
    const file = {
      component: 'connector:mysql',
      entries: { 'connector.name': 'mysql', 'connection-url': 'jdbc:mysql://x' },
    };
    expect(upgrade('480', '483', file)).toEqual([expect.stringMatching(/^unjudged/)]);
  });
});
