import {
  DataSize,
  type Violation,
  choiceViolations,
  isToken,
  matches,
  oneOf,
  placeholderViolations,
  show,
  wholeNumber,
} from '../core';
import { DEFAULT_ROOT_VOLUME, NodeCapacity, instanceTypesViolations } from './node-capacity';

/** Nodes that a pool has at most. @see https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html (nodes per managed node group) */
export const MAX_NODES = 450;
/** The node group's name is at most 63 characters, 26 of which Terraform adds. */
const NAME = /^[a-z][a-z0-9-]{0,35}[a-z0-9]$/;
/** Image of the operating system, the cluster's system images and logs. */
const SMALLEST_ROOT_GIB = 20;
const LARGEST_ROOT_GIB = 16_384;
/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const LABEL_KEY = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
/** Kubernetes and EKS set these themselves and refuse them from others. */
const RESERVED = /^([a-z0-9.-]*\.)?(kubernetes\.io|k8s\.io|eks\.amazonaws\.com)\//;
/**
 * What a taint does to pods that do not tolerate it.
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export const TAINT_EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const;

/** Keeps pods away that do not tolerate it. */
export interface NodeTaint {
  readonly key: string;
  /** @default - no value */
  readonly value?: string;
  readonly effect: (typeof TAINT_EFFECTS)[number];
}

/** The part of a pool's definition that a user chooses; what is wrong with it tells `nodePoolViolations`. */
export interface NodePoolOptions {
  /**
   * Types of one architecture, CPU count and memory, best first: `['r8gd.4xlarge', 'r7gd.4xlarge']`. A change makes
   * other nodes; before smaller ones the pods become smaller: see docs/operations.md.
   */
  readonly instanceTypes: readonly string[];
  /**
   * The cluster autoscaler keeps at least so many nodes; 0 lets the pool sleep. Before it changes in a pool that is
   * deployed, EKS is told: see docs/operations.md.
   */
  readonly minSize: number;
  /** And at most so many, 450 or fewer; EKS is told first of this, too. */
  readonly maxSize: number;
  /**
   * Spot costs less and goes with two minutes of notice.
   * @default 'on-demand'
   */
  readonly capacity?: 'on-demand' | 'spot';
  /** Kubernetes labels of the nodes. @default - only the pool's own, `cdktf-trino/node-pool` */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default - none: every pod may run here */
  readonly taints?: readonly NodeTaint[];
  /** One zone of the network by its number, for pods with an EBS volume, which cannot leave its zone. @default - all zones */
  readonly zone?: number;
  /** Root volume of a node, in GiB: images, logs and emptyDir volumes, unless there is NVMe for them. @default 50 */
  readonly rootVolumeGiB?: number;
  /** What a node offers, for instance types that the library does not know. @default - known from the instance types */
  readonly capacityPerNode?: NodeCapacity;
}

/** What one node of the pool offers to pods: by hand when given, else from the instance types. @throws ConfigError */
export function nodePoolCapacity(options: NodePoolOptions): NodeCapacity {
  return options.capacityPerNode ?? NodeCapacity.ofInstanceTypes(options.instanceTypes, nodePoolRootVolume(options));
}

/** Size of a node's root volume: the one asked for, or the default. */
export function nodePoolRootVolume({ rootVolumeGiB }: NodePoolOptions): DataSize {
  return rootVolumeGiB === undefined ? DEFAULT_ROOT_VOLUME : DataSize.gib(rootVolumeGiB);
}

/**
 * Everything that is wrong with a pool.
 * @param zones how many zones the network has. @default - not judged
 */
export function nodePoolViolations(name: string, options: NodePoolOptions, zones?: number): readonly Violation[] {
  return [
    ...nameViolations(name),
    ...typeViolations(options),
    ...sizeViolations(options),
    ...choiceViolations('capacity', options.capacity, ['on-demand', 'spot']),
    ...spotViolations(name, options),
    ...zoneViolations(options, zones),
    ...rootVolumeViolations(options),
    ...Object.entries(options.labels ?? {}).flatMap(([key, value]) => labelViolations(`labels.${key}`, key, value)),
    ...(options.taints ?? []).flatMap(taintViolations),
  ];
}

/**
 * What is wrong with a cluster's pools taken together: CoreDNS and the other system pods need a node that is always
 * there and takes pods without a toleration.
 */
export function nodePoolsViolations(pools: readonly NodePoolOptions[]): readonly Violation[] {
  const open = ({ minSize, taints }: NodePoolOptions): boolean =>
    (isToken(minSize) || minSize > 0) && (taints ?? []).every(({ effect }) => effect === 'PreferNoSchedule');
  if (pools.some(open)) return [];
  return [
    {
      path: 'nodePools',
      got: pools.length === 0 ? 'no pool' : 'only pools that are tainted or may be empty',
      allowed: 'at least one pool with minSize 1 or more and without taints: system pods (CoreDNS) run there',
      fix: "add a pool like system: { instanceTypes: ['m7g.large'], minSize: 2, maxSize: 3 }",
    },
  ];
}

function nameViolations(name: string): readonly Violation[] {
  if (isToken(name) || matches(NAME, name)) return [];
  return [
    {
      path: 'name',
      got: show(name),
      allowed: '2 to 37 lower-case letters, digits and dashes, a letter first',
      fix: 'rename the pool',
    },
  ];
}

function typeViolations({ instanceTypes, capacityPerNode }: NodePoolOptions): readonly Violation[] {
  if (capacityPerNode !== undefined && instanceTypes.length > 0) return [];
  const fix = "name the types, or give 'capacityPerNode: NodeCapacity.of({ … })'";
  if (isToken(instanceTypes)) return placeholderViolations('instanceTypes', instanceTypes, fix);
  return instanceTypesViolations(instanceTypes);
}

function sizeViolations({ minSize, maxSize }: NodePoolOptions): readonly Violation[] {
  if (isToken(minSize) || isToken(maxSize)) return [];
  const whole = (path: string, value: number, from: number): readonly Violation[] => {
    const fix = `set ${path} within that range; several pools share a larger load`;
    return wholeNumber(path, value, { from, to: MAX_NODES }, fix);
  };
  const order: readonly Violation[] =
    minSize <= maxSize
      ? []
      : [
          {
            path: 'minSize',
            got: show(minSize),
            allowed: `at most maxSize (${maxSize})`,
            fix: 'lower minSize or raise maxSize',
          },
        ];
  return [...whole('minSize', minSize, 0), ...whole('maxSize', maxSize, 1), ...order];
}

/** A coordinator holds the state of every running query: two minutes of notice do not save it. */
function spotViolations(name: string, { capacity }: NodePoolOptions): readonly Violation[] {
  if (name !== 'coordinator' || capacity !== 'spot') return [];
  return [
    {
      path: 'capacity',
      got: show(capacity),
      allowed: "'on-demand': losing the coordinator's node fails every running query",
      fix: "leave capacity out, and use 'spot' for workers",
    },
  ];
}

function zoneViolations({ zone }: NodePoolOptions, zones: number | undefined): readonly Violation[] {
  if (zone === undefined) return [];
  if (isToken(zone)) return placeholderViolations('zone', zone, 'write the number');
  const range = zones === undefined ? { from: 0 } : { from: 0, to: zones - 1, note: `the network has ${zones} zones` };
  return wholeNumber('zone', zone, range, 'name one of the zones by its number, or leave it out for all of them');
}

function rootVolumeViolations({ rootVolumeGiB }: NodePoolOptions): readonly Violation[] {
  if (rootVolumeGiB === undefined) return [];
  if (isToken(rootVolumeGiB)) return placeholderViolations('rootVolumeGiB', rootVolumeGiB, 'write the number');
  const range = { from: SMALLEST_ROOT_GIB, to: LARGEST_ROOT_GIB };
  return wholeNumber('rootVolumeGiB', rootVolumeGiB, range, 'leave it out for 50 GiB');
}

function taintViolations({ key, value, effect }: NodeTaint, index: number): readonly Violation[] {
  const path = `taints[${index}]`;
  const effects: readonly string[] = TAINT_EFFECTS;
  const wrongEffect: readonly Violation[] = effects.includes(effect)
    ? []
    : [{ path: `${path}.effect`, got: show(effect), allowed: oneOf(effects), fix: 'use one of them' }];
  return [...labelViolations(path, key, value ?? ''), ...wrongEffect];
}

function labelViolations(path: string, key: string, value: string): readonly Violation[] {
  if (isToken(key) || isToken(value)) return [];
  if (RESERVED.test(key)) {
    return [
      {
        path,
        got: show(key),
        allowed: 'a key outside of kubernetes.io, k8s.io and eks.amazonaws.com, which are reserved',
        fix: 'use a domain of your own, or no domain',
      },
    ];
  }
  return labelTextViolations(path, key, value);
}

/** What no label of Kubernetes may be. */
export function labelTextViolations(path: string, key: string, value: string): readonly Violation[] {
  if (isToken(key) || isToken(value) || (matches(LABEL_KEY, key) && matches(LABEL_VALUE, value))) return [];
  return [
    {
      path,
      got: `${show(key)}: ${show(value)}`,
      allowed:
        'up to 63 letters, digits and -_. with a letter or digit at both ends; the key may start with a domain and /',
      fix: 'rename it',
    },
  ];
}
