import { DataSize, Duration } from '../../lib/core';
import {
  type QueryContext,
  type ResourceGroups,
  type SessionDefault,
  sessionDefaultsFor,
  sessionLimits,
  whichGroup,
} from '../../lib/trino';
import { type LocalPlatform, startPlatform } from '../../local/platform/platform';
import { say, workbench } from './servers/workbench';
import { describePlatform, PLATFORM_TIMEOUT } from './support/shared';
import { smallDefinition } from './support/small-definition';
import { StatementClient } from './support/statement-client';

const GROUPS: ResourceGroups = {
  rootGroups: [
    {
      name: 'global',
      hardConcurrencyLimit: 20,
      maxQueued: 20,
      subGroups: [
        { name: 'one', hardConcurrencyLimit: 1, maxQueued: 1 },
        { name: 'etl', hardConcurrencyLimit: 5, maxQueued: 5 },
        { name: 'runaway', hardConcurrencyLimit: 5, maxQueued: 5 },
        { name: 'explain', hardConcurrencyLimit: 5, maxQueued: 5 },
        {
          name: 'people',
          hardConcurrencyLimit: 5,
          maxQueued: 5,
          subGroups: [{ name: '${team}-${USER}', hardConcurrencyLimit: 5, maxQueued: 5 }],
        },
        { name: 'adhoc', hardConcurrencyLimit: 5, maxQueued: 5 },
      ],
    },
    { name: 'definitions', hardConcurrencyLimit: 5, maxQueued: 5 },
  ],
  selectors: [
    { queryType: 'DATA_DEFINITION', group: 'definitions' },
    { source: 'one', group: 'global.one' },
    { source: 'runaway.*', group: 'global.runaway' },
    { source: '.*(airflow|dbt).*', group: 'global.etl' },
    { clientTags: ['etl', 'nightly'], group: 'global.etl' },
    { queryType: 'EXPLAIN', group: 'global.explain' },
    { user: '(?<team>sales|finance)_.*', group: 'global.people.${team}-${USER}' },
    { group: 'global.adhoc' },
  ],
};

const LIMITS: readonly SessionDefault[] = [
  { source: 'runaway-time', sessionProperties: sessionLimits({ maxExecutionTime: Duration.seconds(2) }) },
  { source: 'runaway-cpu', sessionProperties: sessionLimits({ maxCpuTime: Duration.millis(50) }) },
  { group: 'global\\.runaway', sessionProperties: sessionLimits({ maxMemory: DataSize.mib(64) }) },
  { source: 'runaway-scan', sessionProperties: sessionLimits({ maxScanPhysicalBytes: DataSize.kib(1) }) },
  { source: 'runaway-memory', sessionProperties: sessionLimits({ maxMemory: DataSize.mib(1) }) },
  { group: 'global\\.(etl|adhoc)', sessionProperties: { join_distribution_type: 'PARTITIONED', query_priority: '3' } },
  { source: 'joins.*', sessionProperties: { join_distribution_type: 'BROADCAST' } },
  { clientTags: ['nightly'], sessionProperties: { query_priority: '7' } },
];
/** What Trino does where there is no default of ours. */
const OWN_DEFAULTS = { join_distribution_type: 'AUTOMATIC', query_priority: '1' };

/** Runs until it is ended: nobody fetches its rows, so that it waits without a processor. */
const ENDLESS = 'SELECT * FROM tpch.sf1.lineitem';

interface Case extends QueryContext {
  readonly queryText: string;
}

const CASES: readonly Case[] = [
  { user: 'alice', queryText: 'SELECT 1', queryType: 'SELECT' },
  { user: 'alice', source: 'my-dbt-run', queryText: 'SELECT 1', queryType: 'SELECT' },
  { user: 'alice', source: 'dbt', queryText: 'USE memory.default', queryType: 'DATA_DEFINITION' },
  { user: 'alice', clientTags: ['etl'], queryText: 'SELECT 1', queryType: 'SELECT' },
  { user: 'alice', clientTags: ['x', 'nightly', 'etl'], queryText: 'SELECT 1', queryType: 'SELECT' },
  { user: 'alice', queryText: 'EXPLAIN SELECT 1', queryType: 'EXPLAIN' },
  { user: 'alice', queryText: 'SHOW SCHEMAS FROM tpch', queryType: 'DESCRIBE' },
  { user: 'alice', queryText: 'CREATE TABLE memory.default.one AS SELECT 1 AS x', queryType: 'INSERT' },
  { user: 'alice', queryText: 'CREATE TABLE memory.default.two (x INT)', queryType: 'DATA_DEFINITION' },
  { user: 'alice', queryText: 'INSERT INTO memory.default.two VALUES 1', queryType: 'INSERT' },
  { user: 'alice', queryText: 'CALL system.runtime.kill_query()', queryType: 'DATA_DEFINITION' },
  { user: 'sales_dave', queryText: 'SELECT 1', queryType: 'SELECT' },
  { user: 'finance_erin', source: '', queryText: 'SELECT 1', queryType: 'SELECT' },
  { user: 'bob', source: 'one', queryText: 'SELECT 1', queryType: 'SELECT' },
];

const bench = workbench();
jest.setTimeout(PLATFORM_TIMEOUT);

describePlatform('resource groups', () => {
  let platform: LocalPlatform;
  beforeAll(async () => {
    const changes = { resourceGroups: GROUPS, sessionDefaults: LIMITS };
    platform = await startPlatform({ definition: smallDefinition(changes), folder: bench.folder('platform'), say });
    await platform.client('platform').query('CREATE TABLE memory.default.lines AS SELECT * FROM tpch.tiny.lineitem');
  });
  afterAll(async () => {
    await platform.stop();
    bench.clear();
  });
  const as = (query: QueryContext) => new StatementClient(platform.url, query);

  it('put each query where whichGroup says', async () => {
    const expected = CASES.map((query) => [query, whichGroup(query, GROUPS)?.group]);
    const seen: unknown[] = [];
    for (const query of CASES) seen.push([query, await groupOf(query)]);
    expect(seen).toEqual(expected);
  });

  it('let queries wait, refuse what finds no place, and let the operator end what holds it', async () => {
    const alice = as({ user: 'alice', source: 'one' });
    const holder = await alice.begin(ENDLESS);
    await alice.until(holder, ({ state }) => state === 'RUNNING');
    const waiting = await alice.begin('SELECT 42');
    await alice.until(waiting, ({ state }) => state === 'QUEUED');
    const refused = await alice.begin('SELECT 43');
    await alice.until(refused, ({ error }) => error === 'QUERY_QUEUE_FULL');
    expect((await alice.look(waiting)).state).toBe('QUEUED');

    const kill = `CALL system.runtime.kill_query(query_id => '${holder}', message => 'too long')`;
    await expect(platform.client('bob', { source: 'one' }).query(kill)).rejects.toThrow(/PERMISSION_DENIED/);
    await platform.client('platform', { source: 'one' }).query(kill);
    await alice.until(holder, ({ error }) => error === 'ADMINISTRATIVELY_KILLED');
    await alice.until(waiting, ({ state }) => state !== 'QUEUED');
    await alice.cancel(waiting);
  });

  it.each([
    ['runaway-time', ENDLESS, 'EXCEEDED_TIME_LIMIT'],
    ['runaway-cpu', 'SELECT count(DISTINCT comment) FROM tpch.sf1.orders', 'EXCEEDED_CPU_LIMIT'],
    ['runaway-memory', 'SELECT count(DISTINCT comment) FROM tpch.sf1.orders', 'EXCEEDED_GLOBAL_MEMORY_LIMIT'],
    ['runaway-scan', 'SELECT * FROM memory.default.lines', 'EXCEEDED_SCAN_LIMIT'],
  ])('end a query that runs away: %s', async (source, sql, error) => {
    const alice = as({ user: 'alice', source });
    const query = await alice.begin(sql);
    expect(await alice.until(query, ({ state }) => state === 'FAILED')).toMatchObject({ error });
  });

  it('give each query the session defaults that sessionDefaultsFor says', async () => {
    for (const query of [
      { user: 'alice' },
      { user: 'alice', source: 'joins' },
      { user: 'sales_dave', source: 'joins-2' },
      { user: 'sales_dave' },
      { user: 'alice', clientTags: ['nightly', 'etl'] },
      { user: 'alice', source: 'joins', clientTags: ['nightly'] },
    ]) {
      expect([query, await sessionOf(query)]).toEqual([query, { ...OWN_DEFAULTS, ...defaultsFor(query) }]);
    }
  });

  it('have the limits of the definition for everybody else', async () => {
    const { rows } = await platform.client('alice').query("SHOW SESSION LIKE 'query_max_execution_time'");
    const [[, value] = []] = rows;
    expect(String(value).replace('.00', '')).toBe(platform.plan.limits.maxExecutionTime.toTrino());
  });

  async function sessionOf({ user, source = '', clientTags: tags = [] }: QueryContext) {
    const { rows } = await platform.client(user, { source, tags }).query('SHOW SESSION');
    const all = Object.fromEntries(rows.map(([name, value]) => [String(name), value]));
    return Object.fromEntries(Object.keys(OWN_DEFAULTS).map((name) => [name, all[name]]));
  }

  async function groupOf(query: Case): Promise<string | undefined> {
    const client = as(query);
    const id = await client.begin(query.queryText);
    const { group } = await client.until(id, (query) => query.group !== undefined);
    await client.cancel(id);
    return group;
  }
});

function defaultsFor(query: QueryContext): Readonly<Record<string, string>> {
  const shown = { ...query, queryType: 'DESCRIBE' } as const;
  return sessionDefaultsFor({ ...shown, group: whichGroup(shown, GROUPS)?.group ?? '' }, LIMITS);
}
