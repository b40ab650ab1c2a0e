import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  type AccessAction,
  type AccessRules,
  type AccessUser,
  can,
  workerAccessRules,
} from '../../../lib/trino/access-control';

interface Recorded {
  readonly rules: AccessRules;
  readonly user: AccessUser;
  readonly answers: readonly { readonly action: AccessAction; readonly allowed: boolean }[];
}

/** Random rules files with what the access control classes of a real Trino 476 answered. */
const RECORDED = readFileSync(join(__dirname, 'decisions-476.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded);

const RULES: AccessRules = {
  catalogs: [
    { group: 'admins', allow: 'all' },
    { catalog: '(hive|mysql)', allow: 'read-only' },
  ],
  tables: [
    { group: 'admins', privileges: ['SELECT', 'INSERT', 'DELETE', 'UPDATE', 'OWNERSHIP', 'GRANT_SELECT'] },
    { catalog: 'hive', schema: 'secret', privileges: [] },
    {
      catalog: 'mysql',
      schema: 'shop',
      table: 'products',
      privileges: ['SELECT'],
      columns: [
        { name: 'price', mask: '0' },
        { name: 'cost', allow: false },
      ],
      filter: "country = 'de'",
    },
    { privileges: ['SELECT', 'INSERT'] },
  ],
  queries: [{ group: 'admins', allow: ['execute', 'kill', 'view'] }, { allow: ['execute'] }],
};
const ADMIN = { user: 'alice', groups: ['admins'] };
const ANALYST = { user: 'bob', groups: ['analysts'] };
const table = (catalog: string, schema: string, name: string) => ({ catalog, schema, table: name });

describe('can: what Trino answers', () => {
  test('the first rule that matches decides, and the answer names it', () => {
    expect(can(RULES, ANALYST, { do: 'select', ...table('hive', 'sales', 'orders') })).toEqual({
      allowed: true,
      because: 'tables[3]',
    });
    expect(can(RULES, ANALYST, { do: 'select', ...table('hive', 'secret', 'keys') })).toEqual({
      allowed: false,
      because: 'tables[1]',
    });
  });

  test('a catalog that is read-only refuses the write that a table rule allows', () => {
    expect(can(RULES, ANALYST, { do: 'insert', ...table('hive', 'sales', 'orders') })).toEqual({
      allowed: false,
      because: 'catalogs[1]',
    });
    expect(can(RULES, ADMIN, { do: 'insert', ...table('hive', 'sales', 'orders') }).allowed).toBe(true);
  });

  test('no match is a refusal; the system catalog is open unless a rule closes it', () => {
    expect(can(RULES, ANALYST, { do: 'access-catalog', catalog: 'kafka' }).because).toBe(
      "no rule of 'catalogs' matches",
    );
    expect(can(RULES, ANALYST, { do: 'access-catalog', catalog: 'system' }).allowed).toBe(true);
    const closed: AccessRules = { catalogs: [{ catalog: 'system', allow: 'none' }] };
    expect(can(closed, ANALYST, { do: 'access-catalog', catalog: 'system' }).allowed).toBe(false);
  });

  test('filters and masks come with the answer, a hidden column is a refusal', () => {
    const products = table('mysql', 'shop', 'products');
    expect(can(RULES, ANALYST, { do: 'select', ...products, columns: ['price'] })).toEqual({
      allowed: true,
      because: 'tables[2]',
      filter: "country = 'de'",
      masks: { price: '0' },
    });
    expect(can(RULES, ANALYST, { do: 'select', ...products, columns: ['cost'] }).because).toBe('tables[2] hides cost');
  });

  test('everybody may kill their own queries, others need the rule', () => {
    expect(can(RULES, ANALYST, { do: 'kill-query', owner: 'bob' }).allowed).toBe(true);
    expect(can(RULES, ANALYST, { do: 'kill-query', owner: 'carol' })).toEqual({
      allowed: false,
      because: 'queries[1]',
    });
    expect(can(RULES, ADMIN, { do: 'kill-query', owner: 'carol' }).allowed).toBe(true);
  });

  test('a section that is left out allows everything but the five that protect the platform', () => {
    const open: readonly AccessAction[] = [
      { do: 'execute-query' },
      { do: 'kill-query', owner: 'carol' },
      { do: 'own-schema', catalog: 'hive', schema: 'new' },
      { do: 'own-table', ...table('hive', 'new', 't') },
      { do: 'set-session-property', property: 'query_max_run_time' },
      { do: 'set-session-property', property: 'x', catalog: 'hive' },
      { do: 'log-in', principal: 'somebody' },
    ];
    const closed: readonly AccessAction[] = [
      { do: 'read-system-information' },
      { do: 'write-system-information' },
      { do: 'impersonate', as: 'carol' },
      { do: 'call-procedure', catalog: 'system', schema: 'runtime', procedure: 'kill_query' },
      { do: 'execute-function', catalog: 'mysql', schema: 'system', function: 'query' },
      { do: 'hand-over-table', ...table('hive', 'new', 't'), to: 'carol' },
    ];
    expect(open.filter((action) => !can({}, ANALYST, action).allowed)).toEqual([]);
    expect(closed.filter((action) => can({}, ANALYST, action).allowed)).toEqual([]);
  });

  test('impersonation fills in what the pattern of the original user caught', () => {
    const rules: AccessRules = { impersonation: [{ original_user: '(.*)_backend', new_user: '$1_sandbox' }] };
    const backend = { user: 'team_backend' };
    expect(can(rules, backend, { do: 'impersonate', as: 'team_sandbox' }).allowed).toBe(true);
    expect(can(rules, backend, { do: 'impersonate', as: 'other_sandbox' }).allowed).toBe(false);
  });

  test('fails when only Java can evaluate a pattern', () => {
    const rules: AccessRules = { catalogs: [{ user: 'a++', allow: 'all' }] };
    expect(() => can(rules, ANALYST, { do: 'access-catalog', catalog: 'hive' })).toThrow(
      "'a++' can be evaluated by Java only",
    );
  });

  test('the recorded answers of Trino 476 are all given again', () => {
    const differing = RECORDED.flatMap(({ rules, user, answers }) =>
      answers.filter(({ action, allowed }) => can(rules, user, action).allowed !== allowed),
    );
    expect(RECORDED.flatMap(({ answers }) => answers).length).toBeGreaterThan(700);
    expect(differing).toEqual([]);
  });
});

describe('the rules of a worker', () => {
  const rules = workerAccessRules({ drain: 'trino-drain', metrics: 'metrics' });
  const may = (user: string, action: 'read-system-information' | 'write-system-information') =>
    can(rules, { user, groups: ['admins'] }, { do: action }).allowed;

  test('the drain user may write, the metrics user may read, and neither may do what the other does', () => {
    expect(may('trino-drain', 'write-system-information')).toBe(true);
    expect(may('metrics', 'read-system-information')).toBe(true);
    expect(may('metrics', 'write-system-information')).toBe(false);
    expect(may('trino-drain', 'read-system-information')).toBe(false);
  });

  test('nobody else may do either, whatever the two are called', () => {
    const name = fc.stringMatching(/^[a-z.*+@-]{1,12}$/);
    fc.assert(
      fc.property(name, name, name, (drain, metrics, other) => {
        fc.pre(other !== drain && other !== metrics);
        const own = workerAccessRules({ drain, metrics });
        expect(can(own, { user: other }, { do: 'write-system-information' }).allowed).toBe(false);
        expect(can(own, { user: other }, { do: 'read-system-information' }).allowed).toBe(false);
        expect(can(own, { user: drain }, { do: 'write-system-information' }).allowed).toBe(true);
        expect(can(own, { user: metrics }, { do: 'read-system-information' }).allowed).toBe(true);
      }),
    );
  });
});
