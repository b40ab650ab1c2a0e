import {
  accessRuleCautions,
  accessRuleViolations,
  type AccessRules,
  AccessControl,
  can,
  catalogRuleCautions,
  renderAccessRules,
  type TableRule,
  withMetricsUser,
} from '../../../lib/trino/access-control';

const paths = (rules: unknown) => accessRuleViolations(rules as AccessRules).map(({ path }) => path);
const fixes = (rules: unknown) => accessRuleViolations(rules as AccessRules).map(({ fix }) => fix);

describe('rules that Trino would not start with', () => {
  test('the example of the documentation passes', () => {
    const rules: AccessRules = {
      catalogs: [
        { role: 'admin', catalog: '(mysql|system)', allow: 'all' },
        { group: 'finance|human_resources', catalog: 'postgres', allow: 'all' },
        { catalog: 'hive', allow: 'all' },
        { user: 'alice', catalog: 'postgresql', allow: 'read-only' },
        { catalog: 'system', allow: 'none' },
      ],
      queries: [{ group: 'contractors', queryOwner: 'alice|dave', allow: ['view'] }, { allow: ['execute'] }],
      impersonation: [{ original_user: '(.*)_backend', new_user: '$1_backend_sandbox' }],
      authorization: [
        { original_role: 'admin', new_user: 'bob', allow: false },
        { original_role: 'admin', new_user: '.*' },
      ],
      system_information: [
        { role: 'admin', allow: ['read', 'write'] },
        { user: 'alice', allow: ['read'] },
      ],
    };
    expect(accessRuleViolations(rules)).toEqual([]);
  });

  test("fails when a section or a key is not Trino's", () => {
    expect(paths({ tabels: [] })).toEqual(['tabels']);
    expect(paths({ tables: [{ privilege: ['SELECT'], privileges: [] }] })).toEqual(['tables[0].privilege']);
  });

  test('fails when system information is given to a group: its rules know users and roles only', () => {
    expect(paths({ system_information: [{ group: 'admins', allow: ['read'] }] })).toEqual([
      'system_information[0].group',
    ]);
    expect(paths({ system_information: [{ role: 'admins', allow: ['read'] }] })).toEqual([]);
  });

  test('fails when a rule about the queries of others allows execute', () => {
    expect(paths({ queries: [{ queryOwner: 'bob', allow: ['execute', 'kill'] }] })).toEqual(['queries[0].queryOwner']);
    expect(paths({ queries: [{ queryOwner: 'bob', allow: ['kill'] }] })).toEqual([]);
  });

  test('fails when a principal or authorization rule names nobody', () => {
    expect(paths({ principals: [{ principal: '.*', allow: true }] })).toEqual(['principals[0]']);
    expect(paths({ authorization: [{ original_user: 'alice' }] })).toEqual(['authorization[0]']);
  });

  test('fails when a column is constrained twice', () => {
    const columns = [
      { name: 'price', allow: true },
      { name: 'price', mask: '0' },
    ];
    expect(paths({ tables: [{ privileges: ['SELECT'], columns }] })).toEqual(['tables[0].columns']);
  });

  test('fails when a pattern is broken in Java, too', () => {
    expect(paths({ catalogs: [{ catalog: '(hive|mysql', allow: 'all' }] })).toEqual(['catalogs[0].catalog']);
    expect(paths({ catalogs: [{ catalog: '(?i)hive|mysql', allow: 'all' }] })).toEqual([]);
    expect(paths({ catalogs: [{ catalog: 'h++', allow: 'all' }] })).toEqual([]);
  });
});

/** Each was given to the classes of Trino 476 and 483. */
describe('values of a file that no compiler has read', () => {
  const column = (it: unknown) => ({ tables: [{ privileges: ['SELECT'], columns: [it] }] });

  test.each<[string, unknown]>([
    ['rules', []],
    ['rules', null],
    ['catalogs', { catalogs: { allow: 'all' } }],
    ['catalogs', { catalogs: null }],
    ['catalogs[0]', { catalogs: [null] }],
    ['catalogs[1]', { catalogs: [{ user: 'a', allow: 'all' }, 'all'] }],
    ['catalogs[0].allow', { catalogs: [{}] }],
    ['catalogs[0].allow', { catalogs: [{ allow: 'readonly' }] }],
    ['catalogs[0].allow', { catalogs: [{ allow: 'true' }] }],
    ['catalogs[0].user', { catalogs: [{ allow: 'all', user: ['a'] }] }],
    ['schemas[0].owner', { schemas: [{ owner: 'yes' }] }],
    ['tables[0].privileges', { tables: [{}] }],
    ['tables[0].privileges', { tables: [{ privileges: 'SELECT' }] }],
    ['tables[0].privileges[1]', { tables: [{ privileges: ['SELECT', 'DROP'] }] }],
    ['tables[0].filter', { tables: [{ privileges: [], filter: {} }] }],
    ['tables[0].filter_environment', { tables: [{ privileges: [], filter_environment: 'bob' }] }],
    ['tables[0].filter_environment.usr', { tables: [{ privileges: [], filter_environment: { usr: 'bob' } }] }],
    ['tables[0].columns', { tables: [{ privileges: [], columns: {} }] }],
    ['tables[0].columns[0].name', column({ allow: false })],
    ['tables[0].columns[0].allow', column({ name: 'a', allow: 'no' })],
    ['tables[0].columns[0].masks', column({ name: 'a', masks: '0' })],
    ['functions[0].privileges', { functions: [{}] }],
    ['procedures[0].privileges[0]', { procedures: [{ privileges: ['OWNERSHIP'] }] }],
    ['queries[0].allow', { queries: [{ allow: 'execute' }] }],
    ['queries[0].allow[0]', { queries: [{ allow: ['run'] }] }],
    ['queries[0].queryOwner', { queries: [{ queryOwner: 'bob', allow: ['EXECUTE'] }] }],
    ['impersonation[0].new_user', { impersonation: [{ original_user: 'bob' }] }],
    ['impersonation[0].allow', { impersonation: [{ new_user: 'bob', allow: 'yes' }] }],
    ['principals[0].principal', { principals: [{ user: 'bob', allow: true }] }],
    ['system_information[0].allow[0]', { system_information: [{ allow: ['execute'] }] }],
    ['authorization[0].allow', { authorization: [{ new_user: 'bob', allow: 'yes' }] }],
    ['system_session_properties[0].allow', { system_session_properties: [{ allow: 'all' }] }],
  ])('fails for %s in %j', (path, rules) => {
    expect(paths(rules)).toEqual([path]);
  });

  test.each<[unknown]>([
    [{}],
    [{ catalogs: undefined }],
    [{ catalogs: [{ allow: 'Read-Only' }] }],
    [{ catalogs: [{ allow: false }] }],
    [{ schemas: [{ user: 'bob', owner: false }, {}] }],
    [{ tables: [{ privileges: ['select', 'Grant_Select'] }] }],
    [{ tables: [{ privileges: [] }] }],
    [column({ name: 'a', allow: true, mask: '0', mask_environment: { user: 'bob' } })],
    [{ functions: [{ privileges: ['EXECUTE', 'grant_execute', 'OWNERSHIP'] }] }],
    [{ queries: [{ allow: ['EXECUTE', 'View'] }] }],
    [{ queries: [{ allow: [] }] }],
    [{ system_information: [{ allow: ['READ'] }] }],
    [{ impersonation: [{ new_user: 'bob' }] }],
    [{ system_session_properties: [{}] }],
  ])('%j passes', (rules) => {
    expect(accessRuleViolations(rules as AccessRules)).toEqual([]);
  });

  test('constants are written as Trino writes them, so that they mean the same here', () => {
    const rules = {
      catalogs: [{ user: 'bob', allow: true }, { allow: 'NONE' }],
      tables: [{ schema: 'a', privileges: ['select'] }],
      queries: [{ allow: ['Execute'] }],
      schemas: undefined,
    };
    expect(AccessControl.rules(rules as unknown as AccessRules).rules).toEqual({
      catalogs: [{ user: 'bob', allow: 'all' }, { allow: 'none' }],
      tables: [{ schema: 'a', privileges: ['SELECT'] }],
      queries: [{ allow: ['execute'] }],
    });
  });
});

describe('rules that Trino starts with and trips over later', () => {
  test.each(['$2', 'a$', '$x', '$', '${name}', '${1}'])('fails when no group of the pattern is called %s', (text) => {
    const principals = [{ principal: '(.*)@acme', principal_to_user: text, allow: true }];
    expect(paths({ principals })).toEqual(['principals[0].principal_to_user']);
  });

  test.each(['$1', '$0', '$12', '\\$2', '\\\\$1'])('the pattern has a group for %s', (text) => {
    expect(paths({ principals: [{ principal: '(.*)@acme', principal_to_user: text, allow: true }] })).toEqual([]);
  });

  test('fails when a new user refers to a group that the original user does not have', () => {
    expect(paths({ impersonation: [{ original_user: 'a.*', new_user: '$1' }] })).toEqual(['impersonation[0].new_user']);
    expect(paths({ impersonation: [{ original_user: '(?<n>.*)', new_user: '[${n}]+' }] })).toEqual([]);
    expect(paths({ impersonation: [{ original_user: '(a++)', new_user: '$1' }] })).toEqual([]);
    expect(paths({ impersonation: [{ new_user: 'alice$' }] })).toEqual([]);
  });
});

describe('rules that cannot have an effect', () => {
  test('fails when an earlier rule matches everything that a rule matches', () => {
    const rules = { catalogs: [{ allow: 'read-only' }, { user: 'admin', allow: 'all' }] };
    expect(paths(rules)).toEqual(['catalogs[1]']);
    expect(fixes(rules)).toEqual(['move it in front of catalogs[0], or delete it']);
    expect(paths({ catalogs: [{ user: 'admin', allow: 'all' }, { allow: 'read-only' }] })).toEqual([]);
  });

  test('a rule for owners of queries hides no rule without one', () => {
    expect(paths({ queries: [{ queryOwner: '.*', allow: ['kill'] }, { allow: ['execute'] }] })).toEqual([]);
    expect(paths({ queries: [{ allow: ['execute'] }, { queryOwner: 'bob', allow: ['kill'] }] })).toEqual([
      'queries[1]',
    ]);
  });

  test('what is called unreachable never decides', () => {
    const rules: AccessRules = {
      tables: [
        { schema: '.*', privileges: ['SELECT'] },
        { schema: 'a', privileges: [] },
      ],
    };
    expect(paths(rules)).toEqual(['tables[1]']);
    expect(can(rules, { user: 'x' }, { do: 'select', catalog: 'c', schema: 'a', table: 't' }).because).toBe(
      'tables[0]',
    );
  });
});

describe('rules that are hardly meant', () => {
  const cautions = (rules: AccessRules) => accessRuleCautions(rules).map(({ path, text }) => `${path}: ${text}`);
  const KILL = { group: 'admins', allow: ['execute', 'kill'] } as const;
  const CALL_KILL = { group: 'admins', catalog: 'system', schema: 'runtime', privileges: ['EXECUTE'] } as const;

  test('nobody may kill: said when there is no rule for it', () => {
    expect(cautions({ queries: [{ allow: ['execute'] }] })).toEqual([
      expect.stringContaining("queries: no rule allows 'kill': nobody can stop another user's query"),
    ]);
    expect(cautions({ queries: [KILL], procedures: [CALL_KILL] })).toEqual([]);
  });

  test('killing by SQL needs the procedure, too: said when it is missing', () => {
    expect(cautions({ queries: [KILL] })).toEqual([
      expect.stringContaining('procedures: no rule allows system.runtime.kill_query'),
    ]);
    expect(
      can(
        { queries: [KILL] },
        { user: 'a', groups: ['admins'] },
        { do: 'call-procedure', catalog: 'system', schema: 'runtime', procedure: 'kill_query' },
      ).allowed,
    ).toBe(false);
  });

  test('privileges for writes that Trino refuses: said where columns are masked or rows are filtered', () => {
    const columns = [{ name: 'price', mask: '0' }];
    const of = (rule: Partial<TableRule>) =>
      cautions({ queries: [KILL], procedures: [CALL_KILL], tables: [{ privileges: ['SELECT'], ...rule }] });
    expect(of({ privileges: ['SELECT', 'INSERT', 'UPDATE'], columns, filter: 'true' })).toEqual([
      'tables[0].privileges: Trino refuses INSERT and UPDATE of a table with masks: whoever writes needs a rule without masks',
    ]);
    expect(of({ privileges: ['DELETE'], columns })).toEqual([
      expect.stringContaining('refuses DELETE of a table with'),
    ]);
    expect(of({ privileges: ['INSERT', 'DELETE', 'UPDATE'], filter: 'true' })).toEqual([
      'tables[0].privileges: Trino refuses UPDATE of a table with a filter: whoever writes needs a rule without a filter',
    ]);
    expect(of({ columns, filter: 'true' })).toEqual([]);
    expect(of({ privileges: ['INSERT', 'DELETE'], filter: 'true' })).toEqual([]);
    expect(of({ privileges: ['UPDATE'], columns: [{ name: 'price', allow: false }] })).toEqual([]);
  });

  test('a backslash that is gone before the pattern is read: said with the pattern that is left', () => {
    const others = { queries: [KILL], procedures: [CALL_KILL] };
    expect(cautions({ ...others, impersonation: [{ original_user: 'airflow', new_user: 'svc\\.etl' }] })).toEqual([
      "impersonation[0].new_user: Trino takes backslashes out of it, because of original_user, and reads 'svc.etl'; write [.] for a dot",
    ]);
    expect(cautions({ ...others, impersonation: [{ original_user: 'airflow', new_user: 'svc[.]etl' }] })).toEqual([]);
    expect(cautions({ ...others, impersonation: [{ new_user: 'svc\\.etl' }] })).toEqual([]);
  });

  test('a pattern that cannot be judged here is named', () => {
    expect(cautions({ catalogs: [{ user: 'a++', allow: 'all' }], queries: [KILL], procedures: [CALL_KILL] })).toEqual([
      expect.stringContaining('catalogs[0].user'),
    ]);
  });
});

describe('rules about catalogs', () => {
  const told = (rules: AccessRules, catalogs: readonly string[] = ['lake', 'shop']) =>
    catalogRuleCautions(rules, catalogs).map(({ path, text }) => `${path}: ${text}`);
  const masked = (catalog: string): AccessRules => ({
    tables: [{ catalog, privileges: ['SELECT'], columns: [{ name: 'price', mask: '0' }] }, { privileges: ['SELECT'] }],
  });

  test('that are not there mask and stop nothing: told in every section, with the one that is meant', () => {
    expect(told(masked('shpo'))).toEqual([
      "accessControl.tables[0].catalog: no catalog is called 'shpo': the rule decides nothing; did you mean shop?",
    ]);
    const rules: AccessRules = {
      catalogs: [{ allow: 'all' }, { catalog: 'tpcds|tpch', allow: 'none' }],
      schemas: [{ catalog: 'tpch', owner: false }],
      functions: [{ catalog: 'tpch', privileges: [] }],
      procedures: [{ catalog: 'tpch', privileges: [] }],
      catalog_session_properties: [{ catalog: 'tpch', allow: false }],
    };
    expect(told(rules).map((text) => text.split(':', 1)[0])).toEqual([
      'accessControl.catalogs[1].catalog',
      'accessControl.schemas[0].catalog',
      'accessControl.functions[0].catalog',
      'accessControl.procedures[0].catalog',
      'accessControl.catalog_session_properties[0].catalog',
    ]);
  });

  test("that are there, Trino's own among them, or that only Java can tell, are told nothing of", () => {
    for (const catalog of ['shop', '(shop|hop)', 'l.*', 'system', 'a++']) expect(told(masked(catalog))).toEqual([]);
    expect(told({ queries: [{ allow: ['execute'] }] })).toEqual([]);
  });

  test('are not judged where the name of one is known only when Terraform runs', () => {
    expect(told(masked('shpo'), ['lake', '${TfToken[TOKEN.0]}'])).toEqual([]);
  });
});

describe("the coordinator's rules", () => {
  test('the metrics user may read first, whatever the rules after it say', () => {
    const rules = withMetricsUser({ system_information: [{ allow: [] }] }, 'metrics');
    expect(can(rules, { user: 'metrics' }, { do: 'read-system-information' })).toEqual({
      allowed: true,
      because: 'system_information[0]',
    });
    expect(can(rules, { user: 'bob' }, { do: 'read-system-information' }).allowed).toBe(false);
  });

  test('the metrics user logs in, whoever else may; without a section of principals everybody does', () => {
    const principals = [{ principal: '(.+)@acme', principal_to_user: '$1', allow: true }];
    const may = (rules: AccessRules, user: string, principal: string) =>
      can(rules, { user }, { do: 'log-in', principal }).allowed;
    const rules = withMetricsUser({ principals }, 'ops.metrics');
    expect(may({ principals }, 'ops.metrics', 'ops.metrics')).toBe(false);
    expect(may(rules, 'ops.metrics', 'ops.metrics')).toBe(true);
    expect(may(rules, 'opsXmetrics', 'opsXmetrics')).toBe(false);
    expect(may(rules, 'alice', 'ops.metrics')).toBe(false);
    expect(may(rules, 'alice', 'alice@acme')).toBe(true);
    expect(withMetricsUser({}, 'metrics')).not.toHaveProperty('principals');
  });

  test('a rules file is JSON that says what was given', () => {
    const rules: AccessRules = { catalogs: [{ allow: 'all' }] };
    expect(JSON.parse(renderAccessRules(rules))).toEqual(rules);
  });
});

describe('other kinds of access control', () => {
  test('OPA, Ranger and the built-in ones are properties', () => {
    const opa = AccessControl.opa({
      policyUri: 'http://opa:8181/v1/data/trino/allow',
      rowFiltersUri: 'http://opa:8181/rows',
    });
    expect(opa.properties).toEqual({
      'access-control.name': 'opa',
      'opa.policy.uri': 'http://opa:8181/v1/data/trino/allow',
      'opa.policy.row-filters-uri': 'http://opa:8181/rows',
    });
    expect(AccessControl.builtIn('read-only').properties).toEqual({ 'access-control.name': 'read-only' });
    expect(AccessControl.ranger({ serviceName: 'trino', pluginConfig: ['/a.xml', '/b.xml'] }).properties).toEqual({
      'access-control.name': 'ranger',
      'ranger.service.name': 'trino',
      'ranger.plugin.config.resource': '/a.xml,/b.xml',
    });
  });

  test('fails when OPA is asked for masks in two ways', () => {
    const opa = { policyUri: 'http://opa', columnMaskingUri: 'http://a', batchColumnMaskingUri: 'http://b' };
    expect(AccessControl.opa(opa).violations.map(({ path }) => path)).toEqual(['columnMaskingUri']);
    expect(AccessControl.opa({ policyUri: 'http://opa', columnMaskingUri: 'http://a' }).violations).toEqual([]);
  });
});
