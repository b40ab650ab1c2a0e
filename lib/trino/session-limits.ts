import { DataSize, Duration, inside, rule, show, type Rule, type Violation, violationsOf } from '../core';
import { type Caution, type Properties, readable } from './policy';
import type { QueryLimitsPlan, WorkerRange } from './query-limits';
import { serverLine, sessionSettings } from './session-names';
import type { SessionDefault } from './session-default';

/**
 * Limits that session defaults set for some queries. How long a query may run and how many workers it waits for is what
 * the session says, whatever the server's line says; of all other limits the lower one counts.
 * @see https://github.com/trinodb/trino/blob/480/core/trino-main/src/main/java/io/trino/execution/QueryTracker.java
 * @see https://github.com/trinodb/trino/blob/480/core/trino-main/src/main/java/io/trino/dispatcher/LocalDispatchQuery.java
 * @see https://github.com/trinodb/trino/blob/480/core/trino-main/src/main/java/io/trino/execution/SqlQueryManager.java
 */

/** How long a query may run and how many workers it may wait for, whatever its session. */
export type QueryReach = Pick<QueryLimitsPlan, 'maxExecutionTime' | 'requiredWorkers'>;

const EXECUTION_TIME = 'query_max_execution_time';
const WORKERS = 'required_workers_count';

/** What cannot be read does not count. */
export function queryReach(limits: QueryReach, defaults: readonly SessionDefault[]): QueryReach {
  const texts = (name: string) => defaults.flatMap(({ sessionProperties }) => sessionProperties[name] ?? []);
  const times = texts(EXECUTION_TIME).flatMap((text) => readable(Duration.parseTrino, text) ?? []);
  const workers = texts(WORKERS).map(Number).filter(Number.isInteger);
  return {
    maxExecutionTime: times.reduce((one, other) => Duration.max(one, other), limits.maxExecutionTime),
    requiredWorkers: Math.max(limits.requiredWorkers, ...workers),
  };
}

/** Limits that Trino cannot read, which fails every query that gets them, and workers that never come. */
export function sessionLimitViolations(
  defaults: readonly SessionDefault[],
  workers: WorkerRange,
): readonly Violation[] {
  return sessionSettings(defaults).flatMap(({ path, name, text }) =>
    inside(path, limitViolations(name, text, workers)),
  );
}

function limitViolations(name: string, text: string, workers: WorkerRange): readonly Violation[] {
  if (name === WORKERS) return violationsOf(text, [workersRule(workers)]);
  if (TIMES.includes(name)) return violationsOf(text, [timeRule]);
  return SIZES.includes(name) ? violationsOf(text, [sizeRule]) : [];
}

const CPU_TIME = 'query_max_cpu_time';
const TIMES = [
  ...[EXECUTION_TIME, CPU_TIME],
  ...['query_max_run_time', 'query_max_planning_time', 'required_workers_max_wait_time'],
];
const SIZES = ['query_max_memory', 'query_max_scan_physical_bytes', 'query_max_write_physical_size'];

const timeRule: Rule<string> = rule(
  (text) => readable(Duration.parseTrino, text) !== undefined,
  (text) => ({ path: '', got: show(text), allowed: 'a time, like 90s, 30m or 6h', fix: 'write a number and its unit' }),
);

const sizeRule: Rule<string> = rule(
  (text) => readable(DataSize.parseTrino, text) !== undefined,
  (text) => ({ path: '', got: show(text), allowed: 'a size, like 512MB or 10GB', fix: 'write a number and its unit' }),
);

function workersRule({ max }: WorkerRange): Rule<string> {
  return rule(
    (text) => /^[1-9]\d*$/.test(text) && Number(text) <= max,
    (text) => ({
      path: '',
      got: show(text),
      allowed: `a whole number from 1 to the maximum of workers (${max}): no query of the entry would ever start`,
      fix: 'lower it or raise the maximum of workers',
    }),
  );
}

/**
 * Limits above the server's own, which has the last word.
 * @param lines of the coordinator's `config.properties`
 */
export function sessionLimitCautions(defaults: readonly SessionDefault[], lines: Properties): readonly Caution[] {
  return sessionSettings(defaults).flatMap(({ path, name, text }) => {
    const line = lines[serverLine(name)];
    if (line === undefined || !isLarger(name, text, line)) return [];
    return [{ path, text: `${text} has no effect: a query ends at ${serverLine(name)}=${line} of the server` }];
  });
}

function isLarger(name: string, one: string, other: string): boolean {
  if (name === CPU_TIME) return Duration.parseTrino(one).isGreaterThan(Duration.parseTrino(other));
  return SIZES.includes(name) && DataSize.parseTrino(one).isGreaterThan(DataSize.parseTrino(other));
}
