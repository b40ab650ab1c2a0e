import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificates } from './certificates';
import { freePort } from './free-port';
import { findJava } from './jdk';
import { jarList, mavenJars } from './maven-jars';
import { startProcess, type ServerProcess } from './server-process';

const SDK = 'unboundid-ldapsdk-7.0.3';
/** The program is Java source that runs without being compiled before. */
const OLDEST_JAVA = 17;

export interface LdapProps {
  /** Its log. */
  readonly folder: string;
  /** @default - a free one */
  readonly port?: number;
  readonly certificates: Certificates;
  /** What is above all entries: `dc=example,dc=com`. */
  readonly baseDn: string;
  /** Its entries, the one of `baseDn` first. It knows no schema: any attribute will do. */
  readonly ldif: string;
  /** Called with one line when there is something to download. */
  readonly say: (line: string) => void;
}

/** A running directory. */
export interface Ldap {
  /** `ldaps://127.0.0.1:41389`. */
  readonly url: string;
  readonly process: ServerProcess;
  stop(): Promise<void>;
}

/** Starts an LDAP directory on this machine: in memory, TLS only. */
export async function startLdap(props: LdapProps): Promise<Ldap> {
  const { folder, certificates, baseDn, ldif, say, port = await freePort() } = props;
  const jars = await mavenJars({ name: 'unboundid-ldapsdk', list: jarList(SDK), size: '6 MB' }, say);
  mkdirSync(folder, { recursive: true });
  const entries = join(folder, 'entries.ldif');
  writeFileSync(entries, ldif);
  const program = join(__dirname, 'java', 'Ldap.java');
  const process = await startProcess({
    name: 'LDAP',
    command: findJava(OLDEST_JAVA),
    args: [
      ...['-Xmx64m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', join(jars, '*'), program],
      ...[String(port), certificates.certificate, certificates.key, baseDn, entries],
    ],
    log: join(folder, 'ldap.log'),
    ready: (line) => line === 'ready',
  });
  return { url: `ldaps://127.0.0.1:${port}`, process, stop: () => process.stop() };
}
