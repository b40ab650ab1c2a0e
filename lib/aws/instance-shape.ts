/** The two processor architectures that Trino's images are built for, in Kubernetes' words. */
export type Architecture = 'arm64' | 'amd64';

/** What EC2 builds into an instance of a type. */
export interface InstanceShape {
  readonly architecture: Architecture;
  readonly vcpu: number;
  readonly memoryMiB: number;
  /** All local NVMe disks together, in GB (1000^3 bytes); 0 when there are none. */
  readonly nvmeGb: number;
  /** Pods that the type has addresses for; it decides how much memory the kubelet keeps. */
  readonly maxPods: number;
}
