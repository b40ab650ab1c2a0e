import { is, isOn, isSet, type PropertyRule } from './rule';

/** Of Hive, Iceberg, Kafka and Faker. */
export const CONNECTOR_RULES: readonly PropertyRule[] = [
  {
    properties: [
      'hive.metastore.authentication.type',
      'hive.metastore.client.keytab',
      'hive.metastore.client.credential-cache.location',
    ],
    isViolated: ([type, keytab, cache]) => is(type, 'KERBEROS') && isSet(keytab) === isSet(cache),
    allowed: "'KERBEROS' with a key tab or a credential cache",
    fix: 'set exactly one of hive.metastore.client.keytab and hive.metastore.client.credential-cache.location',
  },
  {
    properties: ['hive.metastore.thrift.client.ssl.enabled', 'hive.metastore.thrift.client.ssl.trust-certificate'],
    isViolated: ([enabled, certificate]) => isOn(enabled) && !isSet(certificate),
    allowed: "'true' with a trust store",
    fix: 'set hive.metastore.thrift.client.ssl.trust-certificate',
  },
  {
    properties: ['hive.insert-existing-partitions-behavior', 'hive.immutable-partitions'],
    isViolated: ([behavior, immutable]) => is(behavior, 'APPEND') && isOn(immutable),
    allowed: "'ERROR' or 'OVERWRITE' with immutable partitions",
    fix: 'choose one of these, or set hive.immutable-partitions=false',
  },
  {
    properties: ['iceberg.materialized-views.storage-schema', 'iceberg.materialized-views.hide-storage-table'],
    isViolated: ([schema, hidden]) => isSet(schema) && isOn(hidden),
    allowed: 'a schema for storage tables that are not hidden',
    fix: 'set iceberg.materialized-views.hide-storage-table=false, or remove it',
  },
  {
    properties: ['iceberg.nessie-catalog.authentication.token', 'iceberg.nessie-catalog.authentication.type'],
    isViolated: ([token, type]) => isSet(token) !== isSet(type),
    allowed: 'a token together with iceberg.nessie-catalog.authentication.type=BEARER',
    fix: 'set both',
  },
  {
    properties: ['kafka.security-protocol'],
    isViolated: ([protocol]) => is(protocol, 'SASL_PLAINTEXT') || is(protocol, 'SASL_SSL'),
    allowed: "'PLAINTEXT' or 'SSL'",
    fix: 'leave it out: security.protocol and sasl.* belong into a file that kafka.config.resources names, which KafkaCatalog writes',
  },
  {
    properties: ['kafka.ssl.keystore.location', 'kafka.ssl.keystore.password'],
    isViolated: ([location, password]) => isSet(location) && !isSet(password),
    allowed: 'a key store with its password',
    fix: 'set kafka.ssl.keystore.password',
  },
  {
    properties: ['kafka.ssl.truststore.location', 'kafka.ssl.truststore.password'],
    isViolated: ([location, password]) => isSet(location) && !isSet(password),
    allowed: 'a trust store with its password',
    fix: 'set kafka.ssl.truststore.password',
  },
  {
    properties: ['faker.locale'],
    isViolated: ([locale = 'en']) => !/^[a-z]{2,8}([-_][a-z0-9]{1,8})*$/i.test(locale),
    allowed: 'a language tag: en, pl-PL',
    fix: 'write it like en',
  },
];
