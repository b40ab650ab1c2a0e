import {
  inside,
  isToken,
  oneOf,
  rule,
  show,
  violationsOf,
  wholeNumberIfGiven,
  Duration,
  type Rule,
  type Violation,
} from '../../core';
import { type Caution, optional } from '../policy';
import { RETRY_POLICIES, type RetryPolicy } from '../retry-policy';
import type { ExchangeStorage, FaultToleranceContext, FaultTolerancePolicy, WritableCatalog } from './shapes';

const DAY = Duration.days(1);

interface Checked extends FaultTolerancePolicy {
  readonly context: FaultToleranceContext;
}

/** Contradictions inside the policy and with the rest of the platform. */
export function faultToleranceViolations(
  policy: FaultTolerancePolicy,
  context: FaultToleranceContext,
): readonly Violation[] {
  return violationsOf({ ...policy, context }, RULES);
}

const RULES: readonly Rule<Checked>[] = [
  rule(
    ({ retryPolicy }) => RETRY_POLICIES.includes(retryPolicy),
    ({ retryPolicy }) => ({
      path: 'retryPolicy',
      got: show(retryPolicy),
      allowed: oneOf(RETRY_POLICIES),
      fix: "choose 'TASK' for batch work, 'QUERY' for many short queries",
    }),
  ),
  rule(
    ({ retryPolicy, exchange }) => retryPolicy !== 'TASK' || exchange !== undefined,
    () => ({
      path: 'exchange',
      got: show(undefined),
      allowed: 'a bucket with retryPolicy TASK: without one Trino starts and then fails every query',
      fix: "give exchange a bucket that holds nothing else, or set retryPolicy to 'QUERY'",
    }),
  ),
  rule(
    ({ retryPolicy, context }) => context.capacity !== 'spot' || retryPolicy !== 'NONE',
    ({ retryPolicy }) => ({
      path: 'retryPolicy',
      got: show(retryPolicy),
      allowed: "'TASK' or 'QUERY' on spot workers, which AWS takes away at two minutes' notice",
      fix: "set retryPolicy to 'TASK' or run the workers on demand",
    }),
  ),
  optional(
    ({ taskMemory }) => taskMemory,
    (taskMemory, { context }) => !taskMemory.isGreaterThan(context.memory.worker.pool),
    (taskMemory, { context: { memory } }) => ({
      path: 'taskMemory',
      got: taskMemory.toString(),
      allowed: `up to a worker's pool of ${memory.worker.pool.toString()}: a larger task has no worker to fit`,
      fix: `lower it to ${memory.worker.pool.times(0.5).floorToMib().toTrino()} or raise workers.memory`,
    }),
  ),
  ({ maxPartitionCount }) => {
    const fix = 'leave it out (50); more makes tasks small and the exchange slow';
    return wholeNumberIfGiven('maxPartitionCount', maxPartitionCount, { from: 1, to: 1000 }, fix);
  },
  ({ retryAttempts, retryPolicy }) => {
    const range = retryPolicy === 'TASK' ? { from: 0, to: 126, note: 'of a task' } : { from: 0 };
    return wholeNumberIfGiven('retryAttempts', retryAttempts, range, 'leave it out (4)');
  },
  ...inertRules(),
  ({ exchange, context }) => (exchange === undefined ? [] : exchangeViolations(exchange, context)),
];

/**
 * Reads are fine everywhere; these refuse INSERT while retries are on.
 * @see https://trino.io/docs/current/admin/fault-tolerant-execution.html#configuration
 */
const WITHOUT_RETRIES = [
  'cassandra',
  'clickhouse',
  'duckdb',
  'gsheets',
  'ignite',
  'kafka',
  'singlestore',
  'snowflake',
  'vertica',
];
/** So does a database that is written to without transactions. @see https://trino.io/docs/current/connector/mysql.html#non-transactional-insert */
const NON_TRANSACTIONAL = 'insert.non-transactional-insert.enabled';

/** Who refuses INSERT while retries are on; undefined where nobody does. */
function refusalOf({ connector, properties = {} }: WritableCatalog): string | undefined {
  if (WITHOUT_RETRIES.includes(connector)) return `${connector} refuses INSERT`;
  const value = properties[NON_TRANSACTIONAL];
  const isOn = typeof value === 'string' && value.trim().toLowerCase() === 'true';
  return isOn ? `${connector} refuses INSERT with ${NON_TRANSACTIONAL}=true` : undefined;
}

/** Catalogs that can be read and not written to while retries are on. */
export function retryCautions(
  { retryPolicy }: FaultTolerancePolicy,
  catalogs: readonly WritableCatalog[],
): readonly Caution[] {
  if (retryPolicy === 'NONE') return [];
  return catalogs.flatMap((catalog) => {
    const refusal = refusalOf(catalog);
    if (refusal === undefined) return [];
    const text = `with retryPolicy ${show(retryPolicy)} it can be read only: ${refusal}`;
    return [{ path: `catalogs.${catalog.name}`, text }];
  });
}

/**
 * Settings that Trino would accept and never apply. It makes a key for the exchange under TASK only.
 * @see https://github.com/trinodb/trino/blob/480/core/trino-main/src/main/java/io/trino/execution/QueryStateMachine.java
 */
function inertRules(): readonly Rule<Checked>[] {
  const onlyTask = ['taskMemory', 'maxPartitionCount', 'encryption'] as const;
  const onlyRetries = ['exchange', 'retryAttempts'] as const;
  return [
    ...onlyTask.map((field) => inertRule(field, ['TASK'])),
    ...onlyRetries.map((field) => inertRule(field, ['TASK', 'QUERY'])),
  ];
}

function inertRule(field: keyof FaultTolerancePolicy, policies: readonly RetryPolicy[]): Rule<Checked> {
  return rule(
    (policy) => policy[field] === undefined || policies.includes(policy.retryPolicy),
    ({ retryPolicy }) => ({
      path: field,
      got: `a value with retryPolicy ${show(retryPolicy)}`,
      allowed: `a value with ${oneOf(policies)}; it has no effect otherwise`,
      fix: `remove ${field} or set retryPolicy`,
    }),
  );
}

function exchangeViolations(
  exchange: ExchangeStorage,
  { maxExecutionTime }: FaultToleranceContext,
): readonly Violation[] {
  return inside('exchange', violationsOf(exchange, [...EXCHANGE_RULES, expiryRule(maxExecutionTime)]));
}

const EXCHANGE_RULES: readonly Rule<ExchangeStorage>[] = [
  rule(
    ({ baseDirectories }) => baseDirectories.length > 0,
    () => ({ path: 'baseDirectories', got: '[]', allowed: 'one directory at least', fix: "give 's3://bucket'" }),
  ),
  ({ baseDirectories }) =>
    baseDirectories.filter((uri) => !isToken(uri) && !uri.startsWith('s3://')).map(schemeViolation),
];

function schemeViolation(uri: string): Violation {
  return {
    path: 'baseDirectories',
    got: show(uri),
    allowed: 's3://bucket or s3://bucket/prefix: every node must reach it',
    fix: 'name a bucket that holds nothing else: its contents expire',
  };
}

function expiryRule(maxExecutionTime: Duration): Rule<ExchangeStorage> {
  return optional(
    ({ expireAfter }) => expireAfter,
    (expiry) => Number.isInteger(expiry.dividedBy(DAY)) && expiry.isGreaterThan(maxExecutionTime),
    (expiry) => ({
      path: 'expireAfter',
      got: expiry.toString(),
      allowed: `whole days, longer than a query may run (${maxExecutionTime.toString()})`,
      fix: 'raise expireAfter to whole days above the limit, or lower maxExecutionTime',
    }),
  );
}
