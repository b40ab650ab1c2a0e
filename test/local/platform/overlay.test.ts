import { SecretRef } from '../../../lib/core';
import {
  AccessControl,
  Authenticator,
  ClientTls,
  planTrino,
  type TrinoDefinition,
  TrinoRelease,
} from '../../../lib/trino';
import { localDefinition, neededServers } from '../../../local/platform/overlay';
import { allDefinitions } from '../../live/support/definitions';
import { definition, EXCHANGE } from '../../trino/definition/sample';
import { ENDPOINTS, overlay } from './support';

const catalogOf = ({ catalogs }: TrinoDefinition, name: string) =>
  catalogs.find((catalog) => catalog.name === name)?.config.properties ?? {};

describe.each(Object.entries(allDefinitions()))('%s', (_name, own) => {
  test.each(['476', '480', '483'])('is planned for this machine on %s, and reaches nothing of AWS', (version) => {
    const local = localDefinition(own, overlay({ release: TrinoRelease.of(version) }));
    const { files } = planTrino(local.definition).chart;
    const text = Object.entries(files.coordinator).map(([name, content]) => `# ${name}\n${content}`);
    const remote = text.filter(
      (it) => !it.startsWith('# exchange-manager') && /amazonaws|TfToken|\.svc\b|glue/.test(it),
    );
    expect(remote).toEqual([]);
  });

  test('says what is different for every catalog', () => {
    const { changes } = localDefinition(own, overlay());
    const paths = changes.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(own.catalogs.map(({ name }) => `catalogs.${name}`)));
  });
});

test('tables of Glue are looked for in the local metastore, files in the local S3, with keys as variables', () => {
  const properties = {
    'iceberg.catalog.type': 'glue',
    'hive.metastore.glue.region': 'eu-west-1',
    'fs.s3.enabled': 'true',
    's3.region': 'eu-west-1',
  };
  const own = definition({ catalogs: [{ name: 'lake', config: { connector: 'iceberg', properties } }] });
  const local = localDefinition(own, overlay());
  expect(catalogOf(local.definition, 'lake')).toMatchObject({
    'iceberg.catalog.type': 'hive_metastore',
    'hive.metastore.uri': ENDPOINTS.metastore.uri,
    'fs.native-s3.enabled': 'true',
    's3.endpoint': ENDPOINTS.s3.endpoint,
    's3.aws-access-key': SecretRef.of('local/s3', 'accessKey'),
  });
  expect(catalogOf(local.definition, 'lake')).not.toHaveProperty(['fs.s3.enabled']);
  expect(local.secrets.map(({ value }) => value)).toEqual(expect.arrayContaining(['local-key', 'local-secret']));
  expect(local.changes).toContainEqual(expect.objectContaining({ here: expect.stringContaining('instead of Glue') }));
});

test('MySQL keeps its user and the parameters of its URL; the truststore is the local one', () => {
  const properties = {
    'connection-url': 'jdbc:mysql://shop.rds:3306?sslMode=VERIFY_CA&trustCertificateKeyStoreUrl=file%3A%2Fopt%2Fx.p12',
    'connection-user': 'reader',
    'connection-password': SecretRef.of('shop', 'password'),
  };
  const own = definition({ catalogs: [{ name: 'shop', config: { connector: 'mysql', properties } }] });
  const local = localDefinition(own, overlay());
  expect(catalogOf(local.definition, 'shop')['connection-url']).toBe(
    'jdbc:mysql://127.0.0.1:13306?sslMode=VERIFY_CA&trustCertificateKeyStoreUrl=file%3A%2Fcertificates%2Ftrust.p12',
  );
  expect(local.databaseUsers).toEqual([
    { name: 'reader', password: SecretRef.of('shop', 'password'), purpose: 'catalog' },
  ]);
  // Not a password of its own: the next platform with this server would change it.
  expect(local.secrets).toContainEqual({ ref: SecretRef.of('shop', 'password'), value: ENDPOINTS.mysql.password });
});

test('Kafka asks for SCRAM over TLS, whatever the environment uses', () => {
  const properties = {
    'kafka.nodes': 'b-1.kafka:9092',
    'kafka.security-protocol': 'PLAINTEXT',
    'kafka.table-names': 'a',
  };
  const own = definition({ catalogs: [{ name: 'events', config: { connector: 'kafka', properties } }] });
  const { definition: local } = localDefinition(own, overlay());
  expect(catalogOf(local, 'events')).toEqual({
    'kafka.nodes': '127.0.0.1:19096',
    'kafka.table-names': 'a',
    'kafka.config.resources': '/etc/trino-secrets/events-kafka-client.properties',
  });
  const [file] = local.catalogs[0]?.config.secretFiles ?? [];
  expect(file?.content.join('')).toContain('ssl.truststore.location=/certificates/trust.p12\n');
});

test('sessions set nothing of a catalog that is left out, and wait for as many workers as there are', () => {
  const config = { connector: 'sqlserver', properties: { 'connection-url': 'jdbc:sqlserver://erp:1433' } };
  const sessionDefaults = [
    { sessionProperties: { query_max_execution_time: '5m', 'erp.write_batch_size': '10' } },
    { source: 'bi', sessionProperties: { required_workers_count: '3' } },
    { source: 'etl', sessionProperties: { 'erp.write_batch_size': '100' } },
  ];
  const own = definition({ catalogs: [{ name: 'erp', config }], sessionDefaults });
  expect(localDefinition(own, overlay()).definition.sessionDefaults).toEqual([
    { sessionProperties: { query_max_execution_time: '5m' } },
    { source: 'bi', sessionProperties: { required_workers_count: '1' } },
    { source: 'etl', sessionProperties: {} },
  ]);
});

test("a role on S3 gives way to the local keys, and so does the release's word for it", () => {
  const properties = { 'hive.metastore.uri': 'thrift://m:9083', 's3.auth-type': 'IAM_ROLE', 's3.iam-role': 'arn:x' };
  const own = definition({ catalogs: [{ name: 'lake', config: { connector: 'hive', properties } }] });
  const lake = catalogOf(localDefinition(own, overlay({ release: TrinoRelease.of('483') })).definition, 'lake');
  expect(Object.keys(lake).filter((name) => /role|auth-type/.test(name))).toEqual([]);
});

test('a catalog without a server on this machine is left out, and said', () => {
  const own = definition({ catalogs: [{ name: 'sales', config: { connector: 'sqlserver', properties: {} } }] });
  const { definition: local, changes } = localDefinition(own, overlay());
  expect(local.catalogs).toEqual([]);
  expect(changes).toContainEqual({
    path: 'catalogs.sales',
    here: 'left out: no server for sqlserver is on this machine',
  });
});

test('passwords are in a file, whatever the environment asks', () => {
  const authentication = {
    authenticators: [Authenticator.ldap({ url: 'ldaps://ldap.acme', userBindPatterns: ['uid=${USER},dc=acme'] })],
  };
  const { definition: local, secrets } = localDefinition(definition({ authentication }), overlay());
  expect(local.authentication?.authenticators.map(({ name }) => name)).toEqual(['file']);
  expect(secrets.map(({ value }) => value)).toContainEqual(
    expect.stringMatching(/^alice:10000:[0-9a-f]{32}:[0-9a-f]{64}\n$/),
  );
});

test('a coordinator that ends TLS itself shows the local certificate', () => {
  const { secrets } = localDefinition(definition({ clientTls: ClientTls.coordinator(SecretRef.of('pem')) }), overlay());
  expect(secrets).toContainEqual({ ref: SecretRef.of('local/server.pem'), value: ENDPOINTS.serverPem });
});

test('rules stay, and a decider over the network does not', () => {
  const rules = AccessControl.rules({ catalogs: [{ allow: 'all' }] });
  expect(localDefinition(definition({ accessControl: rules }), overlay()).definition.accessControl).toBe(rules);
  const opa = AccessControl.opa({ policyUri: 'http://opa:8181/v1/data/trino/allow' });
  expect(localDefinition(definition({ accessControl: opa }), overlay()).definition).not.toHaveProperty('accessControl');
});

test('nobody scales here, and what was sized for large nodes is sized anew', () => {
  const own = definition({
    prometheusUrl: 'http://prometheus:9090',
    limits: { requiredWorkers: 3 },
    faultTolerance: { retryPolicy: 'TASK', exchange: EXCHANGE },
  });
  const { definition: local } = localDefinition(own, overlay({ workers: 2 }));
  expect(local).not.toHaveProperty('prometheusUrl');
  expect(local.workers).toMatchObject({ min: 2, max: 2 });
  expect(local.limits?.requiredWorkers).toBe(2);
  expect(planTrino(local).chart.values.server.workers).toBe(2);
});

test('only servers that something needs are started', () => {
  const tpch = { name: 'tpch', config: { connector: 'tpch', properties: {} } };
  expect(neededServers(definition({ catalogs: [tpch] }))).toEqual(new Set());
  const database = { host: 'db', database: 'audit', username: 'audit', password: SecretRef.of('audit') };
  expect(neededServers(definition({ catalogs: [tpch], audit: { database } }))).toEqual(new Set(['mysql']));
});
