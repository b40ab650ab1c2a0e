import { Duration, rule, show, violationsOf, wholeNumberIfGiven, type Rule, type Violation } from '../core';
import type { DrainPlan } from './drain';
import { optional, type Reason } from './policy';
import { workerRangeViolations } from './query-limits';

/** When workers come and go. */
export interface ScalingPolicy {
  /** Workers that always run; with 0 the first query waits for a node. */
  readonly min: number;
  readonly max: number;
  /** Running queries that one worker is meant for; only Prometheus counts them. @default 5 */
  readonly runningPerWorker?: number;
  /** Waiting queries that ask for one worker more; only Prometheus counts them. @default 2 */
  readonly queuedPerWorker?: number;
  /** CPU, in per cent of the request, above which workers are added; every container needs a request. @default 70 */
  readonly cpuUtilization?: number;
  /** How often the series of Prometheus are read, in whole seconds. @default 15s */
  readonly pollingInterval?: Duration;
}

/** What else in the platform the scaling must agree with. */
export interface ScalingContext {
  /** Base URL of Prometheus. */
  readonly prometheusUrl: string;
  /** Labels that pick this platform's coordinator: `{ namespace: 'trino' }`. */
  readonly labels: Readonly<Record<string, string>>;
  /** Names of its series: workers know nothing of queries. */
  readonly metrics: {
    readonly runningQueries: string;
    readonly queuedQueries: string;
    readonly requiredWorkers: string;
  };
  readonly drain: DrainPlan;
  /** Workers that a query may wait for. */
  readonly requiredWorkers: number;
}

/** A trigger of a KEDA ScaledObject. @see https://keda.sh/docs/latest/scalers/prometheus/ */
export interface ScalingTrigger {
  readonly type: 'prometheus' | 'cpu';
  readonly metricType: 'AverageValue' | 'Utilization';
  readonly metadata: Readonly<Record<string, string>>;
}

/** One direction of an `autoscaling/v2` behavior. */
export interface ScalingRules {
  readonly stabilizationWindowSeconds: number;
  readonly selectPolicy: 'Max' | 'Min';
  readonly policies: readonly {
    readonly type: 'Pods' | 'Percent';
    readonly value: number;
    readonly periodSeconds: number;
  }[];
}

/** Both directions of an `autoscaling/v2` behavior. */
export interface ScalingBehavior {
  readonly scaleUp: ScalingRules;
  readonly scaleDown: ScalingRules;
}

/** The numbers of a KEDA ScaledObject, under KEDA's names. */
export interface ScalingPlan {
  readonly minReplicaCount: number;
  readonly maxReplicaCount: number;
  /** Seconds. */
  readonly pollingInterval: number;
  /** Seconds; only for the step from one worker to none. */
  readonly cooldownPeriod: number;
  readonly fallback: {
    readonly failureThreshold: number;
    readonly replicas: number;
    readonly behavior: 'currentReplicasIfHigher';
  };
  readonly triggers: readonly ScalingTrigger[];
  readonly behavior: ScalingBehavior;
  readonly reasons: readonly Reason[];
}

/** The numbers of an autoscaler that looks at CPU alone, where nobody counts queries. */
export interface CpuScalingPlan {
  readonly min: number;
  readonly max: number;
  /** In per cent of the request. */
  readonly utilization: number;
  readonly behavior: ScalingBehavior;
  readonly reasons: readonly Reason[];
}

const RUNNING_PER_WORKER = 5;
const QUEUED_PER_WORKER = 2;
const CPU_UTILIZATION = 70;
const POLLING = Duration.seconds(15);
/** A shorter lull is no reason to give a warm worker up. */
const SHORTEST_LULL = Duration.minutes(10);
/** The largest `stabilizationWindowSeconds` that Kubernetes accepts. @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/ */
const LONGEST_LULL = Duration.hours(1);
const SCALE_UP: ScalingRules = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Percent', value: 100, periodSeconds: 60 },
    { type: 'Pods', value: 4, periodSeconds: 60 },
  ],
};

/** @param policy a value that `scalingViolations` finds nothing in */
export function planScaling(policy: ScalingPolicy, context: ScalingContext): ScalingPlan {
  const lull = lullOf(context.drain);
  return {
    minReplicaCount: policy.min,
    maxReplicaCount: policy.max,
    pollingInterval: (policy.pollingInterval ?? POLLING).toSeconds(),
    cooldownPeriod: lull.toSeconds(),
    fallback: { failureThreshold: 3, replicas: Math.max(policy.min, 1), behavior: 'currentReplicasIfHigher' },
    triggers: triggersOf(policy, context),
    behavior: behaviorOf(lull),
    reasons: reasonsOf(policy, lull, context),
  };
}

/** @param policy a value that `cpuScalingViolations` finds nothing in */
export function planCpuScaling(policy: ScalingPolicy, drain: DrainPlan): CpuScalingPlan {
  const { min, max, cpuUtilization: utilization = CPU_UTILIZATION } = policy;
  const lull = lullOf(drain);
  const reason = `as many as keep their CPU at ${utilization} % of what they ask for`;
  const reasons = [{ name: 'workers', value: `${min} to ${max}`, reason }, lullReason(lull, drain)];
  return { min, max, utilization, behavior: behaviorOf(lull), reasons };
}

/** A worker that was let go is gone for its whole drain, so the load must have stayed low as long. */
function lullOf({ terminationGracePeriod }: DrainPlan): Duration {
  const lull = Duration.max(terminationGracePeriod, SHORTEST_LULL);
  return lull.isGreaterThan(LONGEST_LULL) ? LONGEST_LULL : lull;
}

/** Workers come by doubling, and go one at a time after a lull. */
function behaviorOf(lull: Duration): ScalingBehavior {
  const scaleDown: ScalingRules = {
    stabilizationWindowSeconds: lull.toSeconds(),
    selectPolicy: 'Min',
    policies: [{ type: 'Pods', value: 1, periodSeconds: 120 }],
  };
  return { scaleUp: SCALE_UP, scaleDown };
}

function triggersOf(policy: ScalingPolicy, context: ScalingContext): readonly ScalingTrigger[] {
  const { runningQueries, queuedQueries, requiredWorkers } = context.metrics;
  const { runningPerWorker = RUNNING_PER_WORKER, queuedPerWorker = QUEUED_PER_WORKER } = policy;
  return [
    seriesTrigger(runningQueries, runningPerWorker, context),
    seriesTrigger(queuedQueries, queuedPerWorker, context),
    ...(waitsForWorkers(policy, context) ? [seriesTrigger(requiredWorkers, 1, context)] : []),
    {
      type: 'cpu',
      metricType: 'Utilization',
      metadata: { value: String(policy.cpuUtilization ?? CPU_UTILIZATION) },
    },
  ];
}

/** A query that waits for workers neither runs nor queues: only its demand can start them. */
function waitsForWorkers({ min }: ScalingPolicy, { requiredWorkers }: ScalingContext): boolean {
  return requiredWorkers > min;
}

/** A lost series must be an error, which the fallback answers: KEDA takes it for 0 by default and would scale in. */
function seriesTrigger(series: string, perWorker: number, context: ScalingContext): ScalingTrigger {
  return {
    type: 'prometheus',
    metricType: 'AverageValue',
    metadata: {
      serverAddress: context.prometheusUrl,
      query: `max(${series}${selectorOf(context.labels)})`,
      threshold: String(perWorker),
      ignoreNullValues: 'false',
    },
  };
}

function selectorOf(labels: Readonly<Record<string, string>>): string {
  const matchers = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return matchers.length === 0 ? '' : `{${matchers.join(',')}}`;
}

function reasonsOf(policy: ScalingPolicy, lull: Duration, { drain }: ScalingContext): readonly Reason[] {
  const { runningPerWorker = RUNNING_PER_WORKER, queuedPerWorker = QUEUED_PER_WORKER } = policy;
  return [
    {
      name: 'workers',
      value: `${policy.min} to ${policy.max}`,
      reason: `one per ${runningPerWorker} running or ${queuedPerWorker} waiting queries, or by CPU, whichever is more`,
    },
    lullReason(lull, drain),
    {
      name: 'fallback',
      value: `${Math.max(policy.min, 1)} workers, or as many as run`,
      reason: 'without its series KEDA keeps the workers instead of reading silence as no load',
    },
  ];
}

function lullReason(lull: Duration, { terminationGracePeriod }: DrainPlan): Reason {
  const loss = terminationGracePeriod.toString();
  return {
    name: 'scale-down stabilization',
    value: lull.toString(),
    reason: `a worker takes up to ${loss} to leave, so a shorter lull keeps it (10m at least, 1h at most)`,
  };
}

/** Contradictions inside the policy. */
export function scalingViolations(policy: ScalingPolicy): readonly Violation[] {
  return violationsOf(policy, RULES);
}

/** The same where CPU alone scales. */
export function cpuScalingViolations(policy: ScalingPolicy): readonly Violation[] {
  return violationsOf(policy, [workerRangeViolations, utilizationRule, ...OF_PROMETHEUS.map(prometheusRule)]);
}

const utilizationRule: Rule<ScalingPolicy> = ({ cpuUtilization }) =>
  wholeNumberIfGiven('cpuUtilization', cpuUtilization, { from: 1, to: 100 }, `leave it out (${CPU_UTILIZATION})`);

const RULES: readonly Rule<ScalingPolicy>[] = [
  workerRangeViolations,
  ...(['runningPerWorker', 'queuedPerWorker'] as const).map((field) =>
    optional<ScalingPolicy, number>(
      (policy) => policy[field],
      (count) => count > 0 && Number.isFinite(count),
      (count) => ({ path: field, got: show(count), allowed: 'a number above 0', fix: `leave ${field} out` }),
    ),
  ),
  utilizationRule,
  optional(
    ({ pollingInterval }) => pollingInterval,
    (interval) => interval.toMillis() >= 1000 && interval.toMillis() % 1000 === 0,
    (interval) => ({
      path: 'pollingInterval',
      got: interval.toString(),
      allowed: 'whole seconds from 1s',
      fix: `leave it out (${POLLING.toString()})`,
    }),
  ),
];

const OF_PROMETHEUS = ['runningPerWorker', 'queuedPerWorker', 'pollingInterval'] as const;

function prometheusRule(field: (typeof OF_PROMETHEUS)[number]): Rule<ScalingPolicy> {
  return rule(
    (policy) => policy[field] === undefined,
    (policy) => ({
      path: field,
      got: show(policy[field]),
      allowed: 'nothing where CPU alone scales: nobody counts queries',
      fix: `remove ${field}, or give the address of Prometheus`,
    }),
  );
}
