/** Nodes as the cluster autoscaler would have them, shaped like the node groups of an environment's cluster stack. */
import { INSTANCE_TYPES } from '../../../lib/aws/data/instance-types';
import { NodeCapacity } from '../../../lib/aws/node-capacity';
import { type Args, resources, type TerraformJson } from '../../support/synth';
import type { Manifest } from './platform-stack';

/** A node group of the stack. */
interface NodeGroup {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taint: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
  readonly instanceTypes: readonly string[];
  readonly capacityType: string;
  readonly minSize: number;
  readonly maxSize: number;
  readonly zones: number;
  readonly ephemeralStorage: string;
}

const REGION = 'eu-west-1';
const EFFECTS: Readonly<Record<string, string>> = {
  NO_SCHEDULE: 'NoSchedule',
  NO_EXECUTE: 'NoExecute',
  PREFER_NO_SCHEDULE: 'PreferNoSchedule',
};

/** As many nodes of each group as there always are, and one in each zone as far as the group may grow. */
export function simulatedNodes(cluster: TerraformJson): readonly Manifest[] {
  return groupsOf(cluster).flatMap((group) => {
    const count = Math.min(group.maxSize, Math.max(group.minSize, group.zones));
    return Array.from({ length: count }, (_, index) => simulatedNode(group, index));
  });
}

function groupsOf(cluster: TerraformJson): readonly NodeGroup[] {
  return resources(cluster, 'aws_eks_node_group').map(({ args }) => {
    const tags = args['tags'] as Readonly<Record<string, string>>;
    const { min_size: minSize, max_size: maxSize } = args['scaling_config'] as Args;
    return {
      name: String(tags['Name']),
      labels: args['labels'] as NodeGroup['labels'],
      taint: args['taint'] as NodeGroup['taint'],
      instanceTypes: args['instance_types'] as readonly string[],
      capacityType: String(args['capacity_type']),
      minSize: Number(minSize),
      maxSize: Number(maxSize),
      zones: (args['subnet_ids'] as readonly string[]).length,
      ephemeralStorage: String(tags['k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage']),
    };
  });
}

function simulatedNode(group: NodeGroup, index: number): Manifest {
  const name = `${group.name}-${index}`;
  const zone = `${REGION}${'abc'.charAt(index % group.zones)}`;
  const allocatable = allocatableOf(group);
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { ...nodeLabels(group, zone), 'kubernetes.io/hostname': name } },
    spec: {
      providerID: `aws:///${zone}/i-${name}`,
      taints: group.taint.map(({ effect, ...taint }) => ({ ...taint, effect: EFFECTS[effect] })),
    },
    status: { allocatable, capacity: allocatable },
  };
}

/** Those that EKS gives, and the group's own. */
function nodeLabels({ name, labels, capacityType, instanceTypes }: NodeGroup, zone: string): Record<string, string> {
  return {
    'kubernetes.io/os': 'linux',
    'kubernetes.io/arch': NodeCapacity.ofInstanceTypes(instanceTypes).architecture,
    'topology.kubernetes.io/region': REGION,
    'topology.kubernetes.io/zone': zone,
    'node.kubernetes.io/instance-type': String(instanceTypes[0]),
    'eks.amazonaws.com/nodegroup': name,
    'eks.amazonaws.com/capacityType': capacityType,
    ...labels,
  };
}

function allocatableOf({ instanceTypes, ephemeralStorage }: NodeGroup): Record<string, string> {
  const { cpu, memory } = NodeCapacity.ofInstanceTypes(instanceTypes);
  const pods = Math.min(...instanceTypes.flatMap((type) => INSTANCE_TYPES.get(type)?.maxPods ?? []));
  return {
    cpu: cpu.toKubernetes(),
    memory: memory.toKubernetes(),
    'ephemeral-storage': ephemeralStorage,
    pods: String(pods),
  };
}
