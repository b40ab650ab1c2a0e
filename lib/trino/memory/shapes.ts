import type { DataSize } from '../../core';
import type { RetryPolicy } from '../retry-policy';
import type { Caution, Reason, RoleProperties } from '../policy';
import type { TrinoRole } from '../trino-role';

/** How a node's memory is divided. Every default boots, whatever the size of the pod. */
export interface NodeMemoryPolicy {
  /** Share of the pod that becomes heap, up to 0.85. @default - 0.8; less in pods under 8.5 GiB, see `defaultHeap` */
  readonly heapFraction?: number;
  /** Share of the heap that Trino leaves for what it does not count. @default 0.3 */
  readonly headroomFraction?: number;
  /** Most memory one query may take on this node. @default - 30 % of a coordinator's heap, 50 % of a worker's */
  readonly maxMemoryPerNode?: DataSize;
}

/** The memory of one role's pods. */
export interface NodeMemory {
  /** The container's memory, request and limit alike. From 2 GiB. */
  readonly memory: DataSize;
  /** @default - every share at its own default */
  readonly memoryPolicy?: NodeMemoryPolicy;
  /** @default - the fit is not checked */
  readonly room?: NodeRoom;
}

/** What one Kubernetes node has for pods of the role. */
export interface NodeRoom {
  /** Its memory, daemon sets subtracted. */
  readonly allocatable: DataSize;
  /** How many it takes by memory and CPU: 0 when none fits. */
  readonly podsPerNode: number;
}

/** The memory of the workers' pods, and how many there may be. */
export interface WorkersMemory extends NodeMemory {
  /** The most workers that the autoscaler may start. */
  readonly max: number;
}

/** The most that one query may take on all nodes. */
export interface QueryMemory {
  /** `query.max-memory`: its user memory. @default - every worker's share, of as many as there may be */
  readonly maxMemory?: DataSize;
  /** `query.max-total-memory`: all of its memory. @default - every worker's heap, of as many as there may be */
  readonly maxTotalMemory?: DataSize;
}

/** The pods whose memory is divided, and the most that one query may take of it: the options of a definition, by their names. */
export interface MemoryProps {
  readonly coordinator: NodeMemory;
  readonly workers: WorkersMemory;
  /** @default - what the workers have */
  readonly memory?: QueryMemory;
  /** @default 'NONE' */
  readonly retryPolicy?: RetryPolicy;
}

/** A part of the pod that is not heap. */
export interface OffHeapPart {
  readonly name: string;
  readonly size: DataSize;
  readonly reason: string;
}

/** How well pods fill a Kubernetes node. */
export interface NodeFit extends NodeRoom {
  /** Memory of the node that no pod of ours can use. */
  readonly wasted: DataSize;
}

/** How the memory of one pod is divided. */
export interface NodeMemoryPlan {
  readonly role: TrinoRole;
  /** The pod's. */
  readonly memory: DataSize;
  /** `-Xmx`, in whole heap regions of 32 MiB. */
  readonly heap: DataSize;
  /** `memory.heap-headroom-per-node`. */
  readonly headroom: DataSize;
  /** `query.max-memory-per-node`. */
  readonly maxMemoryPerNode: DataSize;
  /** What Trino hands out to queries on this node: heap less headroom. */
  readonly pool: DataSize;
  /** The rest of the pod, part by part; with the heap it makes the whole pod. */
  readonly offHeap: readonly OffHeapPart[];
  /** undefined when the node is not known. */
  readonly fit: NodeFit | undefined;
  readonly reasons: readonly Reason[];
}

/** A property that Trino accepts and never applies. */
export interface InertSetting {
  readonly property: string;
  readonly reason: string;
}

/** The memory of every node and of one query, with the properties that say so to Trino. */
export interface MemoryPlan {
  readonly coordinator: NodeMemoryPlan;
  readonly worker: NodeMemoryPlan;
  readonly maxWorkers: number;
  /** `query.max-memory`. */
  readonly maxMemory: DataSize;
  /** `query.max-total-memory`. */
  readonly maxTotalMemory: DataSize;
  /** The pools of all workers at `maxWorkers`: what the resource groups divide. */
  readonly clusterPool: DataSize;
  readonly properties: RoleProperties;
  readonly inert: readonly InertSetting[];
  readonly reasons: readonly Reason[];
  readonly cautions: readonly Caution[];
}
