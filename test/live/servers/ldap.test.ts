import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findJava } from '../../../local/servers/jdk';
import { startLdap } from '../../../local/servers/ldap';
import { isAlive } from '../../../local/state-lock';
import { describeWhere, say, TIMEOUT, workbench } from './workbench';

const bench = workbench();
afterAll(() => bench.clear());
jest.setTimeout(TIMEOUT);

const LDIF = `dn: dc=local
objectClass: domain
dc: local

dn: uid=alice,dc=local
objectClass: inetOrgPerson
uid: alice
cn: Alice
sn: A
userPassword: alice's password
`;

describeWhere()('LDAP', () => {
  it('lets in who knows the password, over verified TLS, and leaves no process behind', async () => {
    const certificates = await bench.certificates();
    const server = await startLdap({ folder: bench.folder('ldap'), certificates, baseDn: 'dc=local', ldif: LDIF, say });
    const bind = (password: string) => bindAs(server.url, certificates.trustStore, 'uid=alice,dc=local', password);
    expect(bind("alice's password")).toContain('bound');
    expect(bind('another')).toContain('AuthenticationException');
    await server.stop();
    expect(isAlive(server.process.pid)).toBe(false);
  });

  it('shows the end of its log when it does not start', async () => {
    const folder = bench.folder('wrong');
    const certificates = await bench.certificates();
    const start = startLdap({
      folder,
      certificates,
      baseDn: 'dc=local',
      ldif: 'dn: dc=elsewhere\ndc: elsewhere\n',
      say,
    });
    await expect(start).rejects.toThrow(/LDAP ended with 1.*dc=elsewhere/s);
  });
});

/** What Java's own client, which Trino uses, says. */
function bindAs(url: string, trustStore: string, user: string, password: string): string {
  const trust = [`-Djavax.net.ssl.trustStore=${trustStore}`, '-Djavax.net.ssl.trustStorePassword=changeit'];
  const { stdout, stderr } = spawnSync(
    findJava(17),
    [...trust, join(__dirname, 'java', 'Bind.java'), url, user, password],
    { encoding: 'utf8' },
  );
  return stdout + stderr;
}
