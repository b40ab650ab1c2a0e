import { isSecretRef, SecretRef } from '../../lib/core';
import {
  type CatalogConfig,
  KafkaSecurity,
  type NamedCatalog,
  type SecretProperties,
  TrinoRelease,
} from '../../lib/trino';
import type { LocalEndpoints, ServerKind } from './endpoints';
import type { KnownSecret } from './secret-values';

/** A catalog that reaches servers of this machine. */
export interface LocalCatalog {
  readonly config: CatalogConfig;
  /** Secrets that have a value here. */
  readonly secrets: readonly KnownSecret[];
  /** What is different from the environment's, as a person reads it. */
  readonly change: string;
}

/** How catalogs of a connector get to their server here. */
interface Substitute {
  readonly needs: readonly ServerKind[];
  readonly replace: (catalog: NamedCatalog, endpoints: LocalEndpoints, release: TrinoRelease) => LocalCatalog;
}

const LAKE: Substitute = { needs: ['metastore', 's3', 'mysql'], replace: lake };
const NOTHING: Substitute = {
  needs: [],
  replace: ({ config }) => ({ config, secrets: [], change: 'as it is' }),
};

/** By connector; a catalog of any other is left out. */
const SUBSTITUTES: Readonly<Record<string, Substitute>> = {
  hive: LAKE,
  iceberg: LAKE,
  delta_lake: LAKE,
  hudi: LAKE,
  mysql: { needs: ['mysql'], replace: mysql },
  kafka: { needs: ['kafka'], replace: kafka },
  tpch: NOTHING,
  tpcds: NOTHING,
  memory: NOTHING,
  jmx: NOTHING,
  blackhole: NOTHING,
  faker: NOTHING,
};

/** The servers that a catalog needs; undefined when none here can serve it. */
export function serversFor({ config }: NamedCatalog): readonly ServerKind[] | undefined {
  return SUBSTITUTES[config.connector]?.needs;
}

/** The catalog as it is here; undefined when no server of this machine can stand for its own. */
export function localCatalog(
  catalog: NamedCatalog,
  endpoints: LocalEndpoints,
  release: TrinoRelease,
): LocalCatalog | undefined {
  return SUBSTITUTES[catalog.config.connector]?.replace(catalog, endpoints, release);
}

const S3_USER: Readonly<Record<'accessKey' | 'secretKey', SecretRef>> = {
  accessKey: SecretRef.of('local/s3', 'accessKey'),
  secretKey: SecretRef.of('local/s3', 'secretKey'),
};

/** Definitions of tables come from the local metastore, wherever they were; files, from the local S3. */
function lake({ config }: NamedCatalog, { metastore, s3 }: LocalEndpoints, release: TrinoRelease): LocalCatalog {
  const { connector, properties } = config;
  const wasGlue = Object.keys(properties).some((name) => name.startsWith('hive.metastore.glue.'));
  const kept = without(properties, [/^hive\.metastore\.glue\./, /^s3\.sse\./, /^s3\.(iam-role|auth-type)/, SWITCHES]);
  return {
    config: {
      ...config,
      properties: {
        ...kept,
        ...(connector === 'iceberg' ? { 'iceberg.catalog.type': 'hive_metastore' } : { 'hive.metastore': 'thrift' }),
        'hive.metastore.uri': metastore.uri,
        'hive.metastore.thrift.client.read-timeout': PATIENCE,
        [release.s3Switch]: 'true',
        's3.endpoint': s3.endpoint,
        's3.path-style-access': 'true',
        's3.aws-access-key': S3_USER.accessKey,
        's3.aws-secret-key': S3_USER.secretKey,
      },
    },
    secrets: [
      { ref: S3_USER.accessKey, value: s3.accessKey },
      { ref: S3_USER.secretKey, value: s3.secretKey },
    ],
    change: `${wasGlue ? 'Hive Metastore instead of Glue' : 'Hive Metastore'} at ${metastore.uri} with ${PATIENCE} to answer, S3 at ${s3.endpoint}`,
  };
}

/** On few cores, what is asked again after the usual ten seconds may be done by then, and fails as a duplicate. */
const PATIENCE = '2m';

/** The switch of S3 has different names in different releases. */
const SWITCHES = new RegExp(`^(${TrinoRelease.KNOWN.map((version) => TrinoRelease.of(version).s3Switch).join('|')})$`);

/** Only the address: how it is encrypted and who asks is the environment's. */
function mysql({ config }: NamedCatalog, { mysql: server, trustStore }: LocalEndpoints): LocalCatalog {
  const address = `${server.host}:${server.port}`;
  const url = config.properties['connection-url'];
  const local = isSecretRef(url) || url === undefined ? `jdbc:mysql://${address}` : mysqlUrl(url, address, trustStore);
  return {
    config: { ...config, properties: { ...config.properties, 'connection-url': local } },
    secrets: [],
    change: `MariaDB at ${address}`,
  };
}

/** `jdbc:mysql://host:port/database?a=b` with another host and port; a truststore of the image becomes the local one. */
export function mysqlUrl(url: string, address: string, trustStore: LocalEndpoints['trustStore']): string {
  return url
    .replace(/^(jdbc:mysql:\/\/)[^/?]*/, `$1${address}`)
    .replace(/(trustCertificateKeyStoreUrl=)[^&]*/, `$1${encodeURIComponent(`file:${trustStore.path}`)}`)
    .replace(/(trustCertificateKeyStorePassword=)[^&]*/, `$1${encodeURIComponent(trustStore.password)}`);
}

const KAFKA_PASSWORD = SecretRef.of('local/kafka', 'password');

/** SCRAM over TLS, as MSK has it, whatever the environment uses. */
function kafka({ name, config }: NamedCatalog, { kafka: server, trustStore }: LocalEndpoints): LocalCatalog {
  const security = KafkaSecurity.scram({ username: server.user, password: KAFKA_PASSWORD });
  const trust = [
    `ssl.truststore.location=${trustStore.path}\n`,
    'ssl.truststore.type=PKCS12\n',
    `ssl.truststore.password=${trustStore.password}\n`,
  ];
  const files = security.secretFiles(name).map((file) => ({ ...file, content: [...file.content, ...trust] }));
  const kept = without(config.properties, [/^kafka\.security-protocol$/, /^kafka\.ssl\./]);
  return {
    config: {
      ...config,
      properties: { ...kept, ...security.properties(name), 'kafka.nodes': server.bootstrapServers },
      secretFiles: files,
    },
    secrets: [{ ref: KAFKA_PASSWORD, value: server.password }],
    change: `Kafka at ${server.bootstrapServers}, SCRAM as user ${server.user}`,
  };
}

function without(properties: SecretProperties, patterns: readonly RegExp[]): SecretProperties {
  const kept = Object.entries(properties).filter(([name]) => !patterns.some((pattern) => pattern.test(name)));
  return Object.fromEntries(kept);
}
