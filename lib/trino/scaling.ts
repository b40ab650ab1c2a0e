import type { Duration, Violation } from '../core';
import type { DrainPlan } from './drain';
import type { NodeRole, Reason } from './policy';
import type { QueryLimitsPlan } from './query-limits';

/** A series by its name in Prometheus, and the role that exports it. */
export interface MetricSeries {
  readonly name: string;
  readonly role: NodeRole;
}

export interface ScalingPolicy {
  readonly min: number;
  readonly max: number;
  /** Running queries that one worker is meant for. @default 5 */
  readonly runningPerWorker?: number;
  /** Waiting queries that ask for one more worker. @default 2 */
  readonly queuedPerWorker?: number;
  /** CPU in per cent of the request above which workers are added. @default 70 */
  readonly cpuUtilization?: number;
  /** @default 15s */
  readonly pollingInterval?: Duration;
}

export interface ScalingContext {
  /** Base URL of Prometheus. */
  readonly prometheusUrl: string;
  /** Labels that pick this platform's coordinator: `{ namespace: 'trino' }`. */
  readonly labels: Readonly<Record<string, string>>;
  readonly metrics: {
    readonly runningQueries: MetricSeries;
    readonly queuedQueries: MetricSeries;
    readonly requiredWorkers: MetricSeries;
  };
  readonly drain: DrainPlan;
  readonly limits: QueryLimitsPlan;
}

/** A KEDA trigger. */
export interface ScalingTrigger {
  readonly type: 'prometheus' | 'cpu';
  readonly metricType: 'AverageValue' | 'Utilization';
  readonly metadata: Readonly<Record<string, string>>;
}

/** One direction of `autoscaling/v2` behavior. */
export interface ScalingBehavior {
  readonly stabilizationWindowSeconds: number;
  readonly selectPolicy: 'Max' | 'Min';
  readonly policies: readonly {
    readonly type: 'Pods' | 'Percent';
    readonly value: number;
    readonly periodSeconds: number;
  }[];
}

export interface ScalingPlan {
  readonly minReplicaCount: number;
  readonly maxReplicaCount: number;
  readonly pollingInterval: Duration;
  /** Only between one worker and none. */
  readonly cooldownPeriod: Duration;
  readonly fallback: { readonly failureThreshold: number; readonly replicas: number };
  readonly triggers: readonly ScalingTrigger[];
  readonly behavior: { readonly scaleUp: ScalingBehavior; readonly scaleDown: ScalingBehavior };
  readonly reasons: readonly Reason[];
}

export declare function planScaling(policy: ScalingPolicy, context: ScalingContext): ScalingPlan;
export declare function scalingViolations(policy: ScalingPolicy, context: ScalingContext): readonly Violation[];
