import type { Duration, Violation } from '../core';
import type { RetryPolicy } from './fault-tolerance';
import type { Caution, Reason, RoleProperties } from './policy';

export interface DrainPolicy {
  /** `shutdown.grace-period`, waited before and after the tasks. @default 30s; 15s on spot */
  readonly gracePeriod?: Duration;
  /** Longest that a draining worker may still work. @default - see `planDrain` */
  readonly longestTask?: Duration;
  /** User of the shutdown call, who must be allowed to write system information on workers. @default 'drain' */
  readonly user?: string;
  /** What may remove a node is patient for. @default 15m, an EKS managed node group's */
  readonly nodeDrain?: Duration;
  /** The cluster autoscaler's `max-graceful-termination-sec`. @default - the pod's */
  readonly autoscalerMaxGracefulTermination?: Duration;
  /** @default - the sum of the chain */
  readonly terminationGracePeriod?: Duration;
}

export interface DrainContext {
  readonly maxExecutionTime: Duration;
  readonly retryPolicy: RetryPolicy;
  readonly capacity: 'spot' | 'on-demand';
  /** HTTP port of the workers. @default 8080 */
  readonly httpPort?: number;
}

/** One stretch of a drain, for a timeline. */
export interface DrainStep {
  readonly name: string;
  readonly start: Duration;
  readonly length: Duration;
  readonly reason: string;
}

/** Something outside the pod that may end the drain early. */
export interface DrainLimit {
  readonly name: string;
  readonly at: Duration;
  /** Whether the whole drain fits below it. */
  readonly suffices: boolean;
  readonly reason: string;
}

export interface DrainPlan {
  readonly gracePeriod: Duration;
  readonly longestTask: Duration;
  /** Pod's `terminationGracePeriodSeconds`. */
  readonly terminationGracePeriod: Duration;
  readonly autoscalerMaxGracefulTermination: Duration;
  readonly user: string;
  readonly properties: RoleProperties;
  /** The container's `lifecycle.preStop.exec.command`. */
  readonly preStop: readonly string[];
  readonly timeline: readonly DrainStep[];
  readonly limits: readonly DrainLimit[];
  readonly reasons: readonly Reason[];
  readonly cautions: readonly Caution[];
}

export declare function planDrain(policy: DrainPolicy, context: DrainContext): DrainPlan;
export declare function drainViolations(policy: DrainPolicy, context: DrainContext): readonly Violation[];
