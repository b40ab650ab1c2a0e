import type { TrinoRelease } from '../release';
import { type Component, componentOf } from './catalogue';
import { problemOf } from './values';

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
  'sse.kms-key-id': 's3.sse.kms-key-id',
  'sse.type': 's3.sse.type',
  'streaming.part-size': 's3.streaming.part-size',
  'sts.endpoint': 's3.sts.endpoint',
  'sts.region': 's3.sts.region',
  'upload-acl-type': 's3.canned-acl',
};

/**
 * Replacements that no data tells, because the new property is no new name of the old one: settings of the same file or
 * of `config.properties`. Of these, a release is told those that it accepts.
 * @see https://trino.io/docs/current/release.html
 */
export const SUCCESSORS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(Object.entries(LEGACY_S3).map(([name, native]) => [`hive.s3.${name}`, [native]])),
  'exchange.encryption-enabled': [
    'fault-tolerant-execution-exchange-encryption-enabled',
    'external-exchange-encryption-enabled',
  ],
  'hive.parquet.writer.block-size': ['parquet.writer.block-size', 'parquet.writer.row-group-size'],
  'hive.parquet.writer.page-size': ['parquet.writer.page-size'],
  'hive.s3.iam-role': ['s3.iam-role', 's3.auth-type=IAM_ROLE'],
  'hive.s3.socket-timeout': ['s3.socket-read-timeout', 's3.socket-timeout'],
  'iceberg.rest-catalog.sigv4-enabled': ['iceberg.rest-catalog.security=SIGV4'],
  'join-pushdown.with-expressions': ['deprecated.join-pushdown.with-expressions'],
  'parquet.optimized-writer.validation-percentage': ['parquet.writer.validation-percentage'],
  'query.max-total-memory-per-node': ['query.max-memory-per-node', 'memory.heap-headroom-per-node'],
  's3.use-web-identity-token-credentials-provider': ['s3.auth-type=WEB_IDENTITY'],
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
  const here = acceptedOf(component, name);
  if (here !== undefined) return name.startsWith('hive.s3.') ? `${here} with ${release.s3Switch}=true` : here;
  const there = acceptedOf(componentOf(release, 'server'), name);
  return there === undefined ? newName(component, last, name) : `${there} in config.properties`;
}

function acceptedOf(component: Component | undefined, name: string): string | undefined {
  const settings = (SUCCESSORS[name] ?? []).filter((setting) => component !== undefined && accepts(component, setting));
  return settings.length === 0 ? undefined : settings.join(' and ');
}

/** A setting is a name, or a name with a value. */
function accepts(component: Component, setting: string): boolean {
  const [name = '', value] = setting.split('=');
  const facts = component.properties.get(name);
  return facts !== undefined && (value === undefined || problemOf(facts, value) === undefined);
}

/** The name that the older release had already for it. */
function newName(component: Component, last: TrinoRelease | undefined, name: string): string | undefined {
  const former = last === undefined ? undefined : componentOf(last, component.name)?.aliases.get(name);
  return former !== undefined && component.properties.has(former) ? former : undefined;
}
