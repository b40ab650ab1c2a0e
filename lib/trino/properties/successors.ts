import type { TrinoRelease } from '../release';
import { type Component, componentOf } from './catalogue';

/**
 * Legacy S3 properties of catalogs, and the native ones.
 * @see https://trino.io/docs/current/object-storage/file-system-s3.html#migration-from-legacy-s3-file-system
 */
const LEGACY_S3: Readonly<Record<string, string>> = {
  'aws-access-key': 's3.aws-access-key',
  'aws-secret-key': 's3.aws-secret-key',
  'connect-timeout': 's3.socket-connect-timeout',
  'connect-ttl': 's3.connection-ttl',
  endpoint: 's3.endpoint',
  'external-id': 's3.external-id',
  'iam-role': 's3.iam-role',
  'max-connections': 's3.max-connections',
  'max-error-retries': 's3.max-error-retries',
  'path-style-access': 's3.path-style-access',
  'proxy.host': 's3.http-proxy',
  'proxy.non-proxy-hosts': 's3.http-proxy.non-proxy-hosts',
  'proxy.password': 's3.http-proxy.password',
  'proxy.port': 's3.http-proxy',
  'proxy.preemptive-basic-auth': 's3.http-proxy.preemptive-basic-auth',
  'proxy.protocol': 's3.http-proxy.secure',
  'proxy.username': 's3.http-proxy.username',
  region: 's3.region',
  'signer-type': 's3.signer-type',
  'socket-timeout': 's3.socket-timeout',
  'sse.kms-key-id': 's3.sse.kms-key-id',
  'sse.type': 's3.sse.type',
  'streaming.part-size': 's3.streaming.part-size',
  'sts.endpoint': 's3.sts.endpoint',
  'sts.region': 's3.sts.region',
  'upload-acl-type': 's3.canned-acl',
};

/**
 * Replacements that no data tells, because the new property is no new name of the old one.
 * @see https://trino.io/docs/current/release.html
 */
const SUCCESSORS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(LEGACY_S3).map(([name, native]) => [`hive.s3.${name}`, native])),
  'exchange.encryption-enabled': 'external-exchange-encryption-enabled',
  'hive.parquet.writer.block-size': 'parquet.writer.block-size',
  'hive.parquet.writer.page-size': 'parquet.writer.page-size',
  'iceberg.rest-catalog.sigv4-enabled': 'iceberg.rest-catalog.security=SIGV4',
  'join-pushdown.with-expressions': 'deprecated.join-pushdown.with-expressions',
  'parquet.optimized-writer.validation-percentage': 'parquet.writer.validation-percentage',
  'query.max-total-memory-per-node': 'query.max-memory-per-node and memory.heap-headroom-per-node',
  's3.use-web-identity-token-credentials-provider': 's3.auth-type=WEB_IDENTITY',
};

/**
 * What to write instead of a name that is gone: as the release notes or the data of the releases say.
 * @param last the newest release that accepted it
 */
export function successorOf(
  component: Component,
  release: TrinoRelease,
  last: TrinoRelease | undefined,
  name: string,
): string | undefined {
  const told = SUCCESSORS[name];
  if (told?.startsWith('s3.') === true && name.startsWith('hive.s3.')) return `${told} with ${release.s3Switch}=true`;
  const former = last === undefined ? undefined : componentOf(last, component.name)?.aliases.get(name);
  return told ?? (former !== undefined && component.properties.has(former) ? former : undefined);
}
