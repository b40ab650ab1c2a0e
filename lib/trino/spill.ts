import { DataSize, oneOf, rule, show, violationsOf, type Rule, type Violation } from '../core';
import { CONFIG_DIRECTORY } from './container';
import type { RetryPolicy } from './retry-policy';
import { onEveryNode, optional, type Reason, type RoleProperties } from './policy';

const CODECS = ['NONE', 'LZ4', 'ZSTD'] as const;
/** How what is spilled is compressed: `spill-compression-codec`. */
export type SpillCodec = (typeof CODECS)[number];

/** Joins, aggregations and sorts that continue on disk. @see https://trino.io/docs/current/admin/spill.html */
export interface SpillPolicy {
  /** `sizeLimit` of the workers' spill volume, an emptyDir on the node's NVMe. */
  readonly volume: DataSize;
  /** Where it is mounted, the same on every node. @default '/spill' */
  readonly path?: string;
  /** `max-spill-per-node`. @default - 90 % of the volume */
  readonly maxPerNode?: DataSize;
  /** `query-max-spill-per-node`. @default - maxPerNode */
  readonly maxPerQuery?: DataSize;
  /** @default 'LZ4', which costs little CPU and halves the writes */
  readonly compression?: SpillCodec;
  /** Encrypt with a key per file. @default false: AWS encrypts instance NVMe in hardware */
  readonly encryption?: boolean;
}

/** What else in the platform the policy must agree with. */
export interface SpillContext {
  readonly retryPolicy: RetryPolicy;
  /** Ephemeral storage that a node can give to one worker. @default - not checked */
  readonly nodeStorage?: DataSize;
}

/** An emptyDir that a role's pods mount. */
export interface SpillVolume {
  /** Also a name for the annotation `safe-to-evict-local-volumes`. */
  readonly name: string;
  readonly mountPath: string;
  readonly sizeLimit: DataSize;
  /** Request and limit of `ephemeral-storage`: the volume and what else the pod writes. */
  readonly ephemeralStorage: DataSize;
}

/** The properties that make Trino spill, and the volumes that it spills to. */
export interface SpillPlan {
  readonly properties: RoleProperties;
  readonly coordinator: SpillVolume;
  readonly worker: SpillVolume;
  readonly reasons: readonly Reason[];
}

const PATH = '/spill';
/** The kubelet evicts a pod above `sizeLimit`, and looks only now and then: Trino must stop before. */
const USABLE_FRACTION = 0.9;
/** The coordinator plans by the same switch and creates the directory at start; it spills nothing. */
const COORDINATOR_VOLUME = DataSize.gib(1);
/** Logs, `/tmp` and Trino's data directory. */
const SCRATCH = DataSize.gib(10);

/** @param policy a value that `spillViolations` finds nothing in */
export function planSpill(policy: SpillPolicy): SpillPlan {
  const path = policy.path ?? PATH;
  const maxPerNode = maxPerNodeOf(policy);
  const maxPerQuery = policy.maxPerQuery ?? maxPerNode;
  return {
    properties: onEveryNode({
      'spill-enabled': 'true',
      'spiller-spill-path': path,
      'max-spill-per-node': maxPerNode.toTrino(),
      'query-max-spill-per-node': maxPerQuery.toTrino(),
      'spill-compression-codec': policy.compression ?? 'LZ4',
      'spill-encryption-enabled': String(policy.encryption ?? false),
    }),
    coordinator: volumeAt(path, COORDINATOR_VOLUME),
    worker: volumeAt(path, policy.volume),
    reasons: reasonsOf(policy, maxPerNode, maxPerQuery),
  };
}

function maxPerNodeOf({ maxPerNode, volume }: SpillPolicy): DataSize {
  return maxPerNode ?? volume.times(USABLE_FRACTION).floorToMib();
}

function volumeAt(mountPath: string, sizeLimit: DataSize): SpillVolume {
  return { name: 'spill', mountPath, sizeLimit, ephemeralStorage: sizeLimit.plus(SCRATCH) };
}

function reasonsOf({ volume }: SpillPolicy, maxPerNode: DataSize, maxPerQuery: DataSize): readonly Reason[] {
  return [
    {
      name: 'max-spill-per-node',
      value: maxPerNode.toString(),
      reason: `the volume of ${volume.toString()} less what is written before the kubelet looks again`,
    },
    {
      name: 'query-max-spill-per-node',
      value: maxPerQuery.toString(),
      reason:
        "set beside the limit per node: Trino's default of 100 GiB would cap one query below it, or stand above it",
    },
    {
      name: 'ephemeral-storage',
      value: volume.plus(SCRATCH).toString(),
      reason: `the volume and ${SCRATCH.toString()} for logs and temporary files`,
    },
  ];
}

/** Contradictions inside the policy and with the rest of the platform. */
export function spillViolations(policy: SpillPolicy, context: SpillContext): readonly Violation[] {
  return violationsOf(policy, [...RULES, ...contextRules(context)]);
}

const RULES: readonly Rule<SpillPolicy>[] = [
  rule(
    ({ volume }) => !volume.isLessThan(DataSize.gib(1)),
    ({ volume }) => ({ path: 'volume', got: volume.toString(), allowed: 'from 1 GiB', fix: 'raise volume' }),
  ),
  optional(
    ({ path }) => path,
    (path) => /^\/[\w./-]*\w$/.test(path) && !path.startsWith(CONFIG_DIRECTORY),
    (path) => ({
      path: 'path',
      got: show(path),
      allowed: `an absolute path outside of ${CONFIG_DIRECTORY}, which the chart mounts`,
      fix: `leave it out (${PATH})`,
    }),
  ),
  optional(
    ({ maxPerNode }) => maxPerNode,
    (max, { volume }) => !max.isGreaterThan(volume.times(USABLE_FRACTION)),
    (max, { volume }) => ({
      path: 'maxPerNode',
      got: max.toString(),
      allowed: `up to 90 % of the volume (${volume.times(USABLE_FRACTION).floorToMib().toString()}): Kubernetes evicts the worker at ${volume.toString()}`,
      fix: 'lower maxPerNode or raise volume',
    }),
  ),
  optional(
    ({ maxPerQuery }) => maxPerQuery,
    (max, policy) => !max.isGreaterThan(maxPerNodeOf(policy)),
    (max, policy) => ({
      path: 'maxPerQuery',
      got: max.toString(),
      allowed: `up to maxPerNode (${maxPerNodeOf(policy).toString()}), which all queries share`,
      fix: 'lower maxPerQuery or leave it out',
    }),
  ),
  optional(
    ({ compression }) => compression,
    (codec) => CODECS.includes(codec),
    (codec) => ({ path: 'compression', got: show(codec), allowed: oneOf(CODECS), fix: 'leave it out (LZ4)' }),
  ),
];

function contextRules({ retryPolicy, nodeStorage }: SpillContext): readonly Rule<SpillPolicy>[] {
  return [
    rule(
      () => retryPolicy !== 'TASK',
      () => ({
        path: '',
        got: 'spill with retryPolicy TASK',
        allowed: 'one of the two answers to queries that outgrow memory; task retries keep data in the exchange',
        fix: 'remove spill: Trino calls it legacy and task retries its successor',
      }),
    ),
    optional(
      () => nodeStorage,
      (storage, { volume }) => !volume.plus(SCRATCH).isGreaterThan(storage),
      (storage, { volume }) => ({
        path: 'volume',
        got: `${volume.toString()} and ${SCRATCH.toString()} for logs and temporary files`,
        allowed: `up to ${storage.toString()}, what the node can give`,
        fix: 'lower volume or choose an instance type with a larger NVMe',
      }),
    ),
  ];
}
