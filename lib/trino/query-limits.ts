import { Duration, DataSize, rule, show, violationsOf, wholeNumberIfGiven, type Rule, type Violation } from '../core';
import { optional, type Properties, type Reason, type RoleProperties } from './policy';

/** Limits by which a query ends itself, instead of a script that looks for long ones and kills them. */
export interface QueryLimits {
  /** Running time, without queue and planning. @default 1h */
  readonly maxExecutionTime?: Duration;
  /** All time from submission on. @default - Trino's 100 days */
  readonly maxRunTime?: Duration;
  /** @default - Trino's 10 minutes */
  readonly maxPlanningTime?: Duration;
  /** CPU time over all nodes. @default - no limit */
  readonly maxCpuTime?: Duration;
  /** Bytes read from storage. @default 100 GiB */
  readonly maxScanPhysicalBytes?: DataSize;
  /** Bytes written to storage; Trino 476 does not know this limit. @default - no limit */
  readonly maxWritePhysicalSize?: DataSize;
  /** A query whose client stopped asking ends after this. @default - Trino's 5 minutes */
  readonly clientTimeout?: Duration;
  /** Workers that must be there before a query starts. @default 1 */
  readonly requiredWorkers?: number;
  /** How long a query waits for them. @default - 5m; 10m when they must be started first */
  readonly requiredWorkersMaxWait?: Duration;
}

/** Workers that the autoscaler keeps. */
export interface WorkerRange {
  readonly min: number;
  readonly max: number;
}

/** The properties that end a query, and the limits that other parts go by. */
export interface QueryLimitsPlan {
  readonly maxExecutionTime: Duration;
  readonly requiredWorkers: number;
  readonly requiredWorkersMaxWait: Duration;
  readonly properties: RoleProperties;
  readonly reasons: readonly Reason[];
}

const DEFAULT_EXECUTION_TIME = Duration.hours(1);
const DEFAULT_SCAN = DataSize.gib(100);
/** Trino's defaults. @see https://trino.io/docs/current/admin/properties-query-management.html */
const TRINO_PLANNING_TIME = Duration.minutes(10);
const TRINO_WAIT = Duration.minutes(5);
/** A node takes two to four minutes to join and the pod a minute or two to pull its image and start. */
const NODE_START = Duration.minutes(6);
const WAIT_FOR_NODES = Duration.minutes(10);

/**
 * The limits as lines of `config.properties`. Only the coordinator applies them.
 * @param limits a value that `queryLimitViolations` finds nothing in
 */
export function planQueryLimits(limits: QueryLimits, workers: WorkerRange): QueryLimitsPlan {
  const maxExecutionTime = limits.maxExecutionTime ?? DEFAULT_EXECUTION_TIME;
  const maxScan = limits.maxScanPhysicalBytes ?? DEFAULT_SCAN;
  const requiredWorkers = limits.requiredWorkers ?? 1;
  const wait = limits.requiredWorkersMaxWait ?? defaultWait(requiredWorkers, workers);
  const coordinator = defined({
    'query.max-execution-time': maxExecutionTime.toTrino(),
    'query.max-run-time': limits.maxRunTime?.toTrino(),
    'query.max-planning-time': limits.maxPlanningTime?.toTrino(),
    'query.max-cpu-time': limits.maxCpuTime?.toTrino(),
    'query.max-scan-physical-bytes': maxScan.toTrino(),
    'query.max-write-physical-size': limits.maxWritePhysicalSize?.toTrino(),
    'query.client.timeout': limits.clientTimeout?.toTrino(),
    'query-manager.required-workers': String(requiredWorkers),
    'query-manager.required-workers-max-wait': wait.toTrino(),
  });
  return {
    ...{ maxExecutionTime, requiredWorkers, requiredWorkersMaxWait: wait },
    properties: { coordinator, worker: {} },
    reasons: reasonsOf(maxExecutionTime, maxScan, requiredWorkers, wait, workers),
  };
}

function defaultWait(requiredWorkers: number, workers: WorkerRange): Duration {
  return requiredWorkers > workers.min ? WAIT_FOR_NODES : TRINO_WAIT;
}

function reasonsOf(
  time: Duration,
  scan: DataSize,
  required: number,
  wait: Duration,
  workers: WorkerRange,
): readonly Reason[] {
  const starts = required > workers.min ? `the autoscaler must start some first: it keeps ${workers.min}` : 'they run';
  return [
    { name: 'query.max-execution-time', value: time.toString(), reason: 'a query that runs longer ends by itself' },
    { name: 'query.max-scan-physical-bytes', value: scan.toString(), reason: 'a query that reads more ends by itself' },
    {
      name: 'query-manager.required-workers',
      value: String(required),
      reason: `a query waits up to ${wait.toString()} for them; ${starts}`,
    },
  ];
}

/** The same limits as defaults of a session, for the queries of one group. */
export function sessionLimits(limits: QueryLimits & { readonly maxMemory?: DataSize }): Properties {
  return defined({
    query_max_execution_time: limits.maxExecutionTime?.toTrino(),
    query_max_run_time: limits.maxRunTime?.toTrino(),
    query_max_planning_time: limits.maxPlanningTime?.toTrino(),
    query_max_cpu_time: limits.maxCpuTime?.toTrino(),
    query_max_scan_physical_bytes: limits.maxScanPhysicalBytes?.toTrino(),
    query_max_write_physical_size: limits.maxWritePhysicalSize?.toTrino(),
    query_max_memory: limits.maxMemory?.toTrino(),
    required_workers_count: limits.requiredWorkers?.toString(),
    required_workers_max_wait_time: limits.requiredWorkersMaxWait?.toTrino(),
  });
}

function defined(lines: Readonly<Record<string, string | undefined>>): Properties {
  return Object.fromEntries(
    Object.entries(lines).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
  );
}

/** A range that no autoscaler can keep. */
export function workerRangeViolations(workers: WorkerRange): readonly Violation[] {
  return violationsOf(workers, [rangeRule]);
}

const rangeRule = rule<WorkerRange>(
  ({ min, max }) => Number.isInteger(min) && Number.isInteger(max) && min >= 0 && max >= 1 && min <= max,
  ({ min, max }) => ({
    path: 'min',
    got: `${show(min)} to ${show(max)} workers`,
    allowed: 'whole numbers, min from 0, max from 1, min up to max',
    fix: 'lower min or raise max',
  }),
);

/** Limits that contradict each other or the number of workers. */
export function queryLimitViolations(limits: QueryLimits, workers: WorkerRange): readonly Violation[] {
  return violationsOf(limits, [executionRule, planningRule, clientTimeoutRule, ...workerRules(workers)]);
}

const executionRule = optional<QueryLimits, Duration>(
  ({ maxRunTime }) => maxRunTime,
  (runTime, { maxExecutionTime = DEFAULT_EXECUTION_TIME }) => !maxExecutionTime.isGreaterThan(runTime),
  (runTime, { maxExecutionTime = DEFAULT_EXECUTION_TIME }) => ({
    path: 'maxExecutionTime',
    got: maxExecutionTime.toString(),
    allowed: `up to maxRunTime (${runTime.toString()}), which counts queue and planning, too`,
    fix: 'lower maxExecutionTime or raise maxRunTime',
  }),
);

const planningRule = optional<QueryLimits, Duration>(
  ({ maxRunTime }) => maxRunTime,
  (runTime, { maxPlanningTime = TRINO_PLANNING_TIME }) => !maxPlanningTime.isGreaterThan(runTime),
  (runTime, { maxPlanningTime = TRINO_PLANNING_TIME }) => ({
    path: 'maxPlanningTime',
    got: maxPlanningTime.toString(),
    allowed: `up to maxRunTime (${runTime.toString()})`,
    fix: 'lower maxPlanningTime or raise maxRunTime',
  }),
);

const clientTimeoutRule = optional<QueryLimits, Duration>(
  ({ clientTimeout }) => clientTimeout,
  (timeout) => !timeout.isLessThan(Duration.seconds(1)),
  (timeout) => ({
    path: 'clientTimeout',
    got: timeout.toString(),
    allowed: 'from 1s: Trino refuses to boot below it',
    fix: 'raise clientTimeout; 5m is the default',
  }),
);

function workerRules(workers: WorkerRange): readonly Rule<QueryLimits>[] {
  return [
    ({ requiredWorkers }) => {
      const range = { from: 1, to: workers.max, note: 'the maximum of workers; above it no query would ever start' };
      return wholeNumberIfGiven(
        'requiredWorkers',
        requiredWorkers,
        range,
        'lower requiredWorkers or raise workers.max',
      );
    },
    optional(
      ({ requiredWorkersMaxWait }) => requiredWorkersMaxWait,
      (wait, { requiredWorkers = 1 }) => requiredWorkers <= workers.min || !wait.isLessThan(NODE_START),
      (wait, { requiredWorkers = 1 }) => ({
        path: 'requiredWorkersMaxWait',
        got: wait.toString(),
        allowed: `from ${NODE_START.toString()}: ${requiredWorkers} workers are required, the autoscaler keeps ${workers.min} and a new node takes minutes`,
        fix: `raise it to ${WAIT_FOR_NODES.toTrino()} or the minimum of workers to ${requiredWorkers}`,
      }),
    ),
  ];
}
