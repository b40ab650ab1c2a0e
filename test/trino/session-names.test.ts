import { DataSize, Duration } from '../../lib/core';
import { sessionLimits } from '../../lib/trino/query-limits';
import { TrinoRelease } from '../../lib/trino/release';
import { sessionCatalogViolations, sessionName, sessionNameViolations } from '../../lib/trino/session-names';

const T480 = TrinoRelease.DEFAULT;
const found = (names: readonly string[], release = T480) => {
  const sessionProperties = Object.fromEntries(names.map((name) => [name, '1']));
  return sessionNameViolations([{ sessionProperties: {} }, { sessionProperties }], release);
};

test('a name is of the server, or of a catalog', () => {
  expect(sessionName('query_max_memory')).toEqual({ property: 'query_max_memory' });
  expect(sessionName('lake.compression_codec')).toEqual({ catalog: 'lake', property: 'compression_codec' });
  expect(sessionName('query.max-memory')).toBeUndefined();
});

describe('limits of a query', () => {
  test.each(TrinoRelease.KNOWN)('of all that sessionLimits writes, Trino %s lacks what its server lacks', (version) => {
    const time = Duration.minutes(1);
    const size = DataSize.gib(1);
    const names = Object.keys(
      sessionLimits({
        ...{ maxExecutionTime: time, maxRunTime: time, maxPlanningTime: time, maxCpuTime: time },
        ...{ maxScanPhysicalBytes: size, maxWritePhysicalSize: size, maxMemory: size },
        ...{ requiredWorkers: 1, requiredWorkersMaxWait: time },
      }),
    );
    const refused = found(names, TrinoRelease.of(version)).map(({ got }) => got);
    expect(refused).toEqual(version === '476' ? ["'query_max_write_physical_size'"] : []);
  });

  test('fails when the release has no such limit, and says where', () => {
    expect(found(['query_max_memory', 'query_max_time'])).toEqual([
      {
        path: 'sessionDefaults[1].sessionProperties',
        got: "'query_max_time'",
        allowed: 'a limit that Trino 480 has: there is no query.max-time in its config.properties either',
        fix: 'correct or leave it out: it fails every query that the entry matches',
      },
    ]);
  });
});

describe('properties of catalogs', () => {
  const entry = { sessionProperties: { query_priority: '1', 'lake.compression_codec': 'ZSTD' } };
  const refused = (catalogs: readonly string[]) =>
    sessionCatalogViolations([{ sessionProperties: {} }, entry], catalogs);

  test('fails when the catalog is none of those that are there', () => {
    expect(refused(['shop', 'lake'])).toEqual([]);
    expect(refused(['shop', 'laker'])).toEqual([
      {
        path: 'sessionDefaults[1].sessionProperties',
        got: "'lake.compression_codec'",
        allowed: "properties of the server, and of the catalogs 'shop' or 'laker'",
        fix: 'leave it out, or add its catalog: it fails every query that the entry matches',
      },
    ]);
    expect(refused([])).toMatchObject([{ allowed: 'properties of the server, because there is no catalog' }]);
  });

  test("fails when the catalog is Trino's own, which has no properties", () => {
    const system = { sessionProperties: { 'system.query_priority': '1' } };
    expect(sessionCatalogViolations([system], ['lake']).map(({ got }) => got)).toEqual(["'system.query_priority'"]);
  });

  test('a catalog whose name is not known yet may be any', () => {
    expect(refused(['shop', '${TfToken[TOKEN.1]}'])).toEqual([]);
  });
});
