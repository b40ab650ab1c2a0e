import type { DataSize, Duration, Violation } from '../core';
import type { Properties, Reason, RoleProperties } from './policy';

/** Limits that end a query by themselves. */
export interface QueryLimits {
  /** Running time, without queue and planning. @default 1h */
  readonly maxExecutionTime?: Duration;
  /** All time from submission. @default - Trino's 100 days */
  readonly maxRunTime?: Duration;
  /** @default - Trino's 10 minutes */
  readonly maxPlanningTime?: Duration;
  /** CPU time over all nodes. @default - none */
  readonly maxCpuTime?: Duration;
  /** Bytes read from storage. @default 100 GiB */
  readonly maxScanPhysicalBytes?: DataSize;
  /** Bytes written. @default - none */
  readonly maxWritePhysicalSize?: DataSize;
  /** A query whose client stopped asking ends after this. @default - Trino's 5 minutes */
  readonly clientTimeout?: Duration;
  /** Workers that must be there before a query starts. @default 1 */
  readonly requiredWorkers?: number;
  /** How long a query waits for them. @default - 5m; 10m when they must be started first */
  readonly requiredWorkersMaxWait?: Duration;
}

export interface WorkerRange {
  readonly min: number;
  readonly max: number;
}

export interface QueryLimitsPlan {
  readonly maxExecutionTime: Duration;
  readonly requiredWorkers: number;
  readonly requiredWorkersMaxWait: Duration;
  readonly properties: RoleProperties;
  readonly reasons: readonly Reason[];
}

export declare function planQueryLimits(limits: QueryLimits, workers: WorkerRange): QueryLimitsPlan;
export declare function queryLimitViolations(limits: QueryLimits, workers: WorkerRange): readonly Violation[];
/** The same limits as session properties, for one group's defaults. */
export declare function sessionLimits(limits: QueryLimits & { readonly maxMemory?: DataSize }): Properties;
