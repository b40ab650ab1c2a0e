import { DataSize, Duration } from '../../lib/core';
import {
  planQueryLimits,
  queryLimitViolations,
  sessionLimits,
  type QueryLimits,
  workerRangeViolations,
} from '../../lib/trino/query-limits';

const WORKERS = { min: 2, max: 10 };
const paths = (limits: QueryLimits) => queryLimitViolations(limits, WORKERS).map(({ path }) => path);

test('without a word a query may run for an hour and read 100 GiB', () => {
  const { properties, maxExecutionTime } = planQueryLimits({}, WORKERS);
  expect(maxExecutionTime.toString()).toBe('1h');
  expect(properties).toEqual({
    coordinator: {
      'query.max-execution-time': '1h',
      'query.max-scan-physical-bytes': '100GB',
      'query-manager.required-workers': '1',
      'query-manager.required-workers-max-wait': '5m',
    },
    worker: {},
  });
});

test('every limit becomes the line of its name', () => {
  const limits = {
    maxExecutionTime: Duration.minutes(30),
    maxRunTime: Duration.hours(2),
    maxPlanningTime: Duration.minutes(3),
    maxCpuTime: Duration.days(1),
    maxScanPhysicalBytes: DataSize.tib(1),
    maxWritePhysicalSize: DataSize.gib(200),
    clientTimeout: Duration.minutes(2),
    requiredWorkers: 2,
    requiredWorkersMaxWait: Duration.minutes(1),
  };
  expect(planQueryLimits(limits, WORKERS).properties.coordinator).toEqual({
    'query.max-execution-time': '30m',
    'query.max-run-time': '2h',
    'query.max-planning-time': '3m',
    'query.max-cpu-time': '1d',
    'query.max-scan-physical-bytes': '1TB',
    'query.max-write-physical-size': '200GB',
    'query.client.timeout': '2m',
    'query-manager.required-workers': '2',
    'query-manager.required-workers-max-wait': '1m',
  });
});

test('a query waits longer when the autoscaler must start workers for it', () => {
  const waitFor = (requiredWorkers: number, min: number) =>
    planQueryLimits({ requiredWorkers }, { min, max: 10 }).requiredWorkersMaxWait.toString();
  expect(waitFor(2, 2)).toBe('5m');
  expect(waitFor(3, 2)).toBe('10m');
  expect(waitFor(1, 0)).toBe('10m');
});

test('the limits of one group are text under the names of the session', () => {
  const limits = { maxExecutionTime: Duration.minutes(5), maxMemory: DataSize.gib(16), requiredWorkers: 3 };
  expect(sessionLimits(limits)).toEqual({
    query_max_execution_time: '5m',
    query_max_memory: '16GB',
    required_workers_count: '3',
  });
  expect(sessionLimits({})).toEqual({});
});

describe('rules', () => {
  test('the defaults pass', () => {
    expect(paths({})).toEqual([]);
  });

  test('fails when a part of the time is longer than the whole', () => {
    expect(paths({ maxRunTime: Duration.hours(1) })).toEqual([]);
    expect(paths({ maxRunTime: Duration.minutes(59) })).toEqual(['maxExecutionTime']);
    expect(paths({ maxExecutionTime: Duration.minutes(5), maxRunTime: Duration.minutes(9) })).toEqual([
      'maxPlanningTime',
    ]);
  });

  test('fails when the client timeout is one that Trino does not boot with', () => {
    expect(paths({ clientTimeout: Duration.seconds(1) })).toEqual([]);
    expect(paths({ clientTimeout: Duration.millis(999) })).toEqual(['clientTimeout']);
  });

  test('fails when more workers are required than there can be', () => {
    expect(paths({ requiredWorkers: 10 })).toEqual([]);
    expect(paths({ requiredWorkers: 11 })).toEqual(['requiredWorkers']);
    expect(paths({ requiredWorkers: 0 })).toEqual(['requiredWorkers']);
  });

  test('fails when a query gives up before a node could start', () => {
    const requiredWorkersMaxWait = Duration.minutes(5);
    expect(paths({ requiredWorkers: 2, requiredWorkersMaxWait })).toEqual([]);
    expect(paths({ requiredWorkers: 3, requiredWorkersMaxWait })).toEqual(['requiredWorkersMaxWait']);
  });
});

test.each([
  [0, 1],
  [3, 3],
])('workers from %s to %s pass', (min, max) => {
  expect(workerRangeViolations({ min, max })).toEqual([]);
});

test.each([
  [3, 2],
  [0, 0],
  [-1, 2],
  [1.5, 2],
])('fails when workers are %s to %s', (min, max) => {
  expect(workerRangeViolations({ min, max })).toMatchObject([{ path: 'min', got: `${min} to ${max} workers` }]);
});
