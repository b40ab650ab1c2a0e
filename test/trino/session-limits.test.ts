import { Duration } from '../../lib/core';
import { queryReach, sessionLimitCautions, sessionLimitViolations } from '../../lib/trino/session-limits';
import type { SessionDefault } from '../../lib/trino/session-default';

const WORKERS = { min: 2, max: 10 };
const defaults = (...all: SessionDefault['sessionProperties'][]): SessionDefault[] =>
  all.map((sessionProperties) => ({ source: 'etl', sessionProperties }));
const paths = (sessionProperties: SessionDefault['sessionProperties']) =>
  sessionLimitViolations(defaults(sessionProperties), WORKERS).map(({ path }) => path);

describe('queries reach as far as any session lets them', () => {
  const limits = { maxExecutionTime: Duration.hours(1), requiredWorkers: 2 };

  test('further than the limits of the server', () => {
    const sessions = defaults({ query_max_execution_time: '6h' }, { required_workers_count: '7' });
    expect(queryReach(limits, sessions)).toEqual({ maxExecutionTime: Duration.hours(6), requiredWorkers: 7 });
  });

  test('as far as these where sessions ask for less, or for what nobody can read', () => {
    const less = defaults({ query_max_execution_time: '5m', required_workers_count: '1' });
    const unreadable = defaults({ query_max_execution_time: 'long', required_workers_count: 'all' });
    expect(queryReach(limits, [...less, ...unreadable])).toEqual(limits);
  });
});

test.each(['1', '10', 'all'])('%j workers are there, or are told to be no number', (text) => {
  expect(paths({ required_workers_count: text })).toEqual([]);
});

test.each(['0', '11'])('fails when it waits for %j workers: no query of the entry would ever start', (text) => {
  expect(paths({ required_workers_count: text })).toEqual([
    'sessionDefaults[0].sessionProperties.required_workers_count',
  ]);
});

test('says what has no effect, because the lower limit counts', () => {
  const server = { 'query.max-scan-physical-bytes': '100GB', 'query.max-cpu-time': '2h', 'query.max-memory': '1TB' };
  const session = { query_max_scan_physical_bytes: '5TB', query_max_cpu_time: '3h', query_max_memory: '1TB' };
  expect(sessionLimitCautions(defaults(session), server).map(({ text }) => text)).toEqual([
    '5TB has no effect: a query ends at query.max-scan-physical-bytes=100GB of the server',
    '3h has no effect: a query ends at query.max-cpu-time=2h of the server',
  ]);
});
