import { normal } from '../conditions';
import { exceeds, givenIn, is, isOn, isSet, type PropertyRule } from './rule';

const KEY_STORE = { allowed: "'true' with a key store", fix: 'set http-server.https.keystore.path' };

/** @see https://docs.oracle.com/en/java/javase/25/docs/api/java.management/javax/management/ObjectName.html */
const KEY_PROPERTY = String.raw`(\*|[^,=:*?]+=("([^"\\]|\\.)*"|[^,=:"]*))`;
const OBJECT_NAME = new RegExp(`^[^:]*:${KEY_PROPERTY}(,${KEY_PROPERTY})*$`);

/** Of `config.properties`, without who may log in. */
export const SERVER_RULES: readonly PropertyRule[] = [
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
    properties: ['retry-policy.allowed', 'retry-policy'],
    written: true,
    isViolated: ([allowed, chosen = 'NONE']) => !givenIn(allowed).includes(normal(chosen)),
    allowed: 'a list with the retry-policy in it, which is NONE unless it is set',
    fix: 'add the retry-policy to the list, or set one of the list',
  },
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
  ...['openmetrics.jmx-object-names', 'metrics.jmx-object-names'].map<PropertyRule>((name) => ({
    properties: [name],
    isViolated: ([names = '']) => names.split('|').some((text) => text.trim() !== '' && !OBJECT_NAME.test(text.trim())),
    allowed: 'object names of JMX, separated by |: java.lang:type=Memory|trino.execution:*',
    fix: 'write each as domain:key=value, or domain:* for all of a domain',
  })),
  {
    properties: ['resource-groups.refresh-interval', 'resource-groups.max-refresh-interval'],
    isViolated: exceeds('duration'),
    allowed: 'at most resource-groups.max-refresh-interval',
    fix: 'lower it, or raise resource-groups.max-refresh-interval',
  },
];
