import { SecretRef } from '../../lib/core';
import {
  type Authentication,
  authenticationPart,
  authenticationViolations,
  Authenticator,
  GroupProvider,
} from '../../lib/trino/authentication';
import { ClientTls } from '../../lib/trino/client-tls';
import { joinParts } from '../../lib/trino/server-part';

const USERS = SecretRef.of('acme/trino', 'users');
const PEM = SecretRef.of('acme/tls');
const PASSWORDS = Authenticator.passwordFile({ users: USERS });
const SSO = Authenticator.oauth2({
  issuer: 'https://login.acme',
  clientId: 'trino',
  clientSecret: SecretRef.of('sso'),
});
const CERTIFICATES = Authenticator.certificate({ trusted: SecretRef.of('acme/ca') });
const LDAP = { url: 'ldaps://ldap.acme:636', userBindPatterns: ['uid=${USER},ou=people,dc=acme'] };
const files = (authentication: Authentication) => joinParts([authenticationPart(authentication)]);
const refused = (authenticators: readonly Authenticator[], tls = ClientTls.loadBalancer()) =>
  authenticationViolations({ authenticators }, tls).map(({ path, fix }) => `${path}: ${fix}`);
const ldap = (props: object) => refused([Authenticator.ldap({ url: 'ldaps://ldap.acme:636', ...props })]);

test('fails when hashes of passwords are written out', () => {
  const users = 'admin:$2y$10$hash' as unknown as SecretRef;
  expect(refused([Authenticator.passwordFile({ users })])).toEqual([
    expect.stringMatching(/^file\.users: .*SecretRef/),
  ]);
});

describe('who a client is', () => {
  test('types are tried in the order of the authenticators, each once', () => {
    const { config } = files({ authenticators: [SSO, PASSWORDS, Authenticator.ldap(LDAP)] });
    expect(config.coordinator['http-server.authentication.type']).toBe('OAUTH2,PASSWORD');
  });

  test('workers get nothing', () => {
    const { config, files: texts } = files({ authenticators: [PASSWORDS, SSO] });
    expect([config.worker, texts.worker]).toEqual([{}, {}]);
  });

  test('a password file is mounted from its secret on the coordinator alone', () => {
    const { files: texts, secretFiles } = files({ authenticators: [PASSWORDS] });
    expect(texts.coordinator['password-authenticator.properties']).toBe(
      'password-authenticator.name=file\nfile.password-file=/etc/trino-secrets/password.db\n',
    );
    expect(secretFiles).toEqual([{ name: 'password.db', content: [USERS], nodes: 'coordinator' }]);
  });

  test('a service user of the directory brings its password by the environment', () => {
    const bind = {
      bindDn: 'cn=trino,dc=acme',
      bindPassword: SecretRef.of('acme/ldap'),
      userBaseDn: 'ou=people,dc=acme',
    };
    const authenticator = Authenticator.ldap({
      url: 'ldaps://ldap.acme:636',
      caCertificate: PEM,
      groupAuthPattern: '(uid=${USER})',
      ...bind,
    });
    const { files: texts, env, secretFiles } = files({ authenticators: [authenticator] });
    expect(texts.coordinator['password-authenticator.properties']).toContain(
      'ldap.bind-password=${ENV:PASSWORD_AUTHENTICATOR_LDAP_BIND_PASSWORD}\n',
    );
    expect(env.map(({ name }) => name)).toEqual(['PASSWORD_AUTHENTICATOR_LDAP_BIND_PASSWORD']);
    expect(texts.coordinator['password-authenticator.properties']).toContain(
      'ldap.ssl.truststore.path=/etc/trino-secrets/ldap-ca.pem\n',
    );
    expect(secretFiles.map(({ name }) => name)).toEqual(['ldap-ca.pem']);
  });

  test('single sign-on is for the web interface, too', () => {
    const { config } = files({ authenticators: [SSO] });
    expect(config.coordinator).toMatchObject({
      'web-ui.authentication.type': 'OAUTH2',
      'http-server.authentication.oauth2.client-secret':
        '${ENV:CONFIG_HTTP_SERVER_AUTHENTICATION_OAUTH2_CLIENT_SECRET}',
    });
  });

  test('tokens are checked by the keys, the issuer and the audience that were given', () => {
    const jwt = Authenticator.jwt({ keySetUrl: 'https://login.acme/keys', requiredAudience: 'trino' });
    expect(files({ authenticators: [jwt] }).config.coordinator).toEqual({
      'http-server.authentication.type': 'JWT',
      'http-server.authentication.jwt.key-file': 'https://login.acme/keys',
      'http-server.authentication.jwt.required-audience': 'trino',
    });
  });

  test('a part of what an authenticator says is the name: of certificates the common name, unless another is asked', () => {
    const userMapping = '(.*)@acme[.]example';
    const mapped = [
      Authenticator.certificate({ trusted: PEM }),
      Authenticator.jwt({ keySetUrl: 'https://login.acme/keys', userMapping }),
    ];
    expect(files({ authenticators: mapped }).config.coordinator).toMatchObject({
      'http-server.authentication.certificate.user-mapping.pattern': 'CN=([^,+="]+)(,.*)?',
      'http-server.authentication.jwt.user-mapping.pattern': userMapping,
    });
    const { config } = Authenticator.certificate({ trusted: PEM, userMapping });
    expect(config).toMatchObject({ 'http-server.authentication.certificate.user-mapping.pattern': userMapping });
  });

  test('groups come from a file or a directory', () => {
    const adminPassword = SecretRef.of('acme/ldap');
    const directory = GroupProvider.ldap({
      url: 'ldaps://ldap.acme:636',
      adminUser: 'cn=trino',
      adminPassword,
      userBaseDn: 'ou=people,dc=acme',
    });
    const { files: texts } = files({ authenticators: [PASSWORDS], groups: directory });
    expect(texts.coordinator['group-provider.properties']).toContain('${ENV:GROUP_PROVIDER_LDAP_ADMIN_PASSWORD}');
    const file = GroupProvider.file({ groups: SecretRef.of('acme/groups') });
    expect(file.properties).toHaveProperty(['file.group-file'], '/etc/trino-secrets/group.db');
  });
});

describe('combinations that authenticate nobody, or everybody', () => {
  test('fails when passwords cross plain HTTP, where every user name is believed', () => {
    expect(refused([PASSWORDS], ClientTls.none())).toEqual([
      expect.stringContaining('clientTls: use ClientTls.loadBalancer()'),
    ]);
    expect(refused([PASSWORDS])).toEqual([]);
    expect(refused([PASSWORDS], ClientTls.coordinator(PEM))).toEqual([]);
  });

  test('fails when certificates of clients end at the load balancer', () => {
    expect(refused([CERTIFICATES])).toEqual([expect.stringContaining('use ClientTls.coordinator(pem)')]);
    expect(refused([CERTIFICATES], ClientTls.coordinator(PEM))).toEqual([]);
  });

  test.each(['.*@acme', '(?:.*)@acme', '(.*'])('fails when nothing of a user becomes the name: %s', (userMapping) => {
    const sso = { issuer: 'https://login.acme', clientId: 'trino', clientSecret: SecretRef.of('sso'), userMapping };
    const jwt = { keySetUrl: 'https://login.acme/keys', userMapping };
    const fix = expect.stringContaining('put the name in parentheses') as unknown;
    expect(refused([Authenticator.oauth2(sso), Authenticator.jwt(jwt)])).toEqual([fix, fix]);
    expect(refused([Authenticator.certificate({ trusted: PEM, userMapping })], ClientTls.coordinator(PEM))).toEqual([
      fix,
    ]);
  });

  test('fails when cookies of the web interface are signed that OAuth 2 does not make', () => {
    const refusedPaths = (authenticators: readonly Authenticator[]) =>
      authenticationViolations({ authenticators, webUiSecret: SecretRef.of('web') }, ClientTls.loadBalancer()).map(
        ({ path }) => path,
      );
    expect(refusedPaths([PASSWORDS])).toEqual([]);
    expect(refusedPaths([PASSWORDS, SSO])).toEqual(['webUiSecret']);
  });

  test('fails when there is no authenticator, or the same kind twice', () => {
    expect(refused([])).toHaveLength(1);
    expect(refused([SSO, SSO])).toEqual([expect.stringContaining('join the two into one')]);
  });

  test.each([
    ['no way to find a user', {}, "add userBindPatterns: ['uid=${USER}"],
    [
      'two ways to find a user',
      { ...LDAP, bindDn: 'cn=a', bindPassword: USERS, groupAuthPattern: 'x', userBaseDn: 'y' },
      'keep userBindPatterns',
    ],
    [
      'a service user without a pattern',
      { bindDn: 'cn=a', bindPassword: USERS },
      'add bindPassword and a groupAuthPattern',
    ],
    ['a pattern without a place to start', { ...LDAP, groupAuthPattern: '(cn=x)' }, 'add userBaseDn'],
    ['a pattern that is one entry for all', { userBindPatterns: ['cn=admin'] }, 'put ${USER}'],
    ['passwords in plain text', { ...LDAP, url: 'ldap://ldap.acme:389' }, 'use ldaps://'],
    ['no scheme', { ...LDAP, url: 'ldap.acme' }, 'write the scheme'],
  ])('fails when the directory has %s', (_what, props, fix) => {
    expect(ldap(props)).toEqual([expect.stringContaining(fix)]);
  });

  test('plain text is accepted where somebody says so', () => {
    expect(ldap({ ...LDAP, url: 'ldap://ldap.acme:389', allowInsecure: true })).toEqual([]);
    expect(ldap(LDAP)).toEqual([]);
  });
});
