import { checkProperties, componentNames, componentOf } from '../../../lib/trino/properties';
import { PROPERTY_RULES } from '../../../lib/trino/properties/rules';
import { TrinoRelease } from '../../../lib/trino/release';

type Settings = Readonly<Record<string, string>>;

/** The properties at which a rule was broken; placeholders keep secrets out of the way. */
function broken(component: string, entries: Settings, version = '476'): string[] {
  const release = TrinoRelease.of(version);
  const selector = componentOf(release, component)?.select;
  const all = { 'node.environment': 'test', ...entries, ...(selector && { [selector[0]]: selector[1] }) };
  const file = { component, entries: component === 'server' ? all : withoutNode(all) };
  return checkProperties(release, file)
    .filter(({ kind }) => kind === 'value')
    .map(({ property }) => property);
}

function withoutNode(entries: Settings): Settings {
  return Object.fromEntries(Object.entries(entries).filter(([name]) => !name.startsWith('node.')));
}

const HIVE = { 'hive.metastore.uri': 'thrift://x:1' };
const S3 = { ...HIVE, 'fs.native-s3.enabled': 'true' };
const MYSQL = { 'connection-url': 'jdbc:mysql://x:3306' };
const KAFKA = { 'kafka.nodes': 'x:9092' };
const SECRET = '${ENV:SECRET}';
const NODES = { 'internal-communication.shared-secret': SECRET };

const OAUTH2 = {
  ...{ ...NODES, 'http-server.authentication.type': 'OAUTH2', 'http-server.authentication.oauth2.issuer': 'https://x' },
  ...{ 'http-server.authentication.oauth2.client-id': 'x', 'http-server.authentication.oauth2.client-secret': SECRET },
  'http-server.authentication.oauth2.oidc.discovery': 'false',
  'http-server.authentication.oauth2.token-url': 'https://x/token',
  'http-server.authentication.oauth2.jwks-url': 'https://x/keys',
};

describe.each<[component: string, property: string, good: Settings, bad: Settings]>([
  [
    'server',
    'query.max-total-memory',
    { 'query.max-memory': '50GB', 'query.max-total-memory': '60GB' },
    { 'query.max-memory': '50GB', 'query.max-total-memory': '40GB' },
  ],
  [
    'server',
    'http-server.https.enabled',
    { 'http-server.https.enabled': 'true', 'http-server.https.keystore.path': '/etc/trino/tls.pem' },
    { 'http-server.https.enabled': 'true' },
  ],
  [
    'server',
    'http-server.authentication.type',
    { 'http-server.authentication.type': 'PASSWORD', 'internal-communication.shared-secret': SECRET },
    { 'http-server.authentication.type': 'PASSWORD' },
  ],
  [
    'server',
    'http-server.authentication.type',
    { 'http-server.authentication.type': 'oauth2, Password', ...NODES },
    { 'http-server.authentication.type': 'OAUTH2,SAML', ...NODES },
  ],
  [
    'server',
    'web-ui.authentication.type',
    { 'web-ui.authentication.type': 'form', 'http-server.authentication.type': 'HEADER', ...NODES },
    { 'http-server.authentication.type': 'HEADER', ...NODES },
  ],
  [
    'server',
    'http-server.authentication.oauth2.auth-url',
    { ...OAUTH2, 'http-server.authentication.oauth2.auth-url': 'https://x/auth' },
    OAUTH2,
  ],
  ...['PASSWORD', 'none', ''].map<[string, string, Settings, Settings]>((type) => [
    'server',
    'web-ui.authentication.type',
    { 'web-ui.authentication.type': 'Insecure' },
    { 'web-ui.authentication.type': type },
  ]),
  [
    'server',
    'web-ui.authentication.type',
    { 'web-ui.enabled': 'false', 'http-server.authentication.type': 'HEADER', ...NODES },
    { 'web-ui.enabled': 'true', 'http-server.authentication.type': 'HEADER', ...NODES },
  ],
  [
    'server',
    'web-ui.shared-secret',
    { 'web-ui.shared-secret': SECRET, 'http-server.authentication.type': 'OAUTH2,PASSWORD', ...NODES },
    { 'web-ui.shared-secret': SECRET, 'http-server.authentication.type': 'OAUTH2', ...NODES },
  ],
  [
    'server',
    'web-ui.session-timeout',
    { 'web-ui.session-timeout': '1d', 'web-ui.authentication.type': 'form' },
    { 'web-ui.session-timeout': '1d', 'web-ui.authentication.type': 'fixed' },
  ],
  [
    'server',
    'sql.default-function-catalog',
    { 'sql.default-function-catalog': 'memory', 'sql.default-function-schema': 'default' },
    { 'sql.default-function-catalog': 'memory' },
  ],
  [
    'connector:hive',
    's3.sse.type',
    { ...S3, 's3.sse.type': 'CUSTOMER', 's3.sse.customer-key': SECRET },
    { ...S3, 's3.sse.type': 'CUSTOMER' },
  ],
  [
    'connector:hive',
    'hive.insert-existing-partitions-behavior',
    { ...HIVE, 'hive.immutable-partitions': 'true', 'hive.insert-existing-partitions-behavior': 'ERROR' },
    { ...HIVE, 'hive.immutable-partitions': 'true' },
  ],
  ['connector:mysql', 'connection-url', MYSQL, { 'connection-url': 'jdbc:mysql://x:3306/shop' }],
  ['connector:mysql', 'connection-url', MYSQL, { 'connection-url': 'jdbc:postgresql://x:5432/' }],
  ['connector:mysql', 'connection-url', MYSQL, { 'connection-url': 'jdbc:mysql:/x:3306' }],
  [
    'connector:mariadb',
    'connection-url',
    { 'connection-url': 'jdbc:mariadb:load-balance://x:3306' },
    { 'connection-url': 'jdbc:mariadb:/x:3306' },
  ],
  [
    'connector:mysql',
    'metadata.tables.cache-ttl',
    { ...MYSQL, 'metadata.tables.cache-ttl': '1m', 'metadata.cache-ttl': '1m' },
    { ...MYSQL, 'metadata.tables.cache-ttl': '1m' },
  ],
  [
    'connector:mysql',
    'metadata.schemas.cache-ttl',
    { ...MYSQL, 'metadata.schemas.cache-ttl': '0s', 'metadata.cache-ttl': '1m' },
    { ...MYSQL, 'metadata.schemas.cache-ttl': '0s' },
  ],
  ['connector:kafka', 'kafka.security-protocol', KAFKA, { ...KAFKA, 'kafka.security-protocol': 'SASL_SSL' }],
  [
    'event-listener:mysql',
    'mysql-event-listener.db.url',
    { 'mysql-event-listener.db.url': 'jdbc:mysql://x/audit?password=${ENV:P}' },
    { 'mysql-event-listener.db.url': 'jdbc:mysql://x' },
  ],
  ['password-authenticator:ldap', 'ldap.url', { 'ldap.url': 'ldaps://x' }, { 'ldap.url': 'ldap://x' }],
  [
    'exchange-manager:filesystem',
    'exchange.base-directories',
    { 'exchange.base-directories': 's3://x', 'exchange.s3.region': 'eu-west-1' },
    { 'exchange.base-directories': 's3://x' },
  ],
  [
    'exchange-manager:filesystem',
    'exchange.s3.region',
    { 'exchange.base-directories': 's3://x', 'exchange.s3.region': 'eu-west-1' },
    { 'exchange.base-directories': 's3://x', 'exchange.s3.region': '' },
  ],
  [
    'exchange-manager:filesystem',
    'exchange.base-directories',
    { 'exchange.base-directories': '/exchange' },
    { 'exchange.base-directories': 'hdfs://x' },
  ],
])('%s, %s', (component, property, good, bad) => {
  it(`accepts ${JSON.stringify(good)}`, () => {
    expect(broken(component, good)).toEqual([]);
  });

  it(`fails when it reads ${JSON.stringify(bad)}`, () => {
    expect(broken(component, bad)).toEqual([property]);
  });
});

describe('a check that came with a release', () => {
  const gcs = { ...HIVE, 'fs.gcs.enabled': 'true' };
  const file = { 'gcs.json-key-file-path': '/etc/trino-secrets/gcs.json' };

  it.each([
    ['483', { ...gcs, ...file }],
    ['483', { ...gcs, 'gcs.auth-type': 'APPLICATION_DEFAULT' }],
    ['483', HIVE],
    ['481', gcs],
  ])('of %s accepts %j', (version, entries) => {
    expect(broken('connector:hive', entries, version)).toEqual([]);
  });

  it('fails from that release on', () => {
    expect(broken('connector:hive', gcs, '483')).toEqual(['gcs.auth-type']);
  });
});

describe('the retry policies that are allowed', () => {
  it.each([
    ['480', {}],
    ['480', { 'retry-policy': 'TASK' }],
    ['480', { 'retry-policy': 'task', 'retry-policy.allowed': 'query, Task' }],
    ['483', { 'retry-policy.allowed': 'NONE' }],
    ['480', { 'retry-policy.allowed': '${ENV:POLICIES}' }],
  ])('%s accepts %j', (version, entries) => {
    expect(broken('server', entries, version)).toEqual([]);
  });

  it.each(['480', '481', '483'])(
    'fail in %s when the chosen one is not among them, or NONE, which it is else',
    (version) => {
      const allowed = (names: string, chosen: Settings = {}) =>
        broken('server', { ...chosen, 'retry-policy.allowed': names }, version);
      expect(allowed('TASK', { 'retry-policy': 'QUERY' })).toEqual(['retry-policy.allowed']);
      expect(allowed('TASK,QUERY')).toEqual(['retry-policy.allowed']);
      expect(allowed('')).toEqual(['retry-policy.allowed']);
    },
  );
});

describe('how S3 is asked who one is, from 483 on', () => {
  const s3 = { ...HIVE, 'fs.s3.enabled': 'true' };
  const role = { 's3.iam-role': 'arn:aws:iam::123456789012:role/lake' };

  it.each([
    ['483', { ...role, 's3.auth-type': 'iam-role', 's3.external-id': 'x', 's3.sts.region': 'eu-west-1' }],
    ['483', { 's3.auth-type': 'IAM_ROLE', 's3.iam-role': '${ENV:ROLE}' }],
    ['483', { ...role, 's3.auth-type': '${ENV:TYPE}' }],
    ['483', { 's3.auth-type': 'WEB_IDENTITY', 's3.region': 'eu-west-1' }],
    ['483', { 's3.aws-access-key': 'x', 's3.aws-secret-key': SECRET, 's3.sts.region': 'eu-west-1' }],
    ['481', role],
  ])('%s accepts %j', (version, entries) => {
    expect(broken('connector:hive', { ...s3, ...entries }, version)).toEqual([]);
  });

  it.each([role, { 's3.iam-role': '${ENV:ROLE}' }, { ...role, 's3.auth-type': 'DEFAULT' }])(
    'fails when a role is not asked for: %j',
    (entries) => {
      expect(broken('connector:hive', { ...s3, ...entries }, '483')).toEqual(['s3.iam-role']);
    },
  );

  it('fails when a role is asked for and there is none', () => {
    expect(broken('connector:hive', { ...s3, 's3.auth-type': 'IAM_ROLE' }, '483')).toEqual(['s3.auth-type']);
  });

  it.each(['s3.aws-access-key', 's3.aws-secret-key', 's3.external-id', 's3.sts.endpoint', 's3.sts.region'])(
    'fails when %s stands beside a way that needs no credentials',
    (name) => {
      for (const type of ['ANONYMOUS', 'web_identity']) {
        const entries = { ...s3, 's3.auth-type': type, [name]: SECRET };
        expect(broken('connector:hive', entries, '483')).toEqual([name]);
      }
    },
  );
});

describe('a cache of files', () => {
  const cache = (limits: Settings, directories = '/a, /b,') => ({
    ...{ ...HIVE, 'fs.cache.enabled': 'true', 'fs.cache.directories': directories },
    ...limits,
  });

  it.each([
    cache({ 'fs.cache.max-sizes': '1GB,2GB' }),
    cache({ 'fs.cache.max-sizes': '', 'fs.cache.max-disk-usage-percentages': '80, 90' }),
    cache({ 'fs.cache.max-sizes': '${ENV:SIZES}' }),
    { ...HIVE, 'fs.cache.enabled': 'false' },
  ])('is accepted with one limit for each directory: %j', (entries) => {
    for (const version of ['476', '483']) expect(broken('connector:hive', entries, version)).toEqual([]);
    expect(broken('connector:delta_lake', entries)).toEqual([]);
  });

  it.each([
    { ...HIVE, 'fs.cache.enabled': 'true' },
    cache({}),
    cache({ 'fs.cache.max-sizes': '' }),
    cache({ 'fs.cache.max-sizes': '1GB' }),
    cache({ 'fs.cache.max-sizes': '1GB' }, ''),
    cache({ 'fs.cache.max-disk-usage-percentages': '80,90,70' }),
    cache({ 'fs.cache.max-sizes': '1GB,2GB', 'fs.cache.max-disk-usage-percentages': '80,90' }),
  ])('fails when it has none, both, or another number: %j', (entries) => {
    for (const version of ['476', '483'])
      expect(broken('connector:hive', entries, version)).toEqual(['fs.cache.enabled']);
  });
});

describe('names of JMX objects', () => {
  it.each(['java.lang:type=Memory|trino.*:*', ' a:b=c,d=* | *:name="x,\\"y",*', ':a=', ''])(
    'are accepted like %j, as the JVM accepts them',
    (names) => {
      expect(broken('server', { 'openmetrics.jmx-object-names': names })).toEqual([]);
      expect(broken('server', { 'metrics.jmx-object-names': names }, '483')).toEqual([]);
    },
  );

  it.each(['x', 'a:b', 'a:', 'a:b=c,', 'a:=c', 'a:,b=c', 'a:b=c=d', 'a:*b=c', 'a:b="c', 'a:b=c,a:d=e'])(
    'fail when one is %j',
    (name) => {
      const names = `java.lang:type=Memory|${name}`;
      expect(broken('server', { 'openmetrics.jmx-object-names': names })).toEqual(['openmetrics.jmx-object-names']);
      expect(broken('server', { 'openmetrics.jmx-object-names': names }, '483')).toHaveLength(1);
    },
  );
});

describe('a web interface that nobody may use', () => {
  const none = { 'web-ui.authentication.type': 'NONE' };

  it('fails in releases that do not know it', () => {
    expect(broken('server', none, '481')).toEqual(['web-ui.authentication.type']);
  });

  it('is accepted from 483 on, where other names are not', () => {
    expect(broken('server', none, '483')).toEqual([]);
    expect(broken('server', { 'web-ui.authentication.type': 'SAML' }, '483')).toEqual(['web-ui.authentication.type']);
  });
});

it('asks no worker how people log in to a web interface, which only coordinators have', () => {
  const entries = { 'node.environment': 'x', 'http-server.authentication.type': 'HEADER', ...NODES };
  const findings = checkProperties(TrinoRelease.of('476'), { component: 'server', role: 'worker', entries });
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});

it('has no rule about properties that no release knows', () => {
  const known = TrinoRelease.KNOWN.map((version) => TrinoRelease.of(version)).flatMap((release) =>
    componentNames(release).map((name) => componentOf(release, name)?.properties ?? new Map<string, unknown>()),
  );
  const idle = PROPERTY_RULES.filter(
    ({ properties }) => !known.some((some) => properties.every((name) => some.has(name))),
  );
  expect(idle).toEqual([]);
});
