import { mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { jdbcParameters } from '../../lib/core';
import { madeOnce } from '../made-once';
import type { Certificates } from './certificates';
import { freePort } from './free-port';
import { mariaDbInstallation, type MariaDbInstallation } from './mariadb-installation';
import { startProcess, type ServerProcess } from './server-process';

export interface MariaDbProps {
  /** Its data, its log; kept for a second start. */
  readonly folder: string;
  /** @default - a free one */
  readonly port?: number;
  readonly certificates: Certificates;
  /** Called with one line when there is something to download. */
  readonly say: (line: string) => void;
}

/** A user who has all rights in some databases. */
export interface DatabaseUser {
  readonly name: string;
  readonly password: string;
  /** Made when missing. */
  readonly databases: readonly string[];
}

/** A running MariaDB. Over TCP it speaks TLS or nothing, as the library's RDS does; its administrator comes by socket only. */
export interface MariaDb {
  readonly host: string;
  readonly port: number;
  readonly process: ServerProcess;
  /** For Connector/J, with the server's certificate verified. */
  jdbcUrl(database: string): string;
  /** Adds a user, or changes an existing one's password and adds to its rights; who is logged in stays so. */
  addUser(user: DatabaseUser): Promise<void>;
  /** Runs statements as the administrator. @returns rows as lines, fields parted by tabs @throws Error with the server's words */
  run(sql: string): Promise<string>;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
/** Below the data's folder, which the server and its client run in: a longer path could be too long for a socket. */
const SOCKET = 'mariadb.sock';
const SETTINGS = ['--innodb-log-file-size=16M', '--innodb-buffer-pool-size=64M'];

/** Starts a MariaDB on this machine, in place of RDS for MySQL. */
export async function startMariaDb(props: MariaDbProps): Promise<MariaDb> {
  const { folder, say, port = await freePort() } = props;
  const installation = await mariaDbInstallation(say);
  const place = join(folder, 'data');
  mkdirSync(temporary(place), { recursive: true });
  const data = await madeOnce(place, (draft) => install(installation, draft));
  const process = await startProcess({
    name: 'MariaDB',
    command: installation.server,
    args: serverArguments(props, data, port),
    cwd: data,
    log: join(folder, 'mariadb.log'),
    ready: (line) => line.includes('ready for connections'),
  });
  const run = (sql: string) => runSql(installation, data, sql);
  const addUser = async (user: DatabaseUser) => {
    await run(userStatements(user));
  };
  const jdbcUrl = (database: string) => `jdbc:mysql://${HOST}:${port}/${database}?${verified(props.certificates)}`;
  return { host: HOST, port, process, jdbcUrl, run, addUser, stop: () => process.stop() };
}

/** @see https://dev.mysql.com/doc/connector-j/en/connector-j-connp-props-security.html */
function verified({ trustStore, trustStorePassword }: Certificates): string {
  return jdbcParameters({
    sslMode: 'VERIFY_IDENTITY',
    trustCertificateKeyStoreUrl: pathToFileURL(trustStore).href,
    trustCertificateKeyStoreType: 'PKCS12',
    trustCertificateKeyStorePassword: trustStorePassword,
  });
}

/** Statements that make a user and the user's databases, and that may run again. */
export function userStatements({ name, password, databases }: DatabaseUser): string {
  const user = `${text(name)}@'%'`;
  return [
    `CREATE USER IF NOT EXISTS ${user} IDENTIFIED BY ${text(password)};`,
    `ALTER USER ${user} IDENTIFIED BY ${text(password)};`,
    ...databases.flatMap((database) => [
      `CREATE DATABASE IF NOT EXISTS ${identifier(database)};`,
      `GRANT ALL ON ${identifier(database.replaceAll(/[_%\\]/g, String.raw`\$&`))}.* TO ${user};`,
    ]),
  ].join('\n');
}

function text(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

function identifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** The server's files, with nothing in them but the administrator. */
async function install({ install: [command, ...args] }: MariaDbInstallation, data: string): Promise<void> {
  const { execa } = await import('execa');
  const { username } = userInfo();
  const administrator = ['--auth-root-authentication-method=socket', `--auth-root-socket-user=${username}`];
  mkdirSync(data);
  mkdirSync(temporary(data));
  const how = [...folders(data), `--user=${username}`, ...administrator, '--skip-test-db', '--force', ...SETTINGS];
  await execa(command, [...args, ...how]);
}

function folders(data: string): readonly string[] {
  return [`--datadir=${data}`, `--tmpdir=${temporary(data)}`];
}

/** A server that starts removes the temporary tables that it finds, be they another one's: each has a folder for them. */
function temporary(data: string): string {
  return join(dirname(data), 'tmp');
}

function serverArguments({ certificates }: MariaDbProps, data: string, port: number): readonly string[] {
  return [
    '--no-defaults',
    ...folders(data),
    `--user=${userInfo().username}`,
    `--bind-address=${HOST}`,
    `--port=${port}`,
    `--socket=${SOCKET}`,
    // Connector/J takes 11 for a MySQL that is newer than 8 and asks for what only MySQL has; this is how 10 names itself.
    '--version=5.5.5-11.4-MariaDB',
    '--skip-name-resolve',
    `--ssl-ca=${certificates.authority}`,
    `--ssl-cert=${certificates.certificate}`,
    `--ssl-key=${certificates.key}`,
    '--require-secure-transport=ON',
    '--character-set-server=utf8mb4',
    '--default-time-zone=+00:00',
    ...SETTINGS,
  ];
}

async function runSql({ client }: MariaDbInstallation, data: string, sql: string): Promise<string> {
  const { execa } = await import('execa');
  const how = [
    '--no-defaults',
    `--socket=${SOCKET}`,
    `--user=${userInfo().username}`,
    '--default-character-set=utf8mb4',
  ];
  const { failed, stdout, stderr } = await execa(client, [...how, '--batch', '--skip-column-names'], {
    cwd: data,
    input: sql,
    reject: false,
  });
  if (failed) throw new Error(`MariaDB: ${stderr}`);
  return stdout;
}
