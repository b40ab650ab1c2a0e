import type { DataSize, Duration, Violation } from '../core';
import type { MemoryPlan } from './memory';
import type { Properties, Reason, RoleProperties } from './policy';

/** `retry-policy`: what Trino repeats when a worker is lost. */
export type RetryPolicy = 'NONE' | 'QUERY' | 'TASK';

/** Where task output is kept so that it outlives its worker. */
export interface ExchangeStorage {
  /** `s3://bucket/` or `s3://bucket/prefix/`, of a bucket that holds nothing else; several spread the load. */
  readonly baseDirectories: readonly string[];
  readonly region: string;
  /** Another S3 endpoint. @default - AWS's own */
  readonly endpoint?: string;
  /** @default false */
  readonly pathStyleAccess?: boolean;
  /** Age at which the bucket deletes what crashed nodes left behind, whole days. @default 3 days */
  readonly expireAfter?: Duration;
}

export interface FaultTolerancePolicy {
  readonly retryPolicy: RetryPolicy;
  /** Needed by TASK; with QUERY only results above 32 MB need it. */
  readonly exchange?: ExchangeStorage;
  /** First guess of a task's memory, by which tasks are packed on workers. @default - 5 GiB, on small workers half of the pool */
  readonly taskMemory?: DataSize;
  /** Partitions of a distributed join or aggregation, 1–1000. @default 50 */
  readonly maxPartitionCount?: number;
  /** Retries of one task (TASK) or of the query (QUERY). @default 4 */
  readonly retryAttempts?: number;
  /** Encrypt the exchange with a key per query. @default true */
  readonly encryption?: boolean;
}

/** What else in the platform the policy must agree with. */
export interface FaultToleranceContext {
  readonly memory: MemoryPlan;
  /** What the workers run on. */
  readonly capacity: 'spot' | 'on-demand';
  /** Whether spill is on. */
  readonly spill: boolean;
  /** Catalogs that users write to, with their connector. */
  readonly writableCatalogs: readonly { readonly name: string; readonly connector: string }[];
}

export interface FaultTolerancePlan {
  readonly retryPolicy: RetryPolicy;
  readonly properties: RoleProperties;
  /** `exchange-manager.properties` of every node; undefined without an exchange. */
  readonly exchangeManager: Properties | undefined;
  /** The life cycle of the exchange bucket; undefined without an exchange. */
  readonly lifecycle: { readonly expireAfterDays: number; readonly abortMultipartAfterDays: number } | undefined;
  readonly reasons: readonly Reason[];
}

export declare function planFaultTolerance(
  policy: FaultTolerancePolicy,
  context: FaultToleranceContext,
): FaultTolerancePlan;
export declare function faultToleranceViolations(
  policy: FaultTolerancePolicy,
  context: FaultToleranceContext,
): readonly Violation[];
