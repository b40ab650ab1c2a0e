import { readFileSync } from 'node:fs';
import { SecretRef } from '../../lib/core';
import { Authenticator, ClientTls, GroupProvider, type TrinoDefinition } from '../../lib/trino';
import { passwordLine } from '../../local/platform/local-authentication';
import { type LocalPlatform, startPlatform } from '../../local/platform/platform';
import type { Servers } from '../../local/platform/servers';
import { type Ldap, startLdap } from '../../local/servers/ldap';
import { HttpError, TrinoClient } from '../../local/servers/trino-client';
import { say, workbench } from './servers/workbench';
import { Browser } from './support/browser';
import { type ClientAuthority, clientAuthority, type Subject } from './support/client-authority';
import { type IdentityProvider, startIdentityProvider } from './support/identity-provider';
import { describePlatform, PLATFORM_TIMEOUT, sharedPlatform } from './support/shared';
import { smallDefinition } from './support/small-definition';
import { users } from './support/users';

const BASE = 'dc=example,dc=com';
const PEOPLE = `ou=people,${BASE}`;
/** Of the directory; `erin` is in no group that may log in, `operator` is in the password file, too. */
const DIRECTORY_PASSWORDS = { dave: 'dave: "ldap" % \\', erin: 'erin', fred: 'fred', operator: 'another one' };
const OPERATOR = { name: 'operator', password: "operator's" };

/** Who comes back from the provider of OpenID Connect. */
const SIGNED_ON = 'grace';
/** Of the tokens of another system. */
const AUDIENCE = 'pipelines';

const USERS = SecretRef.of('users');
const GROUPS = SecretRef.of('groups');
const AUTHORITY = SecretRef.of('directory', 'ca');
const CLIENT = SecretRef.of('identity-provider');

const SERVER = SecretRef.of('server');
const CLIENTS = SecretRef.of('clients', 'ca');

const bench = workbench();
afterAll(() => bench.clear());
jest.setTimeout(PLATFORM_TIMEOUT);

describePlatform('authentication', () => {
  let ldap: Ldap;
  let provider: IdentityProvider;
  let platform: LocalPlatform;
  beforeAll(async () => {
    const certificates = await bench.certificates();
    provider = await startIdentityProvider(SIGNED_ON);
    const folder = bench.folder('ldap');
    ldap = await startLdap({ folder, certificates, baseDn: BASE, ldif: directory(), say });
    platform = await startPlatform({
      definition: smallDefinition(),
      folder: bench.folder('platform'),
      adjust: (definition) => ({ ...definition, ...login(ldap.url, provider) }),
      secrets: [
        { ref: USERS, value: passwordLine(OPERATOR) },
        { ref: GROUPS, value: 'analysts:dave,fred\noperators:operator\n' },
        { ref: AUTHORITY, value: readFileSync(certificates.authority, 'utf8') },
      ],
      say,
    });
  });
  afterAll(async () => {
    await platform.stop();
    await ldap.stop();
    await provider.stop();
  });

  it.each([
    ['the password file', OPERATOR.name, OPERATOR.password],
    ['the directory', 'dave', DIRECTORY_PASSWORDS.dave],
    ['the directory, when the password file has another password', 'operator', DIRECTORY_PASSWORDS.operator],
  ])('lets in whom %s knows', async (_, user, password) => {
    expect(await platform.client(user, { password }).value('SELECT current_user')).toBe(user);
  });

  it.each([
    ['a wrong password', 'operator', 'wrong'],
    ['a wrong password of the directory', 'dave', 'wrong'],
    ['somebody whom no group lets in', 'erin', DIRECTORY_PASSWORDS.erin],
    ['somebody whom nobody knows', 'nobody', 'x'],
  ])('fails with %s', async (_, user, password) => {
    expect(await statusOf(platform.client(user, { password }))).toBe(401);
  });

  it('fails without a password, and with the password of somebody else', async () => {
    expect(await statusOf(platform.client('operator'))).toBe(401);
    const headers = { Authorization: `Basic ${Buffer.from(`operator:${OPERATOR.password}`).toString('base64')}` };
    await expect(platform.client('dave', { headers }).value('SELECT 1')).rejects.toThrow(/cannot impersonate/);
  });

  it('lets in the token of another system, as whom it says, and fails with a token for somebody else', async () => {
    const trusted = await provider.token({ sub: 'pipeline', aud: AUDIENCE });
    expect(await bearer('pipeline', trusted).value('SELECT current_user')).toBe('pipeline');
    const foreign = await provider.token({ sub: 'pipeline', aud: 'others' });
    expect(await statusOf(bearer('pipeline', foreign))).toBe(401);
  });

  it('lets in whom the provider knows: the client is sent there, and gets a token when the person is back', async () => {
    const browser = browserOf(platform);
    const token = await signOn(browser, platform.url);
    expect(await bearer(SIGNED_ON, token).value('SELECT current_user')).toBe(SIGNED_ON);
    expect(await statusOf(bearer(SIGNED_ON, 'made up'))).toBe(401);
  });

  it('sends people who open the web interface to the provider, and lets them in when they are back', async () => {
    const browser = browserOf(platform);
    expect((await browser.get(`${platform.url}/ui/api/stats`)).status).toBe(401);
    expect(await throughProvider(browser, `${platform.url}/ui/`)).toContain(`${platform.url}/oauth2/callback`);
    expect((await browser.get(`${platform.url}/ui/api/stats`)).status).toBe(200);
  });

  it('refuses passwords that come over plain HTTP, and everybody without one', async () => {
    const { url } = platform.cluster.coordinator;
    const { name: user, password } = OPERATOR;
    expect(await statusOf(new TrinoClient({ url, user, password }))).toBe(403);
    expect(await statusOf(new TrinoClient({ url, user }))).toBe(403);
  });

  it('answers what a load balancer has forwarded with addresses of https', async () => {
    const { name: user, password } = OPERATOR;
    const direct = await fetch(`${platform.cluster.coordinator.url}/v1/statement`, {
      method: 'POST',
      headers: {
        'X-Forwarded-Proto': 'https',
        Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
      },
      body: 'SELECT 1',
    });
    const { nextUri } = (await direct.json()) as { nextUri: string };
    expect(nextUri).toMatch(/^https:\/\//);
  });

  it('refuses what a load balancer forwards to a worker', async () => {
    const [worker] = platform.cluster.workers;
    const answer = await fetch(`${worker?.url}/v1/info`, { headers: { 'X-Forwarded-Proto': 'https' } });
    expect(answer.status).toBe(406);
  });

  it('knows the groups of a user', async () => {
    const groupsOf = (user: string, password: string) =>
      platform.client(user, { password }).value('SELECT array_sort(current_groups())');
    expect(await groupsOf('dave', DIRECTORY_PASSWORDS.dave)).toEqual(['analysts']);
    expect(await groupsOf(OPERATOR.name, OPERATOR.password)).toEqual(['operators']);
  });

  it('keeps the password file open to emergencies while the directory is away', async () => {
    await ldap.stop();
    expect(await statusOf(platform.client('fred', { password: DIRECTORY_PASSWORDS.fred }))).not.toBe(200);
    expect(await statusOf(platform.client(OPERATOR.name, { password: OPERATOR.password }))).toBe(200);
  });

  function bearer(user: string, token: string): TrinoClient {
    return platform.client(user, { headers: { Authorization: `Bearer ${token}` } });
  }
});

describePlatform('certificates of clients', () => {
  const PIPELINE: Subject = [
    ['O', 'Acme'],
    ['OU', 'Data'],
    ['CN', 'pipeline'],
  ];
  let authority: ClientAuthority;
  let platform: LocalPlatform;
  beforeAll(async () => {
    authority = await clientAuthority();
    platform = await startPlatform({
      definition: smallDefinition({ clientTls: ClientTls.coordinator(SERVER) }),
      folder: bench.folder('certificates-platform'),
      adjust: (definition) => ({
        ...definition,
        authentication: { authenticators: [Authenticator.certificate({ trusted: CLIENTS })] },
      }),
      secrets: [{ ref: CLIENTS, value: authority.certificate }],
      say,
    });
  });
  afterAll(async () => {
    await platform.stop();
  });

  it('let in their owner by the common name, and fail for anybody else', async () => {
    const certificate = await authority.issue(PIPELINE);
    expect(await platform.client('pipeline', { certificate }).value('SELECT current_user')).toBe('pipeline');
    await expect(platform.client('operator', { certificate }).value('SELECT 1')).rejects.toThrow(/cannot impersonate/);
  });

  it('fail when there is none, and when the subject does not begin with a common name', async () => {
    expect(await statusOf(platform.client('pipeline'))).toBe(401);
    const certificate = await authority.issue([...PIPELINE].reverse());
    expect(await statusOf(platform.client('pipeline', { certificate }))).toBe(401);
  });

  it('fail when another authority has signed them', async () => {
    const certificate = await (await clientAuthority()).issue(PIPELINE);
    await expect(statusOf(platform.client('pipeline', { certificate }))).rejects.toThrow();
  });
});

describePlatform('the web interface, where people have passwords', () => {
  it('lets in who has the right one, and fails for others', async () => {
    const { url, servers } = await sharedPlatform();
    const browser = browserOf({ servers });
    const statusAfter = async (form: Readonly<Record<string, string>>) => {
      await browser.post(`${url}/ui/login`, form);
      return (await browser.get(`${url}/ui/api/stats`)).status;
    };
    const [alice] = users('alice');
    expect(await statusAfter({ username: 'alice', password: 'wrong' })).toBe(401);
    expect(await statusAfter({ username: 'alice', password: alice?.password ?? '' })).toBe(200);
  });
});

/** It trusts the front. */
function browserOf({ servers }: { readonly servers: Pick<Servers, 'certificates'> }): Browser {
  return new Browser(readFileSync(servers.certificates.authority, 'utf8'));
}

/** As a client and the browser that it opens do. @returns the token that the client gets */
async function signOn(browser: Browser, url: string): Promise<string> {
  const refused = await browser.post(`${url}/v1/statement`, {});
  const challenge = String(refused.headers['www-authenticate']);
  const [, redirect = '', token = ''] = /x_redirect_server="([^"]+)", x_token_server="([^"]+)"/.exec(challenge) ?? [];
  await throughProvider(browser, redirect);
  const { body } = await browser.get(token);
  return (JSON.parse(body) as { readonly token: string }).token;
}

/** Opens a page that sends people to the provider, and follows them there and back. @returns where they come back to */
async function throughProvider(browser: Browser, page: string): Promise<string> {
  const toProvider = await browser.get(page);
  const { headers } = await browser.get(toProvider.headers.location ?? '');
  const back = headers.location ?? '';
  await browser.get(back);
  return back;
}

function login(
  url: string,
  { issuer, keySetUrl }: IdentityProvider,
): Pick<TrinoDefinition, 'authentication' | 'clientTls'> {
  return {
    clientTls: ClientTls.loadBalancer(),
    authentication: {
      authenticators: [
        Authenticator.passwordFile({ users: USERS }),
        Authenticator.ldap({
          url,
          caCertificate: AUTHORITY,
          userBindPatterns: [`uid=\${USER},${PEOPLE}`],
          userBaseDn: PEOPLE,
          groupAuthPattern: `(&(uid=\${USER})(memberOf=cn=trino,${BASE}))`,
        }),
        Authenticator.jwt({ keySetUrl, requiredAudience: AUDIENCE }),
        Authenticator.oauth2({ issuer, clientId: 'trino', clientSecret: CLIENT }),
      ],
      groups: GroupProvider.file({ groups: GROUPS }),
    },
  };
}

function directory(): string {
  const top = `dn: ${BASE}\nobjectClass: domain\ndc: example\n\ndn: ${PEOPLE}\nobjectClass: organizationalUnit\nou: people\n`;
  return [top, ...Object.entries(DIRECTORY_PASSWORDS).map(person)].join('\n');
}

function person([uid, password]: [string, string]): string {
  const dn = `dn: uid=${uid},${PEOPLE}`;
  const secret = `userPassword:: ${Buffer.from(password).toString('base64')}`;
  const member = uid === 'erin' ? [] : [`memberOf: cn=trino,${BASE}`];
  return [dn, 'objectClass: inetOrgPerson', `uid: ${uid}`, `cn: ${uid}`, `sn: ${uid}`, secret, ...member, ''].join(
    '\n',
  );
}

/** Of a query: 200 when it is through. */
async function statusOf(client: TrinoClient): Promise<number> {
  try {
    await client.query('SELECT 1');
    return 200;
  } catch (error) {
    if (error instanceof HttpError) return error.status;
    throw error;
  }
}
