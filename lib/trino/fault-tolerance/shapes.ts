import type { DataSize, Duration } from '../../core';
import type { MemoryPlan } from '../memory';
import type { Properties, Reason, RoleProperties } from '../policy';
import type { TrinoRelease } from '../release';
import type { RetryPolicy } from '../retry-policy';
import type { SecretProperties } from '../secret-text';

/** What the workers' nodes are bought as. */
export type Capacity = 'spot' | 'on-demand';

/** Where the output of tasks is kept, so that it outlives its worker. */
export interface ExchangeStorage {
  /** `s3://bucket` or `s3://bucket/prefix`, of buckets that hold nothing else; several spread the load. */
  readonly baseDirectories: readonly string[];
  readonly region: string;
  /** Another S3 than AWS's. @default - AWS's own */
  readonly endpoint?: string;
  /** @default false */
  readonly pathStyleAccess?: boolean;
  /** Age at which the bucket deletes what crashed nodes left behind, in whole days. @default - not known, not judged */
  readonly expireAfter?: Duration;
}

/** @see https://trino.io/docs/current/admin/fault-tolerant-execution.html */
export interface FaultTolerancePolicy {
  readonly retryPolicy: RetryPolicy;
  /** TASK needs it; with QUERY only results above 32 MB do. @default - none */
  readonly exchange?: ExchangeStorage;
  /** First guess of a task's memory, by which TASK packs workers. @default - 5 GiB; on small workers half of the pool */
  readonly taskMemory?: DataSize;
  /** Partitions of a distributed join or aggregation under TASK, 1–1000. @default 50 */
  readonly maxPartitionCount?: number;
  /** Retries of one task (TASK, up to 126) or of the query (QUERY). @default 4 */
  readonly retryAttempts?: number;
  /** TASK encrypts the exchange with a key per query. What QUERY keeps there has the bucket's encryption only. @default true */
  readonly encryption?: boolean;
}

/** A catalog by its connector: not each of them can write under every retry policy. */
export interface WritableCatalog {
  readonly name: string;
  readonly connector: string;
  /** @default - none */
  readonly properties?: SecretProperties;
}

/** What else in the platform the policy must agree with. */
export interface FaultToleranceContext {
  readonly memory: MemoryPlan;
  readonly capacity: Capacity;
  readonly maxExecutionTime: Duration;
  /** @default TrinoRelease.DEFAULT */
  readonly release?: TrinoRelease;
}

/** The files that make Trino repeat what it lost. */
export interface FaultTolerancePlan {
  readonly retryPolicy: RetryPolicy;
  readonly properties: RoleProperties;
  /** `exchange-manager.properties` of every node; undefined without an exchange. */
  readonly exchangeManager: Properties | undefined;
  readonly reasons: readonly Reason[];
}
