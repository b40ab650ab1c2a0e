import type { DataSize, Violation } from '../core';
import type { Caution, NodeRole, Reason, RoleProperties } from './policy';
import type { RetryPolicy } from './fault-tolerance';

/** How a node's memory is divided. Everything has a default that boots. */
export interface NodeMemoryPolicy {
  /** Share of the pod that becomes heap, up to 0.85. @default - see `defaultHeap` */
  readonly heapFraction?: number;
  /** Share of the heap that Trino leaves for what it does not count. @default 0.3 */
  readonly headroomFraction?: number;
  /** Most memory one query may take on this node. @default - 30 % of a coordinator's heap, 50 % of a worker's */
  readonly maxMemoryPerNode?: DataSize;
}

/** One role's pods. */
export interface NodeMemory {
  /** The container's memory: request and limit. */
  readonly pod: DataSize;
  /** What one Kubernetes node can give to our pods, daemon sets subtracted. @default - the fit is not checked */
  readonly allocatable?: DataSize;
  readonly policy?: NodeMemoryPolicy;
}

export interface MemoryProps {
  readonly coordinator: NodeMemory;
  readonly worker: NodeMemory;
  /** The most workers that the autoscaler may start. */
  readonly maxWorkers: number;
  /** @default 'NONE' */
  readonly retryPolicy?: RetryPolicy;
  /** `query.max-memory`. @default - every worker's share at `maxWorkers` */
  readonly maxMemory?: DataSize;
  /** `query.max-total-memory`. @default - every worker's pool at `maxWorkers` */
  readonly maxTotalMemory?: DataSize;
}

/** A part of the pod that is not heap. */
export interface OffHeapPart {
  readonly name: string;
  readonly size: DataSize;
  readonly reason: string;
}

export interface NodeMemoryPlan {
  readonly role: NodeRole;
  readonly pod: DataSize;
  /** `-Xmx` and `-Xms`, whole mebibytes. */
  readonly heap: DataSize;
  /** `memory.heap-headroom-per-node`. */
  readonly headroom: DataSize;
  /** `query.max-memory-per-node`. */
  readonly maxMemoryPerNode: DataSize;
  /** What Trino hands out to queries on this node: heap less headroom. */
  readonly pool: DataSize;
  readonly offHeap: readonly OffHeapPart[];
  /** How the pod sits on its node; undefined when the node is not known. */
  readonly fit: NodeFit | undefined;
  readonly reasons: readonly Reason[];
}

export interface NodeFit {
  readonly allocatable: DataSize;
  readonly podsPerNode: number;
  /** Memory of the node that no pod of ours can use. */
  readonly wasted: DataSize;
}

/** A property that Trino accepts and never applies. */
export interface InertSetting {
  readonly property: string;
  readonly reason: string;
}

export interface MemoryPlan {
  readonly coordinator: NodeMemoryPlan;
  readonly worker: NodeMemoryPlan;
  readonly maxWorkers: number;
  /** `query.max-memory`. */
  readonly maxMemory: DataSize;
  /** `query.max-total-memory`. */
  readonly maxTotalMemory: DataSize;
  readonly properties: RoleProperties;
  readonly inert: readonly InertSetting[];
  readonly reasons: readonly Reason[];
  readonly cautions: readonly Caution[];
}

export declare function planMemory(props: MemoryProps): MemoryPlan;
export declare function memoryViolations(props: MemoryProps): readonly Violation[];
/** For lines a user adds to a role's config.properties by hand. */
export declare function memoryOverrideViolations(
  plan: NodeMemoryPlan,
  properties: Readonly<Record<string, string>>,
): readonly Violation[];
