import { SecretRef } from '../../../lib/core';
import { type CatalogConfig, renderCatalog } from '../../../lib/trino/catalog-config';
import {
  deltaLakeCatalog,
  hiveCatalog,
  icebergCatalog,
  kafkaCatalog,
  KafkaSecurity,
  type LakeConfig,
  metastoreCautions,
  mysqlCatalog,
  postgresqlCatalog,
  simpleCatalog,
} from '../../../lib/trino/connectors';
import { TrinoRelease } from '../../../lib/trino/release';

const PASSWORD = SecretRef.of('acme/db', 'password');
const CREDENTIALS = { username: 'trino', password: PASSWORD };
const lake = (version: string): LakeConfig => ({
  release: TrinoRelease.of(version),
  metastore: { kind: 'hive', uri: 'thrift://hive-metastore:9083' },
  s3: { region: 'eu-west-1', maxConnections: 200, kmsKeyId: 'alias/lake' },
});
const glue = (version: string): LakeConfig => ({
  ...lake(version),
  metastore: { kind: 'glue', region: 'eu-west-1', warehouse: 's3://acme/warehouse' },
});
const message = (act: () => unknown): string => {
  try {
    act();
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? error.message : 'no error';
  }
};

describe('every connector, in every release', () => {
  const catalogs = (version: string): Readonly<Record<string, CatalogConfig>> => ({
    hive: hiveCatalog(lake(version)),
    hive_glue: hiveCatalog(glue(version)),
    iceberg: icebergCatalog(lake(version)),
    iceberg_glue: icebergCatalog(glue(version)),
    delta: deltaLakeCatalog(lake(version)),
    delta_glue: deltaLakeCatalog(glue(version)),
    mysql: mysqlCatalog({ host: 'db', port: 3306, credentials: CREDENTIALS }),
    postgresql: postgresqlCatalog({ host: 'db', port: 5432, database: 'shop', credentials: CREDENTIALS }),
    kafka_scram: kafka(KafkaSecurity.scram(CREDENTIALS)),
    kafka_iam: kafka(KafkaSecurity.iam()),
    kafka_tls: kafka(KafkaSecurity.tls()),
    kafka_mtls: kafka(KafkaSecurity.mutualTls(SecretRef.of('acme/kafka'))),
    kafka_plain: kafka(KafkaSecurity.plaintext()),
    tpch: simpleCatalog('tpch'),
    tpcds: simpleCatalog('tpcds'),
    memory: simpleCatalog('memory'),
    jmx: simpleCatalog('jmx'),
    blackhole: simpleCatalog('blackhole'),
  });
  const kafka = (security: KafkaSecurity) =>
    kafkaCatalog({ name: 'events', bootstrapServers: 'b-1:9096,b-2:9096', security, topics: [{ topic: 'orders' }] });

  test.each(TrinoRelease.KNOWN)('is accepted by %s without a warning that is not about missing data', (version) => {
    const release = TrinoRelease.of(version);
    const warnings = Object.entries(catalogs(version)).flatMap(
      ([name, config]) => renderCatalog(name, config, release).warnings,
    );
    expect(warnings.filter(({ kind }) => kind !== 'unjudged')).toEqual([]);
  });

  test('no file holds a secret', () => {
    const texts = Object.entries(catalogs('480')).map(
      ([name, config]) => renderCatalog(name, config, TrinoRelease.DEFAULT).text,
    );
    expect(texts.filter((text) => text.includes('acme/db'))).toEqual([]);
  });
});

describe('lake catalogs', () => {
  test('the switch of native S3 follows the release', () => {
    expect(hiveCatalog(lake('480')).properties).toHaveProperty(['fs.native-s3.enabled'], 'true');
    expect(hiveCatalog(lake('481')).properties).toHaveProperty(['fs.s3.enabled'], 'true');
  });

  test('no credential and nothing of the file system that was removed is written', () => {
    const names = [hiveCatalog, icebergCatalog, deltaLakeCatalog].flatMap((make) =>
      Object.keys(make(lake('480')).properties),
    );
    expect(names.filter((name) => /^hive\.s3\.|access-key|secret-key|iam-role/.test(name))).toEqual([]);
  });

  test('another S3 than AWS is asked with paths', () => {
    const { properties } = icebergCatalog({ ...lake('480'), s3: { region: 'x', endpoint: 'http://s3:9000' } });
    expect(properties).toMatchObject({ 's3.endpoint': 'http://s3:9000', 's3.path-style-access': 'true' });
  });

  test('fails when the metastore has no port or the warehouse another scheme', () => {
    expect(
      message(() => hiveCatalog({ ...lake('480'), metastore: { kind: 'hive', uri: 'hive-metastore' } })),
    ).toContain("got 'hive-metastore'; allowed: thrift://host:port");
    const warehouse = { kind: 'glue', region: 'x', warehouse: 's3a://acme/w' } as const;
    expect(message(() => icebergCatalog({ ...lake('480'), metastore: warehouse }))).toContain("write 's3://acme/w'");
  });

  test('an old metastore is warned of where the release cannot create its tables', () => {
    const old = (version: string) => ({
      ...lake(version),
      metastore: { kind: 'hive', uri: 'thrift://h:9083', version: '3.1.3' } as const,
    });
    expect(metastoreCautions(old('480'))).toHaveLength(1);
    expect(metastoreCautions(old('481'))).toEqual([]);
    expect(metastoreCautions(lake('480'))).toEqual([]);
  });
});

describe('JDBC catalogs', () => {
  test('the URL of MySQL names no database and is encrypted; the one of PostgreSQL names its own', () => {
    expect(mysqlCatalog({ host: 'db', port: 3306, credentials: CREDENTIALS }).properties).toEqual({
      'connection-url': 'jdbc:mysql://db:3306?sslMode=REQUIRED',
      'connection-user': 'trino',
      'connection-password': PASSWORD,
    });
    const { properties } = postgresqlCatalog({ host: 'db', port: 5432, database: 'shop', credentials: CREDENTIALS });
    expect(properties['connection-url']).toBe('jdbc:postgresql://db:5432/shop?sslmode=require');
  });

  test('parameters are encoded, so that one cannot begin another', () => {
    const { properties } = mysqlCatalog({
      host: 'db',
      port: 3306,
      credentials: CREDENTIALS,
      urlParameters: { connectionAttributes: 'a:b&user=root' },
    });
    expect(properties['connection-url']).toBe(
      'jdbc:mysql://db:3306?sslMode=REQUIRED&connectionAttributes=a%3Ab%26user%3Droot',
    );
  });

  test.each([
    ['a URL instead of a host', { host: 'jdbc:mysql://db:3306/shop' }, 'a host name or an address alone'],
    ['a password in the URL', { urlParameters: { password: 'x' } }, 'give it in credentials'],
    ['no such mode', { sslMode: 'required' as 'REQUIRED' }, 'use one of them'],
    ['the mode in two places', { urlParameters: { sslMode: 'DISABLED' } }, "use the prop 'sslMode'"],
  ])('fails when there is %s', (_what, props, fix) => {
    expect(message(() => mysqlCatalog({ host: 'db', port: 3306, credentials: CREDENTIALS, ...props }))).toContain(fix);
  });
});

describe('catalogs from plain properties', () => {
  test('any connector is written; one without data says so', () => {
    const { text, warnings } = renderCatalog(
      'search',
      {
        connector: 'opensearch',
        properties: { 'opensearch.host': 'search', 'opensearch.auth.password': PASSWORD },
      },
      TrinoRelease.DEFAULT,
    );
    expect(text).toBe(
      'connector.name=opensearch\nopensearch.host=search\nopensearch.auth.password=${ENV:CATALOG_SEARCH_OPENSEARCH_AUTH_PASSWORD}\n',
    );
    expect(warnings.map(({ kind }) => kind)).toEqual(['unjudged']);
  });

  test.each([
    [
      'a database in the URL of MySQL',
      'mysql',
      { 'connection-url': 'jdbc:mysql://db:3306/shop' },
      'write jdbc:mysql://host:3306',
    ],
    [
      'credentials in a URL',
      'postgresql',
      { 'connection-url': 'jdbc:postgresql://db/shop?user=a&password=b' },
      'as a SecretRef',
    ],
    ['SASL as a protocol', 'kafka', { 'kafka.security-protocol': 'SASL_SSL' }, 'which KafkaCatalog writes'],
    [
      'a metastore of the tests of Trino',
      'iceberg',
      { 'iceberg.catalog.type': 'TESTING_FILE_METASTORE' },
      "'hive_metastore' or 'glue'",
    ],
    ['an unknown property', 'tpch', { 'tpch.colum-naming': 'SIMPLIFIED' }, 'tpch.column-naming'],
  ])('fails when there is %s, and says so once', (_what, connector, properties, fix) => {
    const refusal = message(() => renderCatalog('c', { connector, properties }, TrinoRelease.DEFAULT));
    expect(refusal).toContain(fix);
    const [property = ''] = Object.keys(properties);
    expect(refusal.split(`- ${property}: `)).toHaveLength(2);
  });

  test.each(['Shop', 'shop-db', '1st', '_x', ''])('fails when the catalog is called %p', (name) => {
    expect(message(() => renderCatalog(name, simpleCatalog('tpch'), TrinoRelease.DEFAULT))).toContain(
      'a small letter, then small letters, digits and _',
    );
  });
});
