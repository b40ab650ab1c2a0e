import { isToken, refuse, show, type Violation } from '../../core';
import type { CatalogConfig } from '../catalog-config';
import type { Caution } from '../policy';
import type { TrinoRelease } from '../release';
import type { SecretProperties } from '../secret-text';

/** Where the definitions of tables live. */
export type MetastoreConfig =
  | {
      readonly kind: 'hive';
      /** `thrift://host:9083`; of several, joined by commas, the first one is asked first. */
      readonly uri: string;
      /** Its own version, `4.0.1`. @default - not judged */
      readonly version?: string;
    }
  | { readonly kind: 'glue'; readonly region: string; readonly warehouse?: string };

/** How a catalog reaches S3. Credentials are those of the pod: no key ever stands in a file. */
export interface S3Config {
  readonly region: string;
  /** Another service than AWS's. @default - AWS's own */
  readonly endpoint?: string;
  /** @default - false, and true where there is an endpoint */
  readonly pathStyleAccess?: boolean;
  /** A KMS key that encrypts what is written. @default - the bucket's own encryption */
  readonly kmsKeyId?: string;
  /** Connections to S3 of each node. @default - Trino's 500 */
  readonly maxConnections?: number;
}

/** What catalogs of files have in common, whatever the table format: where metadata and files are. */
export interface LakeConfig {
  readonly release: TrinoRelease;
  readonly metastore: MetastoreConfig;
  readonly s3: S3Config;
}

/** A lake, and whether external tables may be written. */
export interface HiveConfig extends LakeConfig {
  /** Whether `INSERT` into external tables is allowed. @default true */
  readonly writeExternalTables?: boolean;
}

/** Tables of files in directories. @see https://trino.io/docs/current/connector/hive.html */
export function hiveCatalog({ writeExternalTables = true, ...lake }: HiveConfig): CatalogConfig {
  return lakeCatalog('hive', lake, {
    ...hiveMetastore(lake.metastore),
    ...s3Properties(lake),
    'hive.storage-format': 'PARQUET',
    'hive.compression-codec': 'ZSTD',
    'hive.non-managed-table-writes-enabled': String(writeExternalTables),
  });
}

/** @see https://trino.io/docs/current/connector/iceberg.html */
export function icebergCatalog(lake: LakeConfig): CatalogConfig {
  const { metastore } = lake;
  const catalogType = { 'iceberg.catalog.type': metastore.kind === 'hive' ? 'hive_metastore' : 'glue' };
  const definitions = metastore.kind === 'hive' ? { 'hive.metastore.uri': metastore.uri } : glue(metastore);
  return lakeCatalog('iceberg', lake, { ...catalogType, ...definitions, ...s3Properties(lake) });
}

/** @see https://trino.io/docs/current/connector/delta-lake.html */
export function deltaLakeCatalog(lake: LakeConfig): CatalogConfig {
  return lakeCatalog('delta_lake', lake, { ...hiveMetastore(lake.metastore), ...s3Properties(lake) });
}

function lakeCatalog(connector: string, { metastore }: LakeConfig, properties: SecretProperties): CatalogConfig {
  refuse(`${connector} catalog`, metastoreViolations(metastore));
  return { connector, properties };
}

function hiveMetastore(metastore: MetastoreConfig): SecretProperties {
  return metastore.kind === 'hive'
    ? { 'hive.metastore': 'thrift', 'hive.metastore.uri': metastore.uri }
    : { 'hive.metastore': 'glue', ...glue(metastore) };
}

function glue({ region, warehouse }: Extract<MetastoreConfig, { kind: 'glue' }>): SecretProperties {
  return {
    'hive.metastore.glue.region': region,
    ...(warehouse === undefined ? {} : { 'hive.metastore.glue.default-warehouse-dir': warehouse }),
  };
}

/** Native S3 only: `hive.s3.*` is of a file system that 458 turned off and 481 removed. */
function s3Properties({ release, s3 }: LakeConfig): SecretProperties {
  const pathStyle = s3.pathStyleAccess ?? (s3.endpoint === undefined ? undefined : true);
  return {
    [release.s3Switch]: 'true',
    's3.region': s3.region,
    ...(s3.endpoint === undefined ? {} : { 's3.endpoint': s3.endpoint }),
    ...(pathStyle === undefined ? {} : { 's3.path-style-access': String(pathStyle) }),
    ...(s3.kmsKeyId === undefined ? {} : { 's3.sse.type': 'KMS', 's3.sse.kms-key-id': s3.kmsKeyId }),
    ...(s3.maxConnections === undefined ? {} : { 's3.max-connections': String(s3.maxConnections) }),
  };
}

/** `thrift://host:9083`, several joined by commas; a warehouse as `s3://`, the one scheme that every part agrees on. */
function metastoreViolations(metastore: MetastoreConfig): readonly Violation[] {
  if (metastore.kind === 'glue') return warehouseViolations(metastore.warehouse);
  const uris = isToken(metastore.uri) ? [] : metastore.uri.split(',');
  return uris
    .filter((uri) => !/^thrift:\/\/[^/:]+:\d+$/.test(uri))
    .map((uri) => ({
      path: 'metastore.uri',
      got: show(uri),
      allowed: 'thrift://host:port, several joined by commas',
      fix: 'write the scheme, the host and the port, for example thrift://hive-metastore:9083',
    }));
}

/** Combinations of metastore and release that fail later, in a statement. */
export function metastoreCautions({ release, metastore }: LakeConfig): readonly Caution[] {
  if (metastore.kind === 'glue' || !(metastore.version ?? '').startsWith('3.') || release.isAtLeast('481')) return [];
  const text =
    `Hive Metastore ${metastore.version ?? ''} refuses some tables that ${release.toString()} creates (numBuckets=0); ` +
    'use Hive Metastore 4.0.1, or Trino 481 or newer';
  return [{ path: 'metastore.version', text }];
}

function warehouseViolations(warehouse: string | undefined): readonly Violation[] {
  if (warehouse === undefined || isToken(warehouse) || warehouse.startsWith('s3://')) return [];
  const fix = `write ${show(warehouse.replace(/^[a-z0-9]+:\/\//, 's3://'))}`;
  return [{ path: 'metastore.warehouse', got: show(warehouse), allowed: 's3://bucket/prefix', fix }];
}
