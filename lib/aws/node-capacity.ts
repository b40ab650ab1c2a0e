import { distance } from 'fastest-levenshtein';
import { Cpu, DataSize, type Violation, oneOf, refuse, show } from '../core';
import { INSTANCE_TYPES } from './data/instance-types';
import type { Architecture, InstanceShape } from './instance-shape';

/** The root volume of a node whose pool names no other. */
export const DEFAULT_ROOT_VOLUME = DataSize.gib(50);

/**
 * Part of the advertised memory that the hypervisor and the kernel take before the kubelet sees it: the share that
 * Karpenter plans with, so that a pod planned here never waits for a node that cannot hold it.
 * @see https://karpenter.sh/docs/reference/settings/ (VM_MEMORY_OVERHEAD_PERCENT)
 */
const VM_MEMORY_OVERHEAD = 0.075;
/** Contiguous memory that the kernel sets aside on Graviton. @see https://github.com/aws/karpenter-provider-aws (instancetype/types.go) */
const ARM_RESERVED_MIB = 64;
/** @see https://github.com/awslabs/amazon-eks-ami (nodeadm: kubelet kubeReserved, evictionHard) */
const KUBELET = { mibPerPod: 11, mib: 255, evictionMib: 100, diskGib: 1, diskEvictionShare: 0.1 } as const;
/** Our margin for what a file system keeps of a disk for itself (metadata, log). */
const FILE_SYSTEM_SHARE = 0.01;
/** How many near types an error names. */
const SUGGESTIONS = 3;

/**
 * What pods can have of one node, after the machine, the kernel and the kubelet took their part: the numbers that the
 * scheduler goes by, known before there is a node.
 */
export class NodeCapacity {
  private constructor(
    public readonly architecture: Architecture,
    public readonly cpu: Cpu,
    public readonly memory: DataSize,
    /** Room of emptyDir volumes, logs and images: on the NVMe disks when the type has them, else on the root volume. */
    public readonly ephemeralStorage: DataSize,
    /** Whether that room is on local NVMe disks, fit for spilling. */
    public readonly hasLocalNvme: boolean,
  ) {}

  /**
   * By hand, for an instance type that the table does not know:
   *
   *     NodeCapacity.of({ architecture: 'arm64', vcpu: 16, memoryMiB: 131072, nvmeGb: 950, maxPods: 234 })
   * @param rootVolume the node's EBS volume, which counts when there is no NVMe. @default 50 GiB
   */
  public static of(shape: InstanceShape, rootVolume: DataSize = DEFAULT_ROOT_VOLUME): NodeCapacity {
    const hasLocalNvme = shape.nvmeGb > 0;
    const disk = hasLocalNvme ? DataSize.decimalGb(shape.nvmeGb) : rootVolume;
    return new NodeCapacity(
      shape.architecture,
      allocatableCpu(shape.vcpu),
      allocatableMemory(shape),
      allocatableDisk(disk),
      hasLocalNvme,
    );
  }

  /**
   * Of one type, or the least that a node of any of several types has.
   * @throws ConfigError when a type is unknown, or when the types differ in architecture, CPU or memory
   */
  public static ofInstanceTypes(types: readonly string[], rootVolume?: DataSize): NodeCapacity {
    refuse('instance types', instanceTypesViolations(types));
    const shapes = types.flatMap((type) => INSTANCE_TYPES.get(type) ?? []);
    const [first, ...others] = shapes;
    if (first === undefined) throw new RangeError('instance types: expected at least one');
    return NodeCapacity.of(others.reduce(leastOf, first), rootVolume);
  }
}

/** What is wrong with the instance types of one pool: unknown ones, or ones that no planning can treat as equal. */
export function instanceTypesViolations(types: readonly string[]): readonly Violation[] {
  if (types.length === 0) return [noTypes()];
  const unknown = types.filter((type) => !INSTANCE_TYPES.has(type));
  return unknown.length > 0 ? unknown.map(unknownType) : mixedShapes(types);
}

/** 6 % of the first core, 1 % of the second, 0.5 % of the next two, 0.25 % of the rest. */
function allocatableCpu(vcpu: number): Cpu {
  const reserved = 60 + (vcpu > 1 ? 10 : 0) + 5 * clamp(vcpu - 2, 2) + Math.floor(2.5 * clamp(vcpu - 4));
  return Cpu.cores(vcpu).minus(Cpu.millis(reserved));
}

function clamp(value: number, high = Number.POSITIVE_INFINITY): number {
  return Math.min(Math.max(value, 0), high);
}

function allocatableMemory({ architecture, memoryMiB, maxPods }: InstanceShape): DataSize {
  const usable = memoryMiB - (architecture === 'arm64' ? ARM_RESERVED_MIB : 0);
  const machine = usable - Math.ceil(usable * VM_MEMORY_OVERHEAD);
  return DataSize.mib(machine - KUBELET.mibPerPod * maxPods - KUBELET.mib - KUBELET.evictionMib);
}

function allocatableDisk(disk: DataSize): DataSize {
  const fileSystem = disk.minus(disk.times(FILE_SYSTEM_SHARE));
  return fileSystem
    .minus(fileSystem.times(KUBELET.diskEvictionShare))
    .minus(DataSize.gib(KUBELET.diskGib))
    .floorToMib();
}

/** The smaller disk, and the larger number of pods, which costs memory. */
function leastOf(a: InstanceShape, b: InstanceShape): InstanceShape {
  return { ...a, nvmeGb: Math.min(a.nvmeGb, b.nvmeGb), maxPods: Math.max(a.maxPods, b.maxPods) };
}

function noTypes(): Violation {
  return {
    path: 'instanceTypes',
    got: '[]',
    allowed: 'one instance type or several of the same shape',
    fix: "name at least one, like 'r8gd.4xlarge'",
  };
}

function unknownType(type: string): Violation {
  return {
    path: 'instanceTypes',
    got: show(type),
    allowed: `a type whose capacity is known (${INSTANCE_TYPES.size} are)`,
    fix: `did you mean ${oneOf(nearestTypes(type))}? For any other type give 'capacityPerNode: NodeCapacity.of({ … })'`,
  };
}

function nearestTypes(type: string): readonly string[] {
  return [...INSTANCE_TYPES.keys()].sort((a, b) => distance(type, a) - distance(type, b)).slice(0, SUGGESTIONS);
}

/** The cluster autoscaler plans with the first type of a group only, so all must be alike. */
function mixedShapes(types: readonly string[]): readonly Violation[] {
  const shapeOf = (type: string): string => {
    const shape = INSTANCE_TYPES.get(type);
    if (shape === undefined) return '';
    const disks = shape.nvmeGb > 0 ? 'with NVMe' : 'without NVMe';
    return `${shape.architecture}, ${shape.vcpu} vCPU, ${shape.memoryMiB} MiB, ${disks}`;
  };
  if (new Set(types.map(shapeOf)).size === 1) return [];
  return [
    {
      path: 'instanceTypes',
      got: types.map((type) => `${type} (${shapeOf(type)})`).join('; '),
      allowed: 'types of one architecture, CPU count and memory, all with or all without NVMe',
      fix: 'make one pool for each shape',
    },
  ];
}
