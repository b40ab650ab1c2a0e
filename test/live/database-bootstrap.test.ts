import { spawnSync } from 'node:child_process';
import { type MariaDb, startMariaDb } from '../../local/servers/mariadb';
import { mariaDbInstallation } from '../../local/servers/mariadb-installation';
import { buildEnvironment } from '../../stacks';
import { findEnvironment } from '../../stacks/environments';
import { testApp } from '../support/synth';
import { describeWhere, say, TIMEOUT, workbench } from './servers/workbench';
import { installedJob, runJob } from './support/installed-job';

const ENVIRONMENT = 'production';
const ADMINISTRATOR = { name: 'administrator', password: String.raw`$(it's) \a "secret"` };
/** In the order of the environment's users. */
const USERS = ['metastore', 'trino_audit', 'trino_reader'] as const;
const PASSWORDS = [String.raw`%_'"\ $HOME`, '`;DROP USER x;--', 'ünïcödé 🔑'];

const bench = workbench();
afterAll(() => bench.clear());
jest.setTimeout(TIMEOUT);

describeWhere()('the job that makes databases and users', () => {
  let mysql: MariaDb;
  beforeAll(async () => {
    mysql = await startMariaDb({ folder: bench.folder('mysql'), certificates: await bench.certificates(), say });
    const { name, password } = ADMINISTRATOR;
    await mysql.addUser({ name, password, databases: [] });
    await mysql.run(`GRANT ALL ON *.* TO '${name}'@'%' WITH GRANT OPTION`);
    await bootstrap(PASSWORDS);
  });
  afterAll(() => mysql.stop());

  it('lets each user in over TLS alone, whatever the password is made of', async () => {
    for (const [index, user] of USERS.entries()) {
      expect(await ask(user, PASSWORDS[index], 'SELECT 1')).toBe('1');
      expect(await ask(user, PASSWORDS[index], 'SELECT 1', ['--skip-ssl'])).toContain('ERROR');
    }
  });

  it('gives each user the rights of its purpose and no others', async () => {
    const [metastore, audit, reader] = PASSWORDS;
    await mysql.run('CREATE TABLE productsdb.products (name TEXT)');
    expect(await ask('metastore', metastore, 'CREATE TABLE metastore.t (id INT); DROP TABLE metastore.t')).toBe('');
    expect(await ask('metastore', metastore, 'SELECT * FROM productsdb.products')).toContain('denied');
    expect(await ask('trino_reader', reader, 'SELECT * FROM productsdb.products')).toBe('');
    expect(await ask('trino_reader', reader, "INSERT INTO productsdb.products VALUES ('tea')")).toContain('denied');
    expect(await ask('trino_audit', audit, 'SELECT count(*) FROM trino_audit.trino_queries')).toBe('0');
    expect(await ask('trino_audit', audit, 'DELETE FROM trino_audit.trino_queries')).toContain('denied');
  });

  it('changes nothing when it runs again', async () => {
    const before = await everything();
    expect(await bootstrap(PASSWORDS)).toBe('');
    expect(await everything()).toBe(before);
  });

  it('sets the passwords that the secrets hold now, and takes away what nobody asks for', async () => {
    await mysql.run("GRANT SELECT ON mysql.* TO 'trino_reader'@'%'");
    await bootstrap(['first', 'second', 'third']);
    expect(await ask('trino_reader', 'third', 'SELECT 1')).toBe('1');
    expect(await ask('trino_reader', PASSWORDS[2], 'SELECT 1')).toContain('Access denied');
    expect(await ask('trino_reader', 'third', 'SELECT count(*) FROM mysql.user')).toContain('denied');
  });

  it('fails before it says a password, when the server is not the one that it asked for', async () => {
    // The same server, by a name that its certificate does not have.
    await expect(bootstrap(PASSWORDS, '127.1')).rejects.toThrow(/Certificate subject name doesn't match/);
  });

  async function bootstrap(passwords: readonly string[], host = mysql.host): Promise<string> {
    const { platform } = buildEnvironment(testApp(), ENVIRONMENT, findEnvironment(ENVIRONMENT));
    const { client } = await mariaDbInstallation(say);
    return runJob(installedJob(platform, 'database-bootstrap'), {
      folder: bench.folder('job'),
      mount: '/etc/database-bootstrap',
      paths: { '/work/bundle.pem': (await bench.certificates()).authority },
      programs: { mysql: mysqlClient(client) },
      env: {
        MYSQL_HOST: host,
        MYSQL_PORT: String(mysql.port),
        MYSQL_USER: ADMINISTRATOR.name,
        MYSQL_PWD: ADMINISTRATOR.password,
        ...Object.fromEntries(passwords.map((password, index) => [`PASSWORD_${index}`, password])),
      },
    });
  }

  /** Both outputs of the package's own client, over TCP. */
  async function ask(user: string, password = '', sql: string, how = ['--ssl-verify-server-cert']): Promise<string> {
    const { client } = await mariaDbInstallation(say);
    const { authority } = await bench.certificates();
    const where = [`--host=${mysql.host}`, `--port=${mysql.port}`, `--user=${user}`, `--ssl-ca=${authority}`];
    const args = ['--no-defaults', ...where, '--default-character-set=utf8mb4', '--skip-column-names', ...how];
    const env = { ...process.env, MYSQL_PWD: password };
    const { stdout, stderr } = spawnSync(client, args, { input: sql, encoding: 'utf8', env });
    return (stdout + stderr).trim();
  }

  /** Databases, tables, users and rights. */
  async function everything(): Promise<string> {
    const grants = USERS.map((user) => `SHOW GRANTS FOR '${user}'@'%';`);
    return mysql.run(`SHOW DATABASES; SHOW CREATE TABLE trino_audit.trino_queries; ${grants.join(' ')}`);
  }
});

/** MySQL's client speaks utf8mb4 unasked; MariaDB's has another word for the verification of the server, too. */
function mysqlClient(client: string): string {
  return [
    '#!/bin/sh',
    'for option; do',
    '  shift',
    '  [ "$option" = --ssl-mode=VERIFY_IDENTITY ] && option=--ssl-verify-server-cert',
    '  set -- "$@" "$option"',
    'done',
    `exec "${client}" --no-defaults --default-character-set=utf8mb4 "$@"`,
    '',
  ].join('\n');
}
