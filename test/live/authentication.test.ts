import { readFileSync } from 'node:fs';
import { SecretRef } from '../../lib/core';
import { Authenticator, ClientTls, GroupProvider, type TrinoDefinition } from '../../lib/trino';
import { passwordLine } from '../../local/platform/local-authentication';
import { type LocalPlatform, startPlatform } from '../../local/platform/platform';
import { type Ldap, startLdap } from '../../local/servers/ldap';
import { HttpError, TrinoClient } from '../../local/servers/trino-client';
import { say, workbench } from './servers/workbench';
import { describePlatform, PLATFORM_TIMEOUT } from './support/shared';
import { smallDefinition } from './support/small-definition';

const BASE = 'dc=example,dc=com';
const PEOPLE = `ou=people,${BASE}`;
/** Of the directory; `erin` is in no group that may log in, `operator` is in the password file, too. */
const DIRECTORY_PASSWORDS = { dave: 'dave: "ldap" % \\', erin: 'erin', fred: 'fred', operator: 'another one' };
const OPERATOR = { name: 'operator', password: "operator's" };

const USERS = SecretRef.of('users');
const GROUPS = SecretRef.of('groups');
const AUTHORITY = SecretRef.of('directory', 'ca');

const bench = workbench();
jest.setTimeout(PLATFORM_TIMEOUT);

describePlatform('authentication', () => {
  let ldap: Ldap;
  let platform: LocalPlatform;
  beforeAll(async () => {
    const certificates = await bench.certificates();
    const folder = bench.folder('ldap');
    ldap = await startLdap({ folder, certificates, baseDn: BASE, ldif: directory(), say });
    platform = await startPlatform({
      definition: smallDefinition(),
      folder: bench.folder('platform'),
      adjust: (definition) => ({ ...definition, ...login(ldap.url) }),
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
    bench.clear();
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
});

function login(url: string): Pick<TrinoDefinition, 'authentication' | 'clientTls'> {
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
      ],
      groups: GroupProvider.file({ groups: GROUPS }),
      webUiSecret: SecretRef.of('web-ui'),
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
