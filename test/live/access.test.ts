import { SecretRef } from '../../lib/core';
import {
  AccessControl,
  type AccessAction,
  type AccessRules,
  type AccessUser,
  Authenticator,
  can,
  ClientTls,
  GroupProvider,
  workerAccessRules,
} from '../../lib/trino';
import type { LocalUser } from '../../local/platform/local-authentication';
import { type LocalPlatform, startPlatform } from '../../local/platform/platform';
import { QueryError, type TrinoClient } from '../../local/servers/trino-client';
import { say, workbench } from './servers/workbench';
import { describePlatform, PLATFORM_TIMEOUT } from './support/shared';
import { smallDefinition } from './support/small-definition';

const ORDERS = { catalog: 'memory', schema: 'default', table: 'orders' };
const CUSTOMERS = { catalog: 'tpch', schema: 'tiny', table: 'customer' };

const RULES: AccessRules = {
  catalogs: [
    { user: 'platform', allow: 'all' },
    { catalog: 'memory', group: 'analysts', allow: 'all' },
    { catalog: 'memory', group: 'support', allow: 'read-only' },
    { catalog: 'tpch', group: 'analysts', allow: 'read-only' },
  ],
  schemas: [
    { user: 'platform', owner: true },
    { group: 'analysts', catalog: 'memory', schema: 'sandbox.*', owner: true },
    { owner: false },
  ],
  tables: [
    { user: 'platform', privileges: ['SELECT', 'INSERT', 'DELETE', 'UPDATE', 'OWNERSHIP', 'GRANT_SELECT'] },
    {
      ...ORDERS,
      group: 'analysts',
      privileges: ['SELECT', 'INSERT'],
      columns: [
        { name: 'price', mask: 'CAST(0 AS decimal(10, 2))' },
        { name: 'buyer', mask: "substr(buyer, 1, 1) || '***'" },
      ],
    },
    {
      ...ORDERS,
      group: 'support',
      privileges: ['SELECT'],
      columns: [{ name: 'price', allow: false }],
      filter: "region = 'EU'",
    },
    { ...CUSTOMERS, group: 'analysts', privileges: ['SELECT'] },
    { catalog: 'system', privileges: ['SELECT'] },
    { privileges: [] },
  ],
  queries: [{ user: 'platform', allow: ['execute', 'view', 'kill'] }, { allow: ['execute'] }],
  procedures: [{ catalog: 'system', schema: 'runtime', procedure: 'kill_query', privileges: ['EXECUTE'] }],
  impersonation: [
    { original_user: 'platform', new_user: 'bob', allow: false },
    { original_user: 'platform', new_user: '.*' },
  ],
  system_session_properties: [
    { user: 'platform', allow: true },
    { property: 'query_max_run_time|query_priority', allow: true },
    { allow: false },
  ],
};

const USERS: readonly LocalUser[] = [
  { name: 'platform', password: 'p' },
  { name: 'alice', password: 'a', groups: ['analysts'] },
  { name: 'bob', password: 'b', groups: ['support'] },
  { name: 'mallory', password: 'm' },
];

/** What each of the users tries, as an action and as SQL; what exists already is not asked for. */
const ATTEMPTS: readonly (readonly [AccessAction, string])[] = [
  [{ do: 'execute-query' }, 'SELECT 1'],
  [
    { do: 'select', ...ORDERS, columns: ['id', 'buyer', 'region'] },
    'SELECT id, buyer, region FROM memory.default.orders',
  ],
  [{ do: 'select', ...ORDERS, columns: ['price'] }, 'SELECT price FROM memory.default.orders'],
  [{ do: 'select', ...ORDERS, columns: ['id', 'buyer', 'price', 'region'] }, 'SELECT * FROM memory.default.orders'],
  [{ do: 'insert', ...ORDERS }, 'INSERT INTO memory.default.orders SELECT * FROM memory.default.empty_orders'],
  [{ do: 'delete', ...ORDERS }, 'DELETE FROM memory.default.orders WHERE id < 0'],
  [{ do: 'update', ...ORDERS }, "UPDATE memory.default.orders SET region = 'X' WHERE id < 0"],
  [{ do: 'own-table', ...ORDERS }, "COMMENT ON TABLE memory.default.orders IS 'ours'"],
  [{ do: 'select', ...CUSTOMERS, columns: ['name'] }, 'SELECT name FROM tpch.tiny.customer LIMIT 1'],
  [{ do: 'select', ...CUSTOMERS, table: 'nation', columns: ['name'] }, 'SELECT name FROM tpch.tiny.nation LIMIT 1'],
  [{ do: 'own-schema', catalog: 'memory', schema: 'sandbox_of' }, 'CREATE SCHEMA memory.sandbox_of_$USER'],
  [{ do: 'own-schema', catalog: 'memory', schema: 'other_of' }, 'CREATE SCHEMA memory.other_of_$USER'],
  [
    { do: 'call-procedure', catalog: 'system', schema: 'runtime', procedure: 'kill_query' },
    kill('20200101_000000_00000_aaaaa'),
  ],
  [{ do: 'set-session-property', property: 'query_priority' }, 'SET SESSION query_priority = 1'],
  [
    { do: 'set-session-property', property: 'join_reordering_strategy' },
    "SET SESSION join_reordering_strategy = 'NONE'",
  ],
  [
    { do: 'execute-function', catalog: 'system', schema: 'builtin', function: 'sequence' },
    'SELECT * FROM TABLE(sequence(1, 2))',
  ],
];

const bench = workbench();
jest.setTimeout(PLATFORM_TIMEOUT);

describePlatform('access rules', () => {
  let platform: LocalPlatform;
  beforeAll(async () => {
    platform = await startPlatform({
      definition: smallDefinition({
        accessControl: AccessControl.rules(RULES),
        authentication: {
          authenticators: [Authenticator.passwordFile({ users: SecretRef.of('users') })],
          groups: GroupProvider.file({ groups: SecretRef.of('groups') }),
        },
        clientTls: ClientTls.loadBalancer(),
      }),
      folder: bench.folder('platform'),
      users: USERS,
      say,
    });
    const columns = 'id bigint, buyer varchar, price decimal(10, 2), region varchar';
    const rows = "(1, 'ann', 9.99, 'EU'), (2, 'ben', 5.00, 'US'), (3, 'cyd', 7.50, 'EU')";
    for (const sql of [
      `CREATE TABLE memory.default.orders (${columns})`,
      `CREATE TABLE memory.default.empty_orders (${columns})`,
      `INSERT INTO memory.default.orders VALUES ${rows}`,
    ]) {
      await platform.client('platform').query(sql);
    }
  });
  afterAll(async () => {
    await platform.stop();
    bench.clear();
  });

  it.each(USERS)('let $name do what can() says, and nothing else', async (user) => {
    const expected = ATTEMPTS.map(([action, sql]) => [sql, can(RULES, accessUser(user), action).allowed]);
    const seen: unknown[] = [];
    for (const [, sql] of ATTEMPTS) {
      seen.push([sql, await isAllowed(platform.client(user.name), sql.replace('$USER', user.name))]);
    }
    expect(seen).toEqual(expected);
  });

  it.each([
    ['alice', ['id', 'buyer', 'price', 'region']],
    ['bob', ['id', 'buyer', 'region']],
    ['platform', ['id', 'buyer', 'price', 'region']],
  ])('show %s the rows and the values that the filter and the masks of can() leave', async (name, columns) => {
    const { filter = 'true', masks = {} } = can(RULES, userNamed(name), { do: 'select', ...ORDERS, columns });
    const masked = columns.map((column) => masks[column] ?? column).join(', ');
    const { rows: expected } = await platform
      .client('platform')
      .query(`SELECT ${masked} FROM memory.default.orders WHERE ${filter} ORDER BY id`);
    const { rows } = await platform
      .client(name)
      .query(`SELECT ${columns.join(', ')} FROM memory.default.orders ORDER BY id`);
    expect(rows).toEqual(expected);
  });

  it('let users look at and end the queries of others as can() says', async () => {
    const { id } = await platform.client('alice').query('SELECT 1');
    for (const user of USERS) {
      const client = platform.client(user.name);
      const seen = await client.value(`SELECT count(*) FROM system.runtime.queries WHERE query_id = '${id}'`);
      expect([user.name, seen === 1]).toEqual([user.name, decides(user, { do: 'view-query', owner: 'alice' })]);
      expect([user.name, await isAllowed(client, kill(id))]).toEqual([
        user.name,
        decides(user, { do: 'kill-query', owner: 'alice' }),
      ]);
    }
  });

  it('let users be others as can() says', async () => {
    for (const user of USERS) {
      for (const { name: as } of USERS.filter((other) => other !== user)) {
        const authorization = `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`;
        const client = platform.client(as, { headers: { Authorization: authorization } });
        const allowed = await client.value('SELECT current_user').then(
          (name) => name === as,
          () => false,
        );
        expect([user.name, as, allowed]).toEqual([user.name, as, decides(user, { do: 'impersonate', as })]);
      }
    }
  });

  it('let the drain user stop work on a worker, the metrics user read it, and nobody else do either', async () => {
    const { users } = platform.plan;
    const [worker] = platform.cluster.workers;
    const rules = workerAccessRules(users);
    for (const user of [users.metrics, 'platform', 'alice', users.drain]) {
      const [read, write] = (['read-system-information', 'write-system-information'] as const).map(
        (action) => can(rules, { user }, { do: action }).allowed,
      );
      expect([user, await statusOf(`${worker?.url}/metrics`, user)]).toEqual([user, read ? 200 : 403]);
      expect([user, await statusOf(`${worker?.url}/v1/info/state`, user, '"DRAINING"')]).toEqual([
        user,
        write ? 200 : 403,
      ]);
    }
    expect(await statusOf(`${worker?.url}/v1/info/state`, users.drain, '"ACTIVE"')).toBe(200);
  });

  it('let the metrics user alone read the metrics of the coordinator', async () => {
    const url = `${platform.cluster.coordinator.url}/metrics`;
    expect(await statusOf(url, platform.plan.users.metrics)).toBe(200);
    expect(await statusOf(url, 'alice')).toBe(403);
    expect(await statusOf(url, platform.plan.users.drain)).toBe(403);
  });
});

function decides(user: LocalUser, action: AccessAction): boolean {
  return can(RULES, accessUser(user), action).allowed;
}

function accessUser({ name, groups = [] }: LocalUser): AccessUser {
  return { user: name, groups };
}

function userNamed(name: string): AccessUser {
  return accessUser(USERS.find((user) => user.name === name) ?? { name, password: '' });
}

function kill(id: string): string {
  return `CALL system.runtime.kill_query(query_id => '${id}', message => 'test')`;
}

/** Whether Trino allows a statement; what it says of an allowed one that fails otherwise does not count. */
async function isAllowed(client: TrinoClient, sql: string): Promise<boolean> {
  try {
    await client.query(sql);
    return true;
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return error.errorName !== 'PERMISSION_DENIED';
  }
}

/** Of a request without a password, as Prometheus and the drain send it; with a new state it is a request to change it. */
async function statusOf(url: string, user: string, state?: string): Promise<number> {
  const headers = { 'X-Trino-User': user, 'Content-Type': 'application/json' };
  const { status } = await fetch(url, state === undefined ? { headers } : { method: 'PUT', headers, body: state });
  return status;
}
