import type { Duration } from '../../core';
import type { Capacity } from '../fault-tolerance';
import type { RetryPolicy } from '../retry-policy';
import type { Caution, Reason, RoleProperties } from '../policy';

/** How a worker leaves. Every number that is left out follows from the others. */
export interface DrainPolicy {
  /** `shutdown.grace-period`, which Trino waits before and after its tasks; from 10s. @default 30s; 15s on spot */
  readonly gracePeriod?: Duration;
  /** Longest that a leaving worker may go on with its tasks. @default - see `planDrain` */
  readonly longestTask?: Duration;
  /** `terminationGracePeriodSeconds` of the workers. @default - the sum of the chain */
  readonly terminationGracePeriod?: Duration;
  /** `max-graceful-termination-sec` of the cluster autoscaler. @default - terminationGracePeriod, from 10m */
  readonly autoscalerMaxGracefulTermination?: Duration;
  /** How long a node drains before its pods are killed; a longer drain is refused. @default - 15m of an EKS managed node group; a longer drain is a caution */
  readonly nodeDrain?: Duration;
  /** User of the shutdown call; workers must let it write system information. @default 'drain' */
  readonly user?: string;
}

/** What else in the platform the drain must agree with. */
export interface DrainContext {
  readonly maxExecutionTime: Duration;
  readonly retryPolicy: RetryPolicy;
  readonly capacity: Capacity;
}

/** A stretch of a drain, for a timeline. */
export interface DrainStep {
  readonly name: string;
  readonly start: Duration;
  readonly length: Duration;
  readonly reason: string;
}

/** Something outside of the pod that may end its drain. */
export interface DrainLimit {
  readonly name: string;
  readonly at: Duration;
  /** Whether the whole drain fits. */
  readonly suffices: boolean;
  readonly reason: string;
}

/** Every number of a worker's way out, and what makes it leave so. */
export interface DrainPlan {
  readonly gracePeriod: Duration;
  readonly longestTask: Duration;
  readonly terminationGracePeriod: Duration;
  readonly autoscalerMaxGracefulTermination: Duration;
  /** Who the shutdown call says it is: needs `write` in the workers' system information rules. */
  readonly user: string;
  readonly properties: RoleProperties;
  /** `lifecycle.preStop.exec.command` of the worker's container. */
  readonly preStop: readonly string[];
  readonly timeline: readonly DrainStep[];
  readonly limits: readonly DrainLimit[];
  readonly reasons: readonly Reason[];
  readonly cautions: readonly Caution[];
}
