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

/** Workers that never come. */
export function sessionLimitViolations(
  defaults: readonly SessionDefault[],
  workers: WorkerRange,
): readonly Violation[] {
  return sessionSettings(defaults)
    .filter(({ name }) => name === WORKERS)
    .flatMap(({ path, text }) => inside(path, violationsOf(text, [workersRule(workers)])));
}

/** What is no number is told of every property. */
function workersRule({ max }: WorkerRange): Rule<string> {
  return rule(
    (text) => !Number.isInteger(Number(text)) || (Number(text) >= 1 && Number(text) <= max),
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

const CPU_TIME = 'query_max_cpu_time';
const SIZES = ['query_max_memory', 'query_max_scan_physical_bytes', 'query_max_write_physical_size'];

function isLarger(name: string, one: string, other: string): boolean {
  if (name === CPU_TIME) return Duration.parseTrino(one).isGreaterThan(Duration.parseTrino(other));
  return SIZES.includes(name) && DataSize.parseTrino(one).isGreaterThan(DataSize.parseTrino(other));
}
