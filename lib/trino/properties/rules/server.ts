import { itemsOf, normal } from './conditions';
import { magnitudeOf } from './values';

/**
 * What a start checks between properties, beyond each one's own name and value. The classes that check are named after
 * their properties; every rule is compared with the running classes by the sweep (tools/property-sweep).
 */
export interface PropertyRule {
  /** All that it looks at; it is reported at the first. */
  readonly properties: readonly [string, ...string[]];
  /** @default - every component that knows the properties */
  readonly only?: string;
  /** The first release whose classes were seen to check it. @default - all that know the properties */
  readonly since?: string;
  /** The first release whose classes do not check it any more. @default - none */
  readonly before?: string;
  /** Judged only when the first is written: its default follows the others. @default false */
  readonly written?: boolean;
  /** Whatever the first reads, be it a secret: that it is there is enough. @default false */
  readonly anyValue?: boolean;
  readonly isViolated: (settings: Settings) => boolean;
  readonly allowed: string;
  readonly fix: string;
}

/** The values of a rule's properties, in their order; undefined where nothing is set and there is no default. */
type Settings = readonly (string | undefined)[];

const isOn = (value: string | undefined): boolean => value?.toLowerCase() === 'true';
const isSet = (value: string | undefined): boolean => value !== undefined;
const is = (value: string | undefined, constant: string): boolean => value !== undefined && normal(value) === constant;
const isZero = (value: string | undefined): boolean => amount(value, 'duration') === 0;

/** The first is larger than the second. Values that cannot be read are reported for themselves. */
const exceeds =
  (type: 'duration' | 'data-size') =>
  ([first, second]: Settings): boolean =>
    amount(first, type) > amount(second, type);

function amount(value: string | undefined, type: 'duration' | 'data-size'): number {
  return value === undefined ? NaN : (magnitudeOf(type, value) ?? NaN);
}

/** The database in a JDBC URL: what stands between the host and the parameters. */
function databaseOf(url: string): string {
  return /^jdbc:[^/?]*\/\/[^/?]*\/([^?]*)/.exec(url)?.[1] ?? '';
}

/** @see https://dev.mysql.com/doc/connector-j/en/connector-j-reference-jdbc-url-format.html */
const MYSQL_URL = /^jdbc:mysql(\+srv)?(:(loadbalance|replication))?:\/\//i;

function withoutDatabase(component: string, scheme: RegExp, form: string): PropertyRule {
  return {
    properties: ['connection-url'],
    only: component,
    isViolated: ([url]) => url !== undefined && (!scheme.test(url) || databaseOf(url) !== ''),
    allowed: `${form}, without a database: each database of the server is a schema of the catalog`,
    fix: `write ${form} and SELECT … FROM <catalog>.<database>.<table>`,
  };
}

const KEY_STORE = { allowed: "'true' with a key store", fix: 'set http-server.https.keystore.path' };

/** @see https://trino.io/docs/current/security/authentication-types.html */
const LOGIN_TYPES = ['CERTIFICATE', 'HEADER', 'INSECURE', 'JWT', 'KERBEROS', 'OAUTH2', 'PASSWORD'];
/** @see https://trino.io/docs/current/admin/properties-web-interface.html */
const WEB_UI_TYPES = ['CERTIFICATE', 'FIXED', 'FORM', 'INSECURE', 'JWT', 'KERBEROS', 'OAUTH2'];

/** Trino leaves out what is empty between two commas. */
function givenIn(list = ''): readonly string[] {
  return itemsOf(list).filter((item) => item !== '');
}

/** How people log in to the web interface: as it says itself, else by a password, else as clients do first. */
function webUiType(ui: string | undefined, clients = 'INSECURE'): string {
  if (ui !== undefined) return normal(ui.trim());
  const types = givenIn(clients);
  return types.includes('PASSWORD') ? 'FORM' : (types[0] ?? '');
}

/** A type of clients that does not exist is reported for itself. */
function webUiTypes(known: readonly string[], releases: Pick<PropertyRule, 'since' | 'before'>): PropertyRule {
  const isUnknown = (type: string): boolean => !known.includes(type);
  return {
    ...releases,
    properties: ['web-ui.authentication.type', 'http-server.authentication.type', 'web-ui.enabled'],
    isViolated: ([ui, clients, enabled]) => {
      const type = webUiType(ui, clients);
      return isOn(enabled) && isUnknown(type) && (isSet(ui) || LOGIN_TYPES.includes(type));
    },
    allowed: `one of ${known.join(', ')}; when it is not set, how clients log in first`,
    fix: 'set web-ui.authentication.type=FORM, or web-ui.enabled=false',
  };
}

/** @see https://docs.oracle.com/en/java/javase/25/docs/api/java.management/javax/management/ObjectName.html */
const KEY_PROPERTY = String.raw`(\*|[^,=:*?]+=("([^"\\]|\\.)*"|[^,=:"]*))`;
const OBJECT_NAME = new RegExp(`^[^:]*:${KEY_PROPERTY}(,${KEY_PROPERTY})*$`);

/** The folders of an exchange have one of a manager's schemes. */
function schemes(component: string, allowed: RegExp, form: string): PropertyRule {
  return {
    properties: ['exchange.base-directories'],
    only: component,
    isViolated: ([folders = '']) => folders.split(',').some((folder) => folder !== '' && !allowed.test(folder.trim())),
    allowed: form,
    fix: 'write folders of this form, separated by commas',
  };
}

export const PROPERTY_RULES: readonly PropertyRule[] = [
  {
    properties: ['query.max-total-memory', 'query.max-memory'],
    written: true,
    isViolated: ([total, user]) => exceeds('data-size')([user, total]),
    allowed: 'at least query.max-memory: it counts system memory, too',
    fix: 'raise it, or leave it out: it is twice query.max-memory then',
  },
  {
    properties: [
      'http-server.https.enabled',
      'http-server.https.keystore.path',
      'http-server.https.automatic-shared-secret',
      'internal-communication.https.required',
    ],
    ...KEY_STORE,
    isViolated: ([enabled, keystore, secret, internal]) =>
      isOn(enabled) && !isSet(keystore) && !isSet(secret) && !isOn(internal),
  },
  {
    properties: [
      'http-server.https.enabled',
      'http-server.https.keystore.path',
      'http-server.https.automatic-shared-secret',
    ],
    only: 'event-listener:http-server',
    ...KEY_STORE,
    isViolated: ([enabled, keystore, secret]) => isOn(enabled) && !isSet(keystore) && !isSet(secret),
  },
  {
    properties: ['internal-communication.https.required', 'http-server.https.enabled'],
    isViolated: ([required, enabled]) => isOn(required) && !isOn(enabled),
    allowed: "'true' when the nodes serve HTTPS",
    fix: 'set http-server.https.enabled=true',
  },
  {
    properties: ['internal-communication.https.required', 'internal-communication.shared-secret'],
    isViolated: ([required, secret]) => isOn(required) && !isSet(secret),
    allowed: "'true' with a secret that all nodes share",
    fix: 'set internal-communication.shared-secret',
  },
  {
    properties: ['http-server.authentication.type', 'internal-communication.shared-secret'],
    isViolated: ([type = 'insecure', secret]) => !isSet(secret) && !is(type.trim(), 'INSECURE') && type.trim() !== '',
    allowed: 'authentication with a secret that all nodes share',
    fix: 'set internal-communication.shared-secret on every node',
  },
  {
    properties: ['http-server.authentication.type'],
    isViolated: ([types]) => givenIn(types).some((type) => !LOGIN_TYPES.includes(type)),
    allowed: `one or more of ${LOGIN_TYPES.join(', ')}, separated by commas`,
    fix: 'leave out what is none of these',
  },
  webUiTypes(WEB_UI_TYPES, { before: '483' }),
  webUiTypes([...WEB_UI_TYPES, 'NONE'], { since: '483' }),
  ...['web-ui.shared-secret', 'web-ui.session-timeout'].map<PropertyRule>((name) => ({
    properties: [name, 'web-ui.authentication.type', 'http-server.authentication.type'],
    written: true,
    anyValue: true,
    isViolated: ([, ui, clients]) => ['OAUTH2', 'FIXED'].includes(webUiType(ui, clients)),
    allowed: 'nothing where the web interface logs people in by OAUTH2 or as a FIXED user: it has no form then',
    fix: `remove ${name}`,
  })),
  {
    properties: ['retry-policy.allowed', 'retry-policy'],
    written: true,
    isViolated: ([allowed, chosen = 'NONE']) => !givenIn(allowed).includes(normal(chosen)),
    allowed: 'a list with the retry-policy in it, which is NONE unless it is set',
    fix: 'add the retry-policy to the list, or set one of the list',
  },
  ...['auth-url', 'token-url', 'jwks-url'].map<PropertyRule>((url) => ({
    properties: [`http-server.authentication.oauth2.${url}`, 'http-server.authentication.oauth2.oidc.discovery'],
    isViolated: ([value, discovery]) => is(discovery, 'FALSE') && !isSet(value),
    allowed: "a URL of the provider: with discovery 'false' nobody else says it",
    fix: `set http-server.authentication.oauth2.${url}, or http-server.authentication.oauth2.oidc.discovery=true`,
  })),
  {
    properties: ['protocol.spooling.initial-segment-size', 'protocol.spooling.max-segment-size'],
    isViolated: exceeds('data-size'),
    allowed: 'at most protocol.spooling.max-segment-size',
    fix: 'lower it, or raise protocol.spooling.max-segment-size',
  },
  {
    properties: ['protocol.spooling.shared-secret-key'],
    isViolated: ([key]) => key !== undefined && Buffer.from(key, 'base64').length !== 32,
    allowed: '256 bits in Base64',
    fix: 'make one with: openssl rand -base64 32',
  },
  {
    properties: ['sql.default-function-catalog', 'sql.default-function-schema'],
    isViolated: ([catalog, schema]) => isSet(catalog) !== isSet(schema),
    allowed: 'both sql.default-function-catalog and sql.default-function-schema, or none',
    fix: 'set both',
  },
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
  withoutDatabase('connector:mysql', MYSQL_URL, 'jdbc:mysql://host:3306'),
  withoutDatabase('connector:mariadb', /^jdbc:mariadb:([\w-]+:)?\/\//i, 'jdbc:mariadb://host:3306'),
  {
    properties: ['mysql-event-listener.db.url'],
    isViolated: ([url]) => url !== undefined && (!MYSQL_URL.test(url) || databaseOf(url) === ''),
    allowed: 'jdbc:mysql://host:3306/database?user=…&password=…, with a database and the credentials',
    fix: 'write jdbc:mysql://host:3306/database?user=${ENV:USER}&password=${ENV:PASSWORD}',
  },
  {
    properties: ['metadata.schemas.cache-ttl', 'metadata.cache-ttl'],
    written: true,
    isViolated: ([, all]) => isZero(all),
    allowed: 'nothing, not even 0s, as long as metadata.cache-ttl is 0s',
    fix: 'set metadata.cache-ttl, too, or remove it',
  },
  {
    properties: ['metadata.tables.cache-ttl', 'metadata.cache-ttl'],
    written: true,
    isViolated: ([, all]) => isZero(all),
    allowed: 'nothing, not even 0s, as long as metadata.cache-ttl is 0s',
    fix: 'set metadata.cache-ttl, too, or remove it',
  },
  {
    properties: ['metadata.cache-maximum-size', 'metadata.cache-ttl', 'metadata.statistics.cache-ttl'],
    written: true,
    isViolated: ([, metadata, statistics]) => isZero(metadata) && isZero(statistics),
    allowed: 'a size of a cache that keeps something',
    fix: 'set metadata.cache-ttl or metadata.statistics.cache-ttl, or remove it',
  },
  {
    properties: ['query.comment-format'],
    isViolated: ([format = '']) => !/^[\w ,=-]*$/.test(format.replace(/\$(QUERY_ID|SOURCE|USER|TRACE_TOKEN)/g, '')),
    allowed: 'letters, digits, underscores, hyphens, commas, spaces, = and $QUERY_ID, $SOURCE, $USER, $TRACE_TOKEN',
    fix: 'leave out the other characters',
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
  ...['created', 'completed', 'split-completed'].map<PropertyRule>((event) => ({
    properties: [`kafka-event-listener.publish-${event}-event`, `kafka-event-listener.${event}-event.topic`],
    isViolated: ([publish, topic]) => isOn(publish) && (topic ?? '') === '',
    allowed: "'true' with a topic",
    fix: `set kafka-event-listener.${event}-event.topic, or the switch to false`,
  })),
  {
    properties: ['ldap.url', 'ldap.allow-insecure'],
    isViolated: ([url = '', insecure]) => url.startsWith('ldap:') && !isOn(insecure),
    allowed: 'ldaps://host:636',
    fix: 'use ldaps, or set ldap.allow-insecure=true',
  },
  schemes(
    'exchange-manager:filesystem',
    /^(s3|gs|abfss?|file|alluxio):|^\//,
    's3://bucket, gs://bucket, abfs://… or /folder',
  ),
  schemes('exchange-manager:hdfs', /^hdfs:/, 'hdfs://host/folder'),
  {
    properties: ['exchange.base-directories', 'exchange.s3.region', 'exchange.s3.endpoint'],
    isViolated: ([directories = '', region, endpoint]) =>
      directories.startsWith('s3:') && !isSet(region) && !isSet(endpoint),
    allowed: 'S3 folders with the region of their bucket',
    fix: 'set exchange.s3.region',
  },
  {
    properties: ['exchange.s3.region'],
    isViolated: ([region]) => region === '',
    allowed: 'a region of AWS',
    fix: 'write one, or remove the line',
  },
  {
    properties: ['exchange.s3.sse.type', 'exchange.s3.sse.kms-key-id'],
    isViolated: ([type, key]) => is(type, 'KMS') !== isSet(key),
    allowed: "'KMS' together with exchange.s3.sse.kms-key-id",
    fix: 'set both or none',
  },
  {
    properties: ['fs.location', 'fs.s3.enabled', 'fs.azure.enabled', 'fs.gcs.enabled'],
    isViolated: ([, ...switches]) => !switches.some(isOn),
    allowed: 'a location in a file system that is enabled',
    fix: 'set fs.s3.enabled=true',
  },
  ...['openmetrics.jmx-object-names', 'metrics.jmx-object-names'].map<PropertyRule>((name) => ({
    properties: [name],
    isViolated: ([names = '']) => names.split('|').some((text) => text.trim() !== '' && !OBJECT_NAME.test(text.trim())),
    allowed: 'object names of JMX, separated by |: java.lang:type=Memory|trino.execution:*',
    fix: 'write each as domain:key=value, or domain:* for all of a domain',
  })),
  ...['headers', 'url-params'].map<PropertyRule>((name) => ({
    properties: [`openlineage-event-listener.transport.${name}`],
    isViolated: ([pairs = '']) => pairs.split(',').some((pair) => pair.trim() !== '' && !pair.includes(':')),
    allowed: 'pairs of a name and a value: a:b,c:d',
    fix: 'put a colon between each name and its value',
  })),
  {
    properties: ['faker.locale'],
    isViolated: ([locale = 'en']) => !/^[a-z]{2,8}([-_][a-z0-9]{1,8})*$/i.test(locale),
    allowed: 'a language tag: en, pl-PL',
    fix: 'write it like en',
  },
  {
    properties: ['resource-groups.refresh-interval', 'resource-groups.max-refresh-interval'],
    isViolated: exceeds('duration'),
    allowed: 'at most resource-groups.max-refresh-interval',
    fix: 'lower it, or raise resource-groups.max-refresh-interval',
  },
];
