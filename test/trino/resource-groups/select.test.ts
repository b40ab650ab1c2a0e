import {
  DEFAULT_RESOURCE_GROUPS,
  whichGroup,
  type QueryContext,
  type Selector,
} from '../../../lib/trino/resource-groups';

/** Whether one selector takes a query. */
function takes(selector: Omit<Selector, 'group'>, query: Partial<QueryContext>): boolean {
  const groups = { rootGroups: [], selectors: [{ ...selector, group: 'hit' }] };
  return whichGroup({ user: 'alice', ...query }, groups) !== undefined;
}

describe('a pattern matches the whole text, as Java matches() does', () => {
  test.each<[Omit<Selector, 'group'>, Partial<QueryContext>, boolean]>([
    [{ user: 'ali' }, {}, false],
    [{ user: 'ali.*' }, {}, true],
    [{ user: 'alice|bob' }, { user: 'bob' }, true],
    [{ user: 'alice|bob' }, { user: 'bobby' }, false],
    [{ user: 'Alice' }, {}, false],
    [{ user: '(?i)ALICE' }, {}, true],
    [{ source: 'airflow' }, { source: 'airflow-prod' }, false],
    [{ source: '.*airflow.*' }, { source: 'my-airflow-prod' }, true],
    [{ source: '.*' }, {}, true],
    [{ source: '.+' }, {}, false],
    [{ userGroup: 'admins' }, {}, false],
    [{ userGroup: 'admins' }, { userGroups: ['staff', 'admins'] }, true],
    [{ userGroup: 'admin' }, { userGroups: ['admins'] }, false],
    [{ originalUser: 'alice' }, {}, true],
    [{ originalUser: 'alice' }, { originalUser: 'bob' }, false],
    [{ authenticatedUser: '.*' }, {}, true],
    [{ authenticatedUser: '.+' }, {}, false],
    [{ authenticatedUser: 'svc-.*' }, { authenticatedUser: 'svc-bi' }, true],
    [{ queryText: 'SELECT 1' }, { queryText: 'SELECT 1' }, true],
    [{ queryText: '.*orders.*' }, { queryText: 'SELECT *\nFROM orders' }, false],
    [{ queryText: '(?s).*orders.*' }, { queryText: 'SELECT *\nFROM orders' }, true],
    [{ queryText: '.+' }, {}, false],
  ])('%j takes %j: %s', (selector, query, expected) => {
    expect(takes(selector, query)).toBe(expected);
  });
});

describe('tags and types', () => {
  test.each<[Omit<Selector, 'group'>, Partial<QueryContext>, boolean]>([
    [{ clientTags: ['bi'] }, { clientTags: ['hipri', 'bi'] }, true],
    [{ clientTags: ['bi', 'hipri'] }, { clientTags: ['bi'] }, false],
    [{ clientTags: ['b.*'] }, { clientTags: ['bi'] }, false],
    [{ clientTags: [] }, {}, true],
    [{ queryType: 'INSERT' }, { queryType: 'INSERT' }, true],
    [{ queryType: 'INSERT' }, { queryType: 'SELECT' }, false],
    [{ queryType: 'INSERT' }, {}, false],
  ])('%j takes %j: %s', (selector, query, expected) => {
    expect(takes(selector, query)).toBe(expected);
  });

  test('all conditions of a selector must hold', () => {
    const selector = { user: 'alice', clientTags: ['bi'] };
    expect(takes(selector, { clientTags: ['bi'] })).toBe(true);
    expect(takes(selector, { user: 'bob', clientTags: ['bi'] })).toBe(false);
  });
});

test('the first selector that matches decides, and says which it is', () => {
  const selectors = [{ user: 'bob', group: 'a' }, { user: '.*', group: 'b' }, { group: 'c' }];
  expect(whichGroup({ user: 'alice' }, { rootGroups: [], selectors })).toEqual({ group: 'b', selector: 1 });
});

test('a query that no selector takes is rejected', () => {
  expect(whichGroup({ user: 'alice' }, { rootGroups: [], selectors: [{ user: 'bob', group: 'a' }] })).toBeUndefined();
});

describe('variables of the group', () => {
  const groupOf = (selector: Selector, query: QueryContext) =>
    whichGroup(query, { rootGroups: [], selectors: [selector] })?.group;

  test('are the user and the source, which is empty when the client sent none', () => {
    const selector = { group: 'global.${USER}.${SOURCE}x' };
    expect(groupOf(selector, { user: 'alice', source: 'cli' })).toBe('global.alice.clix');
    expect(groupOf(selector, { user: 'alice' })).toBe('global.alice.x');
  });

  test("are filled from named groups, as in the example of Trino's documentation", () => {
    const selector = {
      source: 'jdbc#(?<toolname>.*)',
      clientTags: ['hipri'],
      group: 'global.adhoc.bi-${toolname}.${USER}',
    };
    const query = { user: 'kayla', source: 'jdbc#powerfulbi', clientTags: ['hipri', 'fast'] };
    expect(groupOf(selector, query)).toBe('global.adhoc.bi-powerfulbi.kayla');
  });
});

test('fails when a pattern is one that only Java can evaluate', () => {
  expect(() => takes({ user: '(?>a)b' }, {})).toThrow("user '(?>a)b': only Java can evaluate this pattern");
});

test.each<[string, Partial<QueryContext>, string]>([
  ['a nightly load', { source: 'airflow-nightly', queryType: 'INSERT' }, 'global.etl'],
  ['a load that says so by a tag', { clientTags: ['etl'] }, 'global.etl'],
  ['a dashboard', { clientTags: ['bi'], queryType: 'SELECT' }, 'global.bi'],
  ['a person', { source: 'trino-cli', queryType: 'SELECT' }, 'global.adhoc'],
  ['kill_query, whoever calls it', { source: 'airflow', queryType: 'DATA_DEFINITION' }, 'definitions'],
])('by default %s runs where it belongs', (_, query, group) => {
  expect(whichGroup({ user: 'alice', ...query }, DEFAULT_RESOURCE_GROUPS)?.group).toBe(group);
});
