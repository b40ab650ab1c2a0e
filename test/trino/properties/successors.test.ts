import { checkProperties, componentNames, componentOf } from '../../../lib/trino/properties';
import { successorOf, SUCCESSORS } from '../../../lib/trino/properties/successors';
import { TrinoRelease } from '../../../lib/trino/release';

/** What the release says to write instead of a name that it does not accept in the component's file. */
function advice(version: string, component: string, entries: Readonly<Record<string, string>>): string[] {
  return checkProperties(TrinoRelease.of(version), { component, entries })
    .filter(({ kind, property }) => ['defunct', 'condition', 'deprecated'].includes(kind) && property in entries)
    .map(({ fix }) => fix);
}

test.each([
  ['476', 'fault-tolerant-execution-exchange-encryption-enabled'],
  ['480', 'external-exchange-encryption-enabled'],
  ['483', 'external-exchange-encryption-enabled'],
])('%s: the switch of encryption moved to another file, where it is %s', (version, name) => {
  const entries = { 'exchange.base-directories': '/exchange', 'exchange.encryption-enabled': 'false' };
  expect(advice(version, 'exchange-manager:filesystem', entries)).toEqual([
    `write ${name} in config.properties instead`,
  ]);
});

test('a release that has no successor yet is not told one', () => {
  const rest = { 'iceberg.catalog.type': 'hive_metastore', 'iceberg.rest-catalog.sigv4-enabled': 'true' };
  expect(advice('476', 'connector:iceberg', rest)).toEqual(['set iceberg.catalog.type=REST, or remove it']);
  expect(advice('480', 'connector:iceberg', rest)).toEqual(['write iceberg.rest-catalog.security=SIGV4 instead']);
  const web = { 's3.use-web-identity-token-credentials-provider': 'true' };
  expect(advice('481', 'connector:hive', web)).toEqual(['set fs.s3.enabled=true, or remove it']);
  expect(advice('483', 'connector:hive', web)).toEqual(['write s3.auth-type=WEB_IDENTITY instead']);
});

test.each([
  ['476', 's3.socket-read-timeout with fs.native-s3.enabled=true'],
  ['480', 's3.socket-timeout with fs.native-s3.enabled=true'],
  ['483', 's3.socket-timeout with fs.s3.enabled=true'],
])('%s: the successor has the name of the release, %s', (version, name) => {
  expect(advice(version, 'connector:hive', { 'hive.s3.socket-timeout': '1m' })).toContain(`write ${name} instead`);
});

test.each(TrinoRelease.KNOWN)('whatever %s is said to accept instead, it accepts there', (version) => {
  const release = TrinoRelease.of(version);
  const refusals = componentNames(release).flatMap((name) =>
    successorsIn(release, name).flatMap((text) => refused(release, name, text)),
  );
  expect(refusals).toEqual([]);
});

function successorsIn(release: TrinoRelease, name: string): string[] {
  const component = componentOf(release, name);
  if (component === undefined) return [];
  return Object.keys(SUCCESSORS)
    .filter((old) => TrinoRelease.KNOWN.some((version) => hasHad(version, name, old)))
    .flatMap((old) => successorOf(component, release, undefined, old) ?? []);
}

function hasHad(version: string, component: string, name: string): boolean {
  const { properties, defunct } = componentOf(TrinoRelease.of(version), component) ?? {};
  return properties?.has(name) === true || defunct?.has(name) === true;
}

/** The settings in an advice that the file it names would not take. */
function refused(release: TrinoRelease, component: string, advice: string): string[] {
  const file = advice.endsWith(' in config.properties') ? 'server' : component;
  const settings = advice.replace(/ in config\.properties$/, '').split(/ and | with /);
  return settings.filter((setting) => {
    const [name = '', value] = setting.split('=');
    const findings = checkProperties(release, { component: file, entries: { [name]: value ?? '' } });
    const kinds = ['unknown', 'defunct', 'renamed', 'wrong-file', ...(value === undefined ? [] : ['value'])];
    return findings.some(({ kind, property }) => property === name && kinds.includes(kind));
  });
}
