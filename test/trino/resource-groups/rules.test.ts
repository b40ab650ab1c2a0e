import { DataSize, Duration } from '../../../lib/core';
import { TrinoRelease } from '../../../lib/trino/release';
import {
  DEFAULT_RESOURCE_GROUPS,
  resourceGroupViolations,
  type QueryType,
  type ResourceGroup,
  type ResourceGroups,
  type Selector,
} from '../../../lib/trino/resource-groups';

const LIMITS = { maxQueued: 10, hardConcurrencyLimit: 5 };
const KILL: Selector = { queryType: 'DATA_DEFINITION', group: 'definitions' };

/** A valid tree around a root group `a`. */
function tree(a: Partial<ResourceGroup>, rest: Partial<ResourceGroups> = {}): ResourceGroups {
  const group = a.subGroups?.[0] === undefined ? 'a' : `a.${a.subGroups[0].name}`;
  return {
    rootGroups: [
      { name: 'a', ...LIMITS, ...a },
      { name: 'definitions', ...LIMITS },
    ],
    selectors: [KILL, { group }],
    ...rest,
  };
}

function selectors(...list: readonly Selector[]): ResourceGroups {
  return tree({}, { selectors: list });
}

const paths = (groups: ResourceGroups) => resourceGroupViolations(groups).map(({ path }) => path);

test('the default groups pass in every release', () => {
  for (const version of TrinoRelease.KNOWN) {
    expect(resourceGroupViolations(DEFAULT_RESOURCE_GROUPS, TrinoRelease.of(version))).toEqual([]);
  }
});

describe('groups', () => {
  test('a tree with every setting passes', () => {
    const subGroups = [
      {
        name: '${USER}',
        ...LIMITS,
        schedulingWeight: 2,
        softCpuLimit: Duration.minutes(5),
        hardCpuLimit: Duration.minutes(9),
      },
      {
        name: 'b',
        ...LIMITS,
        schedulingWeight: 1,
        softMemoryLimit: DataSize.gib(5),
        hardPhysicalDataScanLimit: DataSize.tib(1),
      },
    ];
    const day = Duration.days(1);
    const groups = tree(
      { schedulingPolicy: 'weighted', softConcurrencyLimit: 5, subGroups },
      { cpuQuotaPeriod: day, physicalDataScanQuotaPeriod: day },
    );
    expect(resourceGroupViolations(groups)).toEqual([]);
  });

  test.each(['a.b', '', 'a$', 'a{b}', '${USER'])('fails when a name is %j', (name) => {
    const groups = {
      ...tree({}),
      rootGroups: [
        { name, ...LIMITS },
        { name: 'definitions', ...LIMITS },
        { name: 'a', ...LIMITS },
      ],
    };
    expect(paths(groups)).toEqual([`rootGroups.${name}.name`]);
  });

  test('fails when siblings have one name', () => {
    const twice = [
      { name: 'b', ...LIMITS },
      { name: 'b', ...LIMITS },
    ];
    expect(paths(tree({ subGroups: twice }))).toEqual(['rootGroups.a.subGroups']);
    expect(paths({ ...tree({}), rootGroups: [...tree({}).rootGroups, { name: 'a', ...LIMITS }] })).toEqual([
      'rootGroups',
    ]);
  });

  test.each([
    ['maxQueued', { maxQueued: -1 }],
    ['hardConcurrencyLimit', { hardConcurrencyLimit: 1.5 }],
    ['softConcurrencyLimit', { softConcurrencyLimit: 6 }],
  ])('fails when %s is no count in its range', (field, group) => {
    expect(paths(tree(group))).toEqual([`rootGroups.a.${field}`]);
  });

  test.each(['40%', '33.3%', '100%'] as const)('a memory limit of %s passes', (softMemoryLimit) => {
    expect(paths(tree({ softMemoryLimit }))).toEqual([]);
  });

  test.each(['0%', '101%', '-5%', '1e2%'] as const)('fails when the memory limit is %s', (softMemoryLimit) => {
    expect(paths(tree({ softMemoryLimit }))).toEqual(['rootGroups.a.softMemoryLimit']);
  });

  test('fails when some sub-groups have a weight and some have none, with the names of those', () => {
    const subGroups = [
      { name: 'b', ...LIMITS, schedulingWeight: 1 },
      { name: 'c', ...LIMITS },
    ];
    expect(resourceGroupViolations(tree({ schedulingPolicy: 'weighted_fair', subGroups }))).toEqual([
      {
        path: 'rootGroups.a.subGroups',
        got: "schedulingWeight on 'b' only",
        allowed: 'a weight on all sub-groups or on none',
        fix: "give 'c' a weight, too",
      },
    ]);
  });

  test('fails when sub-groups have weights and the policy knows none', () => {
    const subGroups = [{ name: 'b', ...LIMITS, schedulingWeight: 1 }];
    expect(paths(tree({ schedulingPolicy: 'weighted', subGroups }))).toEqual([]);
    expect(paths(tree({ schedulingPolicy: 'fair', subGroups }))).toEqual(['rootGroups.a.schedulingPolicy']);
    expect(paths(tree({ subGroups }))).toEqual(['rootGroups.a.schedulingPolicy']);
  });

  test('fails when a root group has a weight, or a weight is below one', () => {
    expect(paths(tree({ schedulingWeight: 1 }))).toEqual(['rootGroups.a.schedulingWeight']);
    const subGroups = [{ name: 'b', ...LIMITS, schedulingWeight: 0 }];
    expect(paths(tree({ schedulingPolicy: 'weighted', subGroups }))).toEqual(['rootGroups.a.b.schedulingWeight']);
  });

  test('fails when a sub-group leaves the query priority of its parent', () => {
    const below = (schedulingPolicy: 'fair' | 'query_priority') =>
      tree({ schedulingPolicy: 'query_priority', subGroups: [{ name: 'b', ...LIMITS, schedulingPolicy }] });
    expect(paths(below('query_priority'))).toEqual([]);
    expect(paths(below('fair'))).toEqual(['rootGroups.a.b.schedulingPolicy']);
  });

  test('fails when a CPU limit has no period, or the soft one no hard one above it', () => {
    const cpuQuotaPeriod = Duration.hours(1);
    const [five, nine] = [Duration.minutes(5), Duration.minutes(9)];
    expect(paths(tree({ hardCpuLimit: nine }, { cpuQuotaPeriod }))).toEqual([]);
    expect(paths(tree({ hardCpuLimit: nine }))).toEqual(['rootGroups.a.hardCpuLimit']);
    expect(paths(tree({ softCpuLimit: five }, { cpuQuotaPeriod }))).toEqual(['rootGroups.a.softCpuLimit']);
    expect(paths(tree({ softCpuLimit: nine, hardCpuLimit: five }, { cpuQuotaPeriod }))).toEqual([
      'rootGroups.a.softCpuLimit',
    ]);
  });

  test('fails when a scan limit has no period, or the release does not know it', () => {
    const groups = tree({ hardPhysicalDataScanLimit: DataSize.tib(1) });
    const withPeriod = { ...groups, physicalDataScanQuotaPeriod: Duration.days(1) };
    expect(paths(groups)).toEqual(['rootGroups.a.hardPhysicalDataScanLimit']);
    expect(paths(withPeriod)).toEqual([]);
    const unknown = resourceGroupViolations(withPeriod, TrinoRelease.of('476')).map(({ path }) => path);
    expect(unknown).toEqual(['physicalDataScanQuotaPeriod', 'rootGroups.a.hardPhysicalDataScanLimit']);
  });
});

describe('selectors', () => {
  const everyone: Selector = { group: 'a' };

  test('fails when the group does not exist, with the groups that do', () => {
    const [violation] = resourceGroupViolations(selectors(KILL, { user: 'bob', group: 'b' }, everyone));
    expect(violation).toMatchObject({ path: 'selectors[1].group', got: "'b'", allowed: "'a' or 'definitions'" });
  });

  test('fails when the group has sub-groups', () => {
    const groups = tree({ subGroups: [{ name: 'b', ...LIMITS }] }, { selectors: [KILL, { group: 'a' }] });
    expect(resourceGroupViolations(groups)).toMatchObject([
      { path: 'selectors[1].group', got: "'a', which has sub-groups" },
    ]);
  });

  test('fails when a pattern is broken', () => {
    expect(paths(selectors(KILL, { user: '(bob', group: 'a' }, everyone))).toEqual(['selectors[1].user']);
  });

  test('fails when the query type is none of Trino', () => {
    const queryType = 'CALL' as QueryType;
    expect(paths(selectors(KILL, { queryType, group: 'a' }, everyone))).toEqual(['selectors[1].queryType']);
  });

  test('fails when nothing fills a variable of the group', () => {
    const groups = (source: string) =>
      tree(
        { subGroups: [{ name: '${tool}', ...LIMITS }] },
        { selectors: [KILL, { source, group: 'a.${tool}' }, { group: 'definitions' }] },
      );
    expect(paths(groups('jdbc#(?<tool>.*)'))).toEqual([]);
    expect(paths(groups('jdbc#(.*)'))).toEqual(['selectors[1].group']);
  });

  test('fails when a named group is defined twice or is one that Trino defines', () => {
    const named = (user: string, source: string) => selectors(KILL, { user, source, group: 'a' }, everyone);
    expect(paths(named('(?<x>.*)', '(?<y>.*)'))).toEqual([]);
    expect(paths(named('(?<x>.*)', '(?<x>.*)'))).toEqual(['selectors[1].group']);
    expect(paths(named('(?<USER>.*)', 'b'))).toEqual(['selectors[1].group']);
  });

  test('fails when the release does not know the condition on the text of a query', () => {
    const groups = selectors(KILL, { queryText: '.*', group: 'a' }, everyone);
    expect(paths(groups)).toEqual([]);
    expect(resourceGroupViolations(groups, TrinoRelease.of('476'))).toMatchObject([{ path: 'selectors[1].queryText' }]);
  });

  test.each<[string, Selector, Selector]>([
    ['everything', { group: 'a' }, { user: 'bob', group: 'a' }],
    ['every user', { user: '.*', group: 'a' }, { source: 'x', group: 'a' }],
    [
      'the same pattern with more conditions',
      { source: 'x.*', group: 'a' },
      { source: 'x.*', user: 'bob', group: 'a' },
    ],
    ['a text that its pattern matches', { source: '.*airflow.*', group: 'a' }, { source: 'airflow-prod', group: 'a' }],
    ['more tags', { clientTags: ['bi'], group: 'a' }, { clientTags: ['hipri', 'bi'], group: 'a' }],
    ['the same type', { queryType: 'INSERT', group: 'a' }, { queryType: 'INSERT', user: 'bob', group: 'a' }],
  ])('fails when an earlier selector takes %s', (_, earlier, later) => {
    expect(paths(selectors(KILL, earlier, later, everyone))).toContain('selectors[2]');
  });

  test.each<[string, Selector, Selector]>([
    ['other tags', { clientTags: ['bi', 'hipri'], group: 'a' }, { clientTags: ['bi'], group: 'a' }],
    ['another user', { user: 'bob', group: 'a' }, { user: 'bobby', group: 'a' }],
    ['some source, which a query may not have', { source: '.+', group: 'a' }, { user: 'bob', group: 'a' }],
    ['any group of the user, who may have none', { userGroup: '.*', group: 'a' }, { user: 'bob', group: 'a' }],
    ['any text, which may have lines', { queryText: '.*', group: 'a' }, { user: 'bob', group: 'a' }],
    ['a pattern that may match more', { user: 'bob', group: 'a' }, { user: 'bob.*', group: 'a' }],
  ])('a selector after one for %s passes', (_, earlier, later) => {
    expect(paths(selectors(KILL, earlier, later, everyone))).toEqual([]);
  });

  test('fails when no selector takes every query', () => {
    expect(paths(selectors(KILL, { source: '.+', group: 'a' }))).toEqual(['selectors']);
    expect(paths(selectors(KILL, { source: '.*', group: 'a' }))).toEqual([]);
    expect(paths(selectors(KILL, { user: '.*', group: 'a' }))).toEqual([]);
  });

  test('fails when kill_query would wait with the queries that it is to end', () => {
    expect(paths(selectors(KILL, everyone))).toEqual([]);
    expect(resourceGroupViolations(selectors(everyone))).toMatchObject([
      { path: 'selectors', fix: expect.stringContaining("queryType: 'DATA_DEFINITION'") as string },
    ]);
  });
});
