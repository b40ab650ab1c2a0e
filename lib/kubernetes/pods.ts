import type { ITopologySpreadConstraint } from 'kubernetes-models/v1/TopologySpreadConstraint' with {
  'resolution-mode': 'import',
};
import type { Placement } from '../aws/node-pool';
import type { Cpu, DataSize } from '../core';
import type { PodLabels } from './network-policy';

/** What pods of the restricted standard say about themselves. @see https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export const RESTRICTED_POD = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } as const;

/** What containers of the restricted standard say, and a file system of which only volumes can be written. */
export const RESTRICTED_CONTAINER = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

/** What one container gets. */
export interface ContainerSize {
  readonly cpu: Cpu;
  readonly memory: DataSize;
}

/** Memory is what it asks for and no more; CPU may be more when the node has some left. */
export function resourcesOf({ cpu, memory }: ContainerSize): {
  requests: { cpu: string; memory: string };
  limits: { memory: string };
} {
  const size = memory.toKubernetes();
  return { requests: { cpu: cpu.toKubernetes(), memory: size }, limits: { memory: size } };
}

/** Replicas of a Deployment in different zones, as far as there is room; not on one node in any case but want. */
export function spreadOverZones(pods: PodLabels): ITopologySpreadConstraint[] {
  return ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: { ...pods } },
  }));
}

/** A placement in the words of a pod's spec and of most charts. */
export function placed(placement: Placement | undefined): {
  nodeSelector: Record<string, string>;
  tolerations: Placement['tolerations'][number][];
} {
  return { nodeSelector: { ...placement?.nodeSelector }, tolerations: [...(placement?.tolerations ?? [])] };
}
