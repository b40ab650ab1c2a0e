import { join } from 'node:path';
import { auditQuestions, auditRetention, auditViews, TrinoRelease, type TrinoDefinition } from '../../lib/trino';
import { LOCAL_RELEASE, type LocalPlatform, startPlatform } from '../../local/platform/platform';
import { SecretValues } from '../../local/platform/secret-values';
import { type Servers, startServers } from '../../local/platform/servers';
import { SILENT } from '../../local/platform/steps';
import { TrinoCluster } from '../../local/platform/trino-cluster';
import { findJava } from '../../local/servers/jdk';
import { type MariaDb, startMariaDb } from '../../local/servers/mariadb';
import { QueryError } from '../../local/servers/trino-client';
import { trinoServer } from '../../local/servers/trino-server';
import { definitionOf } from '../../stacks/known-environments';
import { say, workbench } from './servers/workbench';
import { eventually } from './support/eventually';
import { describePlatform, PLATFORM_TIMEOUT } from './support/shared';
import { smallDefinition } from './support/small-definition';

const EMOJI = "SELECT '🦆🎉' AS duck, 'tea\n\"and\" \\ tab\t'";
const bench = workbench();
jest.setTimeout(PLATFORM_TIMEOUT);

describePlatform('the audit log', () => {
  let servers: Servers;
  let mysql: MariaDb;
  let platform: LocalPlatform;
  beforeAll(async () => {
    const folder = bench.folder('servers');
    servers = await startServers({ folder, kinds: new Set(['mysql']), steps: SILENT, say });
    mysql = running(servers.mysql);
    platform = await startPlatform({ definition: audited(), folder: bench.folder('platform'), servers, say });
  });
  afterAll(async () => {
    await platform.stop();
    await mysql.stop();
    await servers.stop();
    bench.clear();
  });

  it('has one row for each query, whatever became of it', async () => {
    const ids = [
      await idOf('alice', 'SELECT count(*) FROM tpch.tiny.nation', 'airflow'),
      await idOf('bob', 'SELECT * FROM tpch.tiny.nowhere', 'cli'),
      await idOf('bob', 'SELEC', 'cli'),
      await idOf('platform', 'CREATE TABLE memory.default.t (x INT)', 'cli'),
      await idOf('bob', 'CREATE TABLE memory.default.u (x INT)', 'cli'),
    ];
    const rows = await eventually(
      () =>
        ask(
          "SELECT query_id, user, source, resource_group_id, query_state, error_code, query_type FROM trino_queries WHERE source <> 'cdktf-trino'",
        ),
      (found) => found.length >= ids.length,
    );
    expect(rows.sort()).toEqual([
      [ids[0], 'alice', 'airflow', 'global.etl', 'FINISHED', 'NULL', 'SELECT'],
      [ids[1], 'bob', 'cli', 'global.adhoc', 'FAILED', 'TABLE_NOT_FOUND', 'SELECT'],
      [ids[2], 'bob', 'cli', 'NULL', 'FAILED', 'SYNTAX_ERROR', 'NULL'],
      [ids[3], 'platform', 'cli', 'definitions', 'FINISHED', 'NULL', 'DATA_DEFINITION'],
      [ids[4], 'bob', 'cli', 'definitions', 'FAILED', 'PERMISSION_DENIED', 'DATA_DEFINITION'],
    ]);
  });

  it('keeps the text of a query as it was, emoji among it', async () => {
    const id = await idOf('alice', EMOJI);
    const [[text = ''] = []] = await rowOf(id, 'hex(query)');
    expect(Buffer.from(text, 'hex').toString('utf8')).toBe(EMOJI);
  });

  it('goes on after its database was away, and no query fails meanwhile', async () => {
    await mysql.stop();
    const lost = await platform.client('alice').query('SELECT count(*) FROM tpch.tiny.nation');
    expect(lost.rows).toEqual([[25]]);
    mysql = await startMariaDb({
      folder: join(bench.folder('servers'), 'mysql'),
      certificates: servers.certificates,
      port: mysql.port,
      say,
    });
    const id = await idOf('alice', 'SELECT 1');
    expect(await rowOf(id, 'query_state')).toEqual([['FINISHED']]);
  });

  it('answers the questions of the runbook', async () => {
    for (const { name, sql } of auditQuestions()) {
      expect([name, (await ask(sql)).length > 0]).toEqual([name, true]);
    }
    for (const view of auditViews()) await ask(view);
    const failures = await ask('SELECT error_code, queries FROM failed_queries');
    expect(failures).toContainEqual(['PERMISSION_DENIED', '1']);
  });

  it('forgets what is older than the retention and nothing else', async () => {
    const id = await idOf('alice', 'SELECT 2');
    await rowOf(id, 'query_state');
    const before = await count();
    await ask(`UPDATE trino_queries SET query_id = '20200101_000000_00000_aaaaa' WHERE query_id = '${id}'`);
    await ask(auditRetention(30));
    expect(await count()).toBe(before - 1);
  });

  it(`is needed for a start of ${LOCAL_RELEASE}, as the plan warns`, async () => {
    expect(platform.plan.cautions).toContainEqual(expect.objectContaining({ path: expect.stringContaining('audit') }));
    await mysql.stop();
    const start = TrinoCluster.start({
      plan: platform.plan,
      home: await trinoServer(LOCAL_RELEASE, say),
      java: findJava(TrinoRelease.of(LOCAL_RELEASE).javaVersion),
      folder: bench.folder('second'),
      secrets: new SecretValues(platform.local.secrets),
      workers: 0,
    });
    await expect(start).rejects.toThrow(/event listener|Communications link failure/i);
  });

  /** Id of a query, whether it fails or not. */
  async function idOf(user: string, sql: string, source?: string): Promise<string> {
    try {
      return (await platform.client(user, source === undefined ? {} : { source }).query(sql)).id;
    } catch (error) {
      if (error instanceof QueryError) return error.queryId;
      throw error;
    }
  }

  async function ask(sql: string): Promise<string[][]> {
    const answer = await mysql.run(`USE trino_audit; ${sql};`);
    return answer === '' ? [] : answer.split('\n').map((line) => line.split('\t'));
  }

  /** The listener writes when the client has its rows already. */
  function rowOf(id: string, columns: string): Promise<string[][]> {
    return eventually(
      () => ask(`SELECT ${columns} FROM trino_queries WHERE query_id = '${id}'`),
      (rows) => rows.length > 0,
    );
  }

  async function count(): Promise<number> {
    return Number((await ask('SELECT count(*) FROM trino_queries'))[0]?.[0]);
  }
});

/** `production` with its audit log and without its catalogs. */
function audited(): TrinoDefinition {
  const { audit } = definitionOf('production');
  if (audit === undefined) throw new Error('production has no audit log');
  return smallDefinition({ audit });
}

function running(mysql: MariaDb | undefined): MariaDb {
  if (mysql === undefined) throw new Error('MariaDB was not started');
  return mysql;
}
