import { exceeds, givenIn, is, isOn, isSet, type PropertyRule } from './rule';

/** Of object storage, its cache and HDFS, whoever reads from it. */
export const FILE_SYSTEM_RULES: readonly PropertyRule[] = [
  {
    properties: ['s3.sse.type', 's3.sse.customer-key'],
    isViolated: ([type, key]) => is(type, 'CUSTOMER') && !isSet(key),
    allowed: "'CUSTOMER' with a key",
    fix: 'set s3.sse.customer-key',
  },
  {
    properties: ['s3.iam-role', 's3.auth-type'],
    since: '483',
    written: true,
    anyValue: true,
    isViolated: ([, type]) => !is(type, 'IAM_ROLE'),
    allowed: 'a role together with s3.auth-type=IAM_ROLE',
    fix: 'set s3.auth-type=IAM_ROLE',
  },
  {
    properties: ['s3.auth-type', 's3.iam-role'],
    since: '483',
    isViolated: ([type, role]) => is(type, 'IAM_ROLE') && !isSet(role),
    allowed: "'IAM_ROLE' with a role",
    fix: 'set s3.iam-role',
  },
  ...['aws-access-key', 'aws-secret-key', 'external-id', 'sts.endpoint', 'sts.region'].map<PropertyRule>((name) => ({
    properties: [`s3.${name}`, 's3.auth-type'],
    since: '483',
    written: true,
    anyValue: true,
    isViolated: ([, type]) => is(type, 'ANONYMOUS') || is(type, 'WEB_IDENTITY'),
    allowed: 'nothing with s3.auth-type ANONYMOUS or WEB_IDENTITY',
    fix: `remove s3.${name}, or choose another s3.auth-type`,
  })),
  {
    properties: ['s3.security-mapping.enabled', 's3.security-mapping.config-file', 's3.security-mapping.config-uri'],
    isViolated: ([enabled, file, uri]) => isOn(enabled) && !isSet(file) && !isSet(uri),
    allowed: "'true' with a source of the mapping",
    fix: 'set s3.security-mapping.config-file or s3.security-mapping.config-uri',
  },
  // AlluxioConfigurationFactory, when a node opens the catalog. @see https://trino.io/docs/current/object-storage/file-system-cache.html
  {
    properties: [
      'fs.cache.enabled',
      'fs.cache.directories',
      'fs.cache.max-sizes',
      'fs.cache.max-disk-usage-percentages',
    ],
    isViolated: ([enabled, directories, ...limits]) => {
      const given = limits.map(givenIn).filter(({ length }) => length > 0);
      return isOn(enabled) && (given.length !== 1 || given[0]?.length !== givenIn(directories).length);
    },
    allowed: "'true' with directories and one limit for each: a size or a percentage of the disk, not both",
    fix: 'set fs.cache.directories, and fs.cache.max-sizes or fs.cache.max-disk-usage-percentages with as many items',
  },
  {
    properties: ['gcs.auth-type', 'gcs.json-key', 'gcs.json-key-file-path'],
    since: '483',
    isViolated: ([type, key, file]) => is(type, 'SERVICE_ACCOUNT') && isSet(key) === isSet(file),
    allowed: "'SERVICE_ACCOUNT' with one of gcs.json-key and gcs.json-key-file-path",
    fix: 'set one of the two, or gcs.auth-type=APPLICATION_DEFAULT',
  },
  {
    properties: ['gcs.client.min-backoff-delay', 'gcs.client.max-backoff-delay'],
    isViolated: exceeds('duration'),
    allowed: 'at most gcs.client.max-backoff-delay',
    fix: 'lower it, or raise gcs.client.max-backoff-delay',
  },
  {
    properties: ['azure.user-assigned-managed-identity.client-id', 'azure.user-assigned-managed-identity.resource-id'],
    isViolated: ([client, resource]) => isSet(client) && isSet(resource),
    allowed: 'a client id or a resource id',
    fix: 'remove one of them',
  },
  {
    properties: [
      'hive.hdfs.authentication.type',
      'hive.hdfs.trino.keytab',
      'hive.hdfs.trino.credential-cache.location',
    ],
    isViolated: ([type, keytab, cache]) => is(type, 'KERBEROS') && isSet(keytab) === isSet(cache),
    allowed: "'KERBEROS' with a key tab or a credential cache",
    fix: 'set exactly one of hive.hdfs.trino.keytab and hive.hdfs.trino.credential-cache.location',
  },
  {
    properties: ['fs.location', 'fs.s3.enabled', 'fs.azure.enabled', 'fs.gcs.enabled'],
    isViolated: ([, ...switches]) => !switches.some(isOn),
    allowed: 'a location in a file system that is enabled',
    fix: 'set fs.s3.enabled=true',
  },
];
