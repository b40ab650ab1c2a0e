import { plainSecretViolations, SecretRef } from '../../lib/core';

const CANARY = 'canary-7d1e';
const pathsOf = (value: unknown) => plainSecretViolations(value).map(({ path }) => path);

test.each<[path: string, value: unknown]>([
  ['connection-password', { 'connection-password': CANARY }],
  ['s3.aws-secret-key', { 's3.aws-secret-key': CANARY }],
  ['shared-secret', { 'shared-secret': CANARY }],
  ['auth.token', { auth: { token: CANARY } }],
  ['env.0.value', { env: [{ name: 'DB_PASSWORD', value: CANARY }] }],
  ['url', { url: `http://somebody:${CANARY}@prometheus:9090` }],
  ['url', { url: `jdbc:mysql://db:3306?user=a&password=${CANARY}` }],
  ['files.ldap', { files: { ldap: `ldap.url=ldaps://ldap\nldap.bind-password=${CANARY}\n` } }],
  ['jaas', { jaas: `ScramLoginModule required username="a" password="${CANARY}";` }],
  ['json', { json: `{"password": "${CANARY}"}` }],
  ['pem', { pem: '-----BEGIN PRIVATE KEY-----\nMII' }],
  ['anything', { anything: 'AKIAIOSFODNN7EXAMPLE' }],
])('fails at %s: %j', (path, value) => {
  expect(pathsOf(value)).toEqual([path]);
  expect(JSON.stringify(plainSecretViolations(value))).not.toContain(CANARY);
});

test.each<[value: unknown]>([
  [{ 'connection-password': SecretRef.of('shop', 'password') }],
  [{ 'connection-password': '${ENV:SHOP_PASSWORD}' }],
  [{ password: '' }],
  [{ passwordSecret: 'shop-password', imagePullSecrets: [{ name: 'registry' }] }],
  [{ env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'shop', key: 'password' } } }] }],
  [{ env: [{ name: 'TZ', value: 'UTC' }], taints: [{ key: 'password', value: 'x', effect: 'NoSchedule' }] }],
  [{ url: 'jdbc:mysql://db:3306?password=${ENV:PASSWORD}&sslMode=REQUIRED' }],
  [{ url: 'http://prometheus.monitoring.svc:9090/a:b@c' }],
  [{ text: 'The password is in Secrets Manager: ask there' }],
  [{ files: { 'users.json': '{"fields": [{"name": "token", "mapping": "password"}], "token": {"type": "string"}}' } }],
  [{ count: 3, none: undefined, nothing: null, maxTokens: 5 }],
])('is content with %j', (value) => {
  expect(pathsOf(value)).toEqual([]);
});
