import { SecretRef } from '../../../lib/core';
import { AccessControl, askedPorts, Authenticator, GroupProvider } from '../../../lib/trino';

const SECRET = SecretRef.of('secret');
const PASSWORDS = Authenticator.passwordFile({ users: SECRET });
const userBindPatterns = ['uid=${USER},dc=acme'];
const ports = (...authenticators: readonly Authenticator[]) => askedPorts({ authentication: { authenticators } });

test('are those of the URLs, or what their schemes say', () => {
  expect(ports(Authenticator.ldap({ url: 'ldaps://ldap.acme', userBindPatterns }))).toEqual([636]);
  expect(ports(Authenticator.ldap({ url: 'ldaps://ldap.acme:10636', userBindPatterns }))).toEqual([10636]);
  expect(ports(Authenticator.oauth2({ issuer: 'https://sso.acme', clientId: 'a', clientSecret: SECRET }))).toEqual([
    443,
  ]);
  expect(ports(Authenticator.jwt({ keySetUrl: 'https://sso.acme:8443/keys' }))).toEqual([8443]);
});

test('are there for groups and for access rules that others decide, each once', () => {
  const directory = { url: 'ldaps://ldap.acme:636', userBaseDn: 'dc=acme' };
  const authentication = {
    authenticators: [PASSWORDS, Authenticator.ldap({ ...directory, userBindPatterns })],
    groups: GroupProvider.ldap({ ...directory, adminUser: 'cn=trino', adminPassword: SECRET }),
  };
  const accessControl = AccessControl.opa({ policyUri: 'http://opa.opa:8181/v1/data/trino/allow' });
  expect(askedPorts({ authentication, accessControl })).toEqual([636, 8181]);
});

test('are there for the database of the audit log', () => {
  const database = { host: 'audit.example', database: 'audit', username: 'trino', password: SECRET };
  expect(askedPorts({ audit: { database } })).toEqual([3306]);
  expect(askedPorts({ audit: { database: { ...database, port: 13306 } } })).toEqual([13306]);
});

test('are those of MySQL, or beside the secret, where a secret holds the URL of the audit log', () => {
  expect(askedPorts({ audit: { database: SECRET } })).toEqual([3306]);
  expect(askedPorts({ audit: { database: SECRET, port: 13306 } })).toEqual([13306]);
});

test('are none for files, and for what only a placeholder says', () => {
  expect(ports(PASSWORDS)).toEqual([]);
  expect(askedPorts({})).toEqual([]);
  expect(ports(Authenticator.jwt({ keySetUrl: '${TfToken[TOKEN.1]}' }))).toEqual([]);
});
