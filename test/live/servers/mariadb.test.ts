import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MariaDb, startMariaDb } from '../../../local/servers/mariadb';
import { mariaDbInstallation } from '../../../local/servers/mariadb-installation';
import { isAlive } from '../../../local/state-lock';
import { describeWhere, say, TIMEOUT, workbench } from './workbench';

const bench = workbench();
afterAll(() => bench.clear());
jest.setTimeout(TIMEOUT);

const USER = { name: "o'hara", password: String.raw`it's \a "secret"`, databases: ['shop_a'] };

async function start(name: string): Promise<MariaDb> {
  return startMariaDb({ folder: bench.folder(name), certificates: await bench.certificates(), say });
}

describeWhere()('MariaDB', () => {
  it('keeps its databases for a second start, and leaves no process behind', async () => {
    const first = await start('kept');
    await first.run("CREATE DATABASE shop; CREATE TABLE shop.t (name TEXT); INSERT INTO shop.t VALUES ('tea 🍵')");
    await first.stop();
    expect(isAlive(first.process.pid)).toBe(false);
    const second = await start('kept');
    expect(await second.run('SELECT name FROM shop.t')).toBe('tea 🍵');
    await second.stop();
  });

  it('lets users in over verified TLS, to their own databases, with passwords of any characters', async () => {
    const server = await start('users');
    await server.addUser(USER);
    await server.addUser(USER);
    const { authority } = await bench.certificates();
    const ask = await clientOf(server);
    expect(ask(['--ssl-verify-server-cert', `--ssl-ca=${authority}`], 'SHOW DATABASES')).toContain('shop_a');
    expect(ask(['--ssl-verify-server-cert', `--ssl-ca=${authority}`], 'CREATE DATABASE shopXa')).toContain('denied');
    expect(ask(['--skip-ssl'], 'SELECT 1')).toContain('insecure transport are prohibited');
    expect(ask(['--skip-ssl', '--user=root', '--password='], 'SELECT 1')).toContain('ERROR');
    await server.stop();
  });

  it('leaves the temporary tables of other servers alone, which it would take for leftovers of its own', async () => {
    const theirs = join(tmpdir(), `#sql-temptable-${process.pid}-1-1.MAI`);
    writeFileSync(theirs, '');
    const server = await start('alone');
    await server.stop();
    expect(existsSync(theirs)).toBe(true);
    rmSync(theirs);
  });

  it('fails with its own words for wrong SQL, and for a folder that is no data of its own', async () => {
    const server = await start('broken');
    await expect(server.run('SELECT * FROM nowhere.t')).rejects.toThrow(/nowhere/);
    await server.stop();
    const port = server.port;
    const other = await start('users');
    await expect(
      startMariaDb({ folder: bench.folder('broken'), certificates: await bench.certificates(), say, port: other.port }),
    ).rejects.toThrow(/Address already in use/);
    expect(other.port).not.toBe(port);
    await other.stop();
  });
});

/** The package's own client, over TCP; both of its outputs. */
async function clientOf({ host, port }: MariaDb): Promise<(how: readonly string[], sql: string) => string> {
  const { client } = await mariaDbInstallation(say);
  const who = [`--host=${host}`, `--port=${port}`, `--user=${USER.name}`, `--password=${USER.password}`];
  return (how, sql) => {
    const { stdout, stderr } = spawnSync(client, ['--no-defaults', ...who, ...how], { input: sql, encoding: 'utf8' });
    return stdout + stderr;
  };
}
