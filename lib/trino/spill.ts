import type { DataSize, Violation } from '../core';
import type { RetryPolicy } from './fault-tolerance';
import type { Reason, RoleProperties } from './policy';

export type CompressionCodec = 'NONE' | 'LZ4' | 'ZSTD';

export interface SpillPolicy {
  /** `sizeLimit` of the workers' spill volume, an emptyDir on the node's NVMe. */
  readonly volume: DataSize;
  /** Mount path, the same on every node. @default '/spill' */
  readonly path?: string;
  /** `max-spill-per-node`. @default - 90 % of the volume */
  readonly maxPerNode?: DataSize;
  /** `query-max-spill-per-node`. @default - maxPerNode */
  readonly maxPerQuery?: DataSize;
  /** @default 'LZ4' */
  readonly compression?: CompressionCodec;
  /** @default false: AWS encrypts instance NVMe in hardware */
  readonly encryption?: boolean;
}

export interface SpillContext {
  readonly retryPolicy: RetryPolicy;
  /** Ephemeral storage that the node can give to one worker. @default - not checked */
  readonly nodeStorage?: DataSize;
}

/** A volume that a role's pods mount. */
export interface SpillVolume {
  /** Also the name for `safe-to-evict-local-volumes`. */
  readonly name: string;
  readonly mountPath: string;
  readonly sizeLimit: DataSize;
}

export interface SpillPlan {
  readonly properties: RoleProperties;
  readonly coordinatorVolume: SpillVolume;
  readonly workerVolume: SpillVolume;
  /** Request and limit of `ephemeral-storage` of a worker. */
  readonly workerEphemeralStorage: DataSize;
  readonly coordinatorEphemeralStorage: DataSize;
  readonly reasons: readonly Reason[];
}

export declare function planSpill(policy: SpillPolicy): SpillPlan;
export declare function spillViolations(policy: SpillPolicy, context: SpillContext): readonly Violation[];
