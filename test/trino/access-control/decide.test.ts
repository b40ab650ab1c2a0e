import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  type AccessAction,
  type AccessRules,
  type AccessUser,
  can,
  type ImpersonationRule,
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

/** A rule, who asks, whom to be, and whether the classes of Trino 476 and 483 let it be. */
const REFERENCES: readonly (readonly [ImpersonationRule, user: string, as: string, may: boolean])[] = [
  [{ original_user: '(a)(b)', new_user: '$1$2_x' }, 'ab', 'ab_x', true],
  [{ original_user: '(a)(b)', new_user: '$12' }, 'ab', 'a2', true],
  [{ original_user: '(a)', new_user: '$010' }, 'a', 'a0', true],
  [{ original_user: 'a(.*)', new_user: '$0|$1' }, 'ab', 'ab', true],
  [{ original_user: '(a)|(b)', new_user: '$2x' }, 'a', 'x', true],
  [{ original_user: '(?<n>.*)', new_user: '[${n}]' }, 'ab', 'b', true],
  // With original_user, every backslash is gone before new_user is a pattern.
  [{ original_user: 'airflow', new_user: 'svc\\.etl' }, 'airflow', 'svcXetl', true],
  [{ original_user: 'airflow', new_user: 'svc[.]etl' }, 'airflow', 'svcXetl', false],
  [{ original_user: 'airflow', new_user: 'bob\\d+' }, 'airflow', 'bob1', false],
  [{ original_user: 'airflow', new_user: 'bob\\d+' }, 'airflow', 'bobd', true],
  [{ original_user: 'a(.*)', new_user: '[\\$]1' }, 'ab', '$1', true],
  [{ new_user: 'svc\\.etl' }, 'airflow', 'svcXetl', false],
  [{ new_user: 'bob\\d+' }, 'airflow', 'bob1', true],
  [{ new_user: 'bob$' }, 'airflow', 'bob', true],
];

/** A principal's pattern, the user made of it, a principal, a user, and what the same classes say. */
const PRINCIPALS: readonly (readonly [string, string, principal: string, user: string, may: boolean])[] = [
  ['(.+)@acme', 'svc_$1', 'alice@acme', 'svc_alice', true],
  ['([^/]+)(/.*)?@.*', '$1', 'bob/host@REALM', 'bob', true],
  ['(?<name>[^@]+)@.*', '${name}', 'alice@acme', 'alice', true],
  ['(?<name>[^@]+)@.*', '\\${name}', 'alice@acme', '${name}', true],
  // All matches are replaced, also the empty one that follows `(.*)`, and the first alternative is enough for one.
  ['(.*)', '$1', 'alice', 'alice', true],
  ['(.*)', 'svc_$1', 'alice', 'svc_alice', false],
  ['(.*)', 'svc_$1', 'alice', 'svc_alicesvc_', true],
  ['^(.*)$', 'svc_$1', 'alice', 'svc_alice', true],
  ['a|ab', 'x', 'ab', 'x', false],
  ['a|ab', 'x', 'ab', 'xb', true],
];

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

  test.each(REFERENCES)(
    'who may be whom, as the classes of Trino 476 and 483 say: %j, %s as %s: %s',
    (rule, user, as, may) => {
      expect(can({ impersonation: [rule] }, { user }, { do: 'impersonate', as }).allowed).toBe(may);
    },
  );

  test.each(PRINCIPALS)(
    '%s as %s, a principal %s as the user %s: %s',
    (principal, principal_to_user, name, user, may) => {
      const principals = [{ principal, principal_to_user, allow: true }];
      expect(can({ principals }, { user }, { do: 'log-in', principal: name }).allowed).toBe(may);
    },
  );

  test('fails when a user of a rule refers to a group that its pattern does not have', () => {
    const impersonation = [{ original_user: '(.*)_backend', new_user: '$2' }];
    const asked = { do: 'impersonate', as: 'team' } as const;
    expect(() => can({ impersonation }, { user: 'team_backend' }, asked)).toThrow(
      "'$2': '(.*)_backend' has no such group",
    );
    expect(can({ impersonation }, { user: 'somebody' }, asked).allowed).toBe(false);
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
