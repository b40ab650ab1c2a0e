import { DataSize } from '../../lib/core';
import { planMemory, type MemoryProps } from '../../lib/trino/memory';
import type { Properties } from '../../lib/trino/policy';
import { DEFAULT_RESOURCE_GROUPS } from '../../lib/trino/resource-groups';
import type { SessionDefault } from '../../lib/trino/session-default';
import {
  groupPattern,
  memoryDefaults,
  renderSessionDefaults,
  sessionDefaultsFor,
  sessionDefaultViolations,
  type SessionQuery,
} from '../../lib/trino/session-properties';

const QUERY: SessionQuery = {
  user: 'alice',
  source: 'trino-cli',
  clientTags: ['bi', 'hipri'],
  queryType: 'SELECT',
  group: 'global.adhoc',
};
const ONE: Properties = { query_priority: '1' };

describe('an entry counts when all of its conditions hold', () => {
  test.each<[Omit<SessionDefault, 'sessionProperties'>, boolean]>([
    [{}, true],
    [{ user: 'alice' }, true],
    [{ user: 'ali' }, false],
    [{ source: 'trino-.*' }, true],
    [{ source: 'jdbc' }, false],
    [{ group: 'global.adhoc' }, true],
    [{ group: 'adhoc' }, false],
    [{ group: 'global\\.(adhoc|bi)' }, true],
    [{ queryType: 'SELECT' }, true],
    [{ queryType: 'INSERT' }, false],
    [{ clientTags: ['bi'] }, true],
    [{ clientTags: ['bi', 'etl'] }, false],
    [{ user: 'alice', group: 'global.etl' }, false],
  ])('%j: %s', (conditions, counts) => {
    expect(sessionDefaultsFor(QUERY, [{ ...conditions, sessionProperties: ONE }])).toEqual(counts ? ONE : {});
  });

  test('a query without a source has the empty one', () => {
    const defaults = [{ source: '.*', sessionProperties: ONE }];
    expect(sessionDefaultsFor({ user: 'alice', group: 'a' }, defaults)).toEqual(ONE);
  });
});

test('all entries that match count, and a later one wins', () => {
  const defaults: readonly SessionDefault[] = [
    { sessionProperties: { query_priority: '1', query_max_memory: '10GB' } },
    { user: 'bob', sessionProperties: { query_priority: '9' } },
    { group: 'global.*', sessionProperties: { query_priority: '2' } },
  ];
  expect(sessionDefaultsFor(QUERY, defaults)).toEqual({ query_priority: '2', query_max_memory: '10GB' });
});

test('fails when a pattern is one that only Java can evaluate', () => {
  expect(() => sessionDefaultsFor(QUERY, [{ user: 'a++', sessionProperties: ONE }])).toThrow('only Java can evaluate');
});

test("the document is a list with Trino's keys", () => {
  const defaults: readonly SessionDefault[] = [
    { group: 'global.adhoc', sessionProperties: { query_max_execution_time: '5m' } },
  ];
  expect(JSON.parse(renderSessionDefaults(defaults))).toEqual(defaults);
});

test('a pattern for a group matches that group alone, and any user below it', () => {
  const matches = (id: string, group: string) =>
    'query_priority' in sessionDefaultsFor({ ...QUERY, group }, [{ group: groupPattern(id), sessionProperties: ONE }]);
  expect(matches('global.adhoc', 'global.adhoc')).toBe(true);
  expect(matches('global.adhoc', 'globalXadhoc')).toBe(false);
  expect(matches('global.${USER}', 'global.al.ice')).toBe(true);
  expect(matches('global.${USER}', 'global.')).toBe(false);
});

describe('memory of a group', () => {
  const props: MemoryProps = {
    coordinator: { memory: DataSize.gib(16) },
    workers: { memory: DataSize.gib(48), max: 6 },
  };

  test('ends a single query that takes more than the share', () => {
    const memory = planMemory(props);
    const limitOf = (group: string) =>
      sessionDefaultsFor({ ...QUERY, group }, memoryDefaults(DEFAULT_RESOURCE_GROUPS, memory))['query_max_memory'];
    expect(limitOf('global.etl')).toBe('66019MB');
    expect(limitOf('global.adhoc')).toBe('16504MB');
    expect(limitOf('definitions')).toBeUndefined();
  });

  test('is never more than what one query may take anyway', () => {
    const groups = {
      rootGroups: [{ name: 'a', maxQueued: 1, hardConcurrencyLimit: 1, softMemoryLimit: '100%' as const }],
      selectors: [],
    };
    const memory = planMemory(props);
    expect(memoryDefaults(groups, memory)[0]?.sessionProperties).toEqual({
      query_max_memory: memory.maxMemory.toTrino(),
    });
  });

  test('is left out where Trino ignores it', () => {
    expect(memoryDefaults(DEFAULT_RESOURCE_GROUPS, planMemory({ ...props, retryPolicy: 'TASK' }))).toEqual([]);
  });
});

describe('rules', () => {
  const paths = (entry: SessionDefault) =>
    sessionDefaultViolations([entry], DEFAULT_RESOURCE_GROUPS).map(({ path }) => path);

  test('an entry for a group, with properties of the server and of a catalog, passes', () => {
    const sessionProperties = { query_max_run_time: '1h', 'lake.compression_codec': 'ZSTD' };
    expect(paths({ group: 'global.bi', queryType: 'SELECT', sessionProperties })).toEqual([]);
  });

  test('fails when the group is none of the tree', () => {
    expect(paths({ group: 'bi', sessionProperties: ONE })).toEqual(['sessionDefaults[0].group']);
    expect(sessionDefaultViolations([{ group: 'bi', sessionProperties: ONE }])).toEqual([]);
  });

  test('fails when a pattern is broken', () => {
    expect(paths({ user: '(', sessionProperties: ONE })).toEqual(['sessionDefaults[0].user']);
  });

  test('fails when a name is one of the server, with the name of the session', () => {
    const sessionProperties = { 'query.max-execution-time': '1h' };
    expect(sessionDefaultViolations([{ sessionProperties }])).toMatchObject([
      { got: "'query.max-execution-time'", fix: expect.stringContaining("'query_max_execution_time'") as string },
    ]);
  });

  test('fails when a value is no text', () => {
    const sessionProperties = { query_priority: 1 } as unknown as Properties;
    expect(sessionDefaultViolations([{ sessionProperties }])).toMatchObject([{ fix: "write '1'" }]);
  });
});
