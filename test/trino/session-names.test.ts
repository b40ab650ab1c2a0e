import { DataSize, Duration } from '../../lib/core';
import { sessionLimits } from '../../lib/trino/query-limits';
import { TrinoRelease } from '../../lib/trino/release';
import type { SessionDefault } from '../../lib/trino/session-default';
import { sessionCatalogViolations, sessionName, sessionNameViolations } from '../../lib/trino/session-names';

const T480 = TrinoRelease.DEFAULT;
const found = (sessionProperties: SessionDefault['sessionProperties'], release = T480) =>
  sessionNameViolations([{ sessionProperties: {} }, { sessionProperties }], release);

test('a name is of the server, or of a catalog', () => {
  expect(sessionName('query_max_memory')).toEqual({ property: 'query_max_memory' });
  expect(sessionName('lake.compression_codec')).toEqual({ catalog: 'lake', property: 'compression_codec' });
  expect(sessionName('query.max-memory')).toBeUndefined();
});

describe('properties of the server', () => {
  test.each(TrinoRelease.KNOWN)('Trino %s takes all that sessionLimits writes and its server has', (version) => {
    const time = Duration.minutes(1);
    const size = DataSize.gib(1);
    const limits = sessionLimits({
      ...{ maxExecutionTime: time, maxRunTime: time, maxPlanningTime: time, maxCpuTime: time },
      ...{ maxScanPhysicalBytes: size, maxWritePhysicalSize: size, maxMemory: size },
      ...{ requiredWorkers: 1, requiredWorkersMaxWait: time },
    });
    const refused = found(limits, TrinoRelease.of(version)).map(({ got }) => got);
    expect(refused).toEqual(version === '476' ? ["'query_max_write_physical_size'"] : []);
  });

  test('that it hides are there, too, and one of a catalog is not judged by them', () => {
    expect(found({ debug_adaptive_planner: 'true', 'lake.join_distributon_type': 'BROADCAST' })).toEqual([]);
  });

  test('fails when one is misspelt, and says which is meant', () => {
    expect(found({ join_distributon_type: 'BROADCAST' })).toEqual([
      {
        path: 'sessionDefaults[1].sessionProperties',
        got: "'join_distributon_type'",
        allowed: 'a session property of the server in Trino 480',
        fix: 'write join_distribution_type, or every query that the entry matches fails',
      },
    ]);
  });

  test('fails when the release has it no more, or not yet, and says which ones do', () => {
    expect(found({ omit_datetime_type_precision: 'true', adaptive_filter_reordering_enabled: 'true' })).toMatchObject([
      {
        allowed: 'a session property of the server in Trino 480; found in Trino 476',
        fix: 'leave it out, or every query that the entry matches fails',
      },
      { allowed: 'a session property of the server in Trino 480; found in Trino 481, 483' },
    ]);
  });
});

describe('values', () => {
  test.each([
    { query_max_execution_time: '90m', query_max_cpu_time: '1.5h', required_workers_max_wait_time: '10m' },
    { query_max_memory: '10GB', task_concurrency: '16', join_partitioned_build_min_row_count: '9000000000' },
    { join_distribution_type: 'broadcast', retry_policy: 'TASK', spill_enabled: 'TRUE' },
    { dynamic_row_filtering_selectivity_threshold: '0.5', time_zone_id: 'Europe/Berlin' },
    { query_max_memory: '${TfToken[TOKEN.1]}' },
  ])('%j are fine', (sessionProperties) => {
    expect(found(sessionProperties)).toEqual([]);
  });

  test.each([
    ['query_max_execution_time', '90'],
    ['query_max_memory', '10 gigabytes'],
    ['required_workers_count', 'all'],
    ['task_concurrency', '9000000000'],
    ['join_distribution_type', 'BROADCASTED'],
    ['spill_enabled', 'yes'],
    ['retry_policy', ''],
  ])('fails when %s is %j', (name, text) => {
    expect(found({ [name]: text }).map(({ path }) => path)).toEqual([`sessionDefaults[1].sessionProperties.${name}`]);
  });

  test('says what is accepted', () => {
    expect(found({ join_distribution_type: 'ALL' })).toMatchObject([
      { got: "'ALL'", allowed: expect.stringContaining("'BROADCAST', 'PARTITIONED' or 'AUTOMATIC'") },
    ]);
  });
});

describe('properties of catalogs', () => {
  const entry = { sessionProperties: { query_priority: '1', 'lake.compression_codec': 'ZSTD' } };
  const refused = (catalogs: Readonly<Record<string, string>>, given: SessionDefault = entry, release = T480) =>
    sessionCatalogViolations([{ sessionProperties: {} }, given], new Map(Object.entries(catalogs)), release);

  test('fails when the catalog is none of those that are there', () => {
    expect(refused({ shop: 'mysql', lake: 'hive' })).toEqual([]);
    expect(refused({ shop: 'mysql', laker: 'hive' })).toEqual([
      {
        path: 'sessionDefaults[1].sessionProperties',
        got: "'lake.compression_codec'",
        allowed: "properties of the server, and of the catalogs 'shop' or 'laker'",
        fix: 'leave it out, or add its catalog: it fails every query that the entry matches',
      },
    ]);
    expect(refused({})).toMatchObject([{ allowed: 'properties of the server, because there is no catalog' }]);
  });

  test("fails when the catalog is Trino's own, which has no properties", () => {
    const system = { sessionProperties: { 'system.query_priority': '1' } };
    expect(refused({ lake: 'hive' }, system).map(({ got }) => got)).toEqual(["'system.query_priority'"]);
  });

  test('a catalog whose name is not known yet may be any', () => {
    expect(refused({ shop: 'mysql', '${TfToken[TOKEN.1]}': 'hive' })).toEqual([]);
  });

  test('fails when its connector has none of that name, or not any more', () => {
    expect(refused({ lake: 'iceberg' })).toEqual([
      {
        path: 'sessionDefaults[1].sessionProperties',
        got: "'lake.compression_codec'",
        allowed: 'a session property of connector iceberg in Trino 480; found in Trino 476',
        fix: 'leave it out, or every query that the entry matches fails',
      },
    ]);
    expect(refused({ lake: 'iceberg' }, entry, TrinoRelease.of('476'))).toEqual([]);
    expect(refused({ lake: 'tpch' }, entry, TrinoRelease.of('476'))).toHaveLength(1);
  });

  test('fails when its connector cannot read the value', () => {
    const wrong = { sessionProperties: { 'lake.compression_codec': 'BROTLI' } };
    expect(refused({ lake: 'hive' }, wrong)).toMatchObject([
      { path: 'sessionDefaults[1].sessionProperties.lake.compression_codec', got: "'BROTLI'" },
    ]);
  });

  test('of a connector that the library knows nothing of may be called as they like', () => {
    const own = { sessionProperties: { 'books.pages': 'many', 'shop.pages': 'many' } };
    expect(refused({ books: 'library', shop: 'mysql' }, own)).toEqual([]);
    expect(refused({ shop: 'mysql', books: 'library' }, own, TrinoRelease.of('476'))).toHaveLength(1);
  });
});
