import { EksNodeGroup } from '@cdktf/provider-aws/lib/eks-node-group';
import { Annotations, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { refuse } from '../core';
import type { ICluster } from './cluster';
import type { Architecture } from './instance-shape';
import type { NodeCapacity } from './node-capacity';
import {
  type NodePoolOptions,
  type NodeTaint,
  nodePoolCapacity,
  nodePoolRootVolume,
  nodePoolViolations,
} from './node-pool-options';
import type { NodeRole } from './node-role';
import { NodeTemplate } from './node-template';
import { MAX_UNAVAILABLE, updateTimeout } from './node-update';

/** Every node carries it, with the name of its pool. */
export const NODE_POOL_LABEL = 'cdktf-trino/node-pool';

/** Where pods have to say they want to run, in the words of a pod's spec. */
export interface Placement {
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
}

/** Lets a pod onto nodes with this taint; without a value, whatever value the taint has. */
export interface Toleration {
  readonly key: string;
  readonly operator: 'Equal' | 'Exists';
  readonly value?: string;
  readonly effect: NodeTaint['effect'];
}

/** The options of a pool, with the cluster that it joins and the role of its nodes. */
export interface NodePoolProps extends NodePoolOptions {
  readonly cluster: ICluster;
  readonly role: NodeRole;
  /** What must exist before the first node. @default - nothing but the role */
  readonly waitFor?: readonly ITerraformDependable[];
}

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html (amiType) */
const AMI_TYPES: Readonly<Record<Architecture, string>> = {
  arm64: 'AL2023_ARM_64_STANDARD',
  amd64: 'AL2023_x86_64_STANDARD',
};
const EFFECTS = { NoSchedule: 'NO_SCHEDULE', PreferNoSchedule: 'PREFER_NO_SCHEDULE', NoExecute: 'NO_EXECUTE' } as const;
/**
 * What the autoscaler cannot know of a group without nodes; labels and taints it reads from EKS.
 * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
 */
const EPHEMERAL_STORAGE_TAG = 'k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage';

/**
 * Nodes of one shape in a managed node group, made by `cluster.addNodePool`. The cluster autoscaler owns the number of
 * nodes: Terraform sets it once and ignores afterwards that it differs. But it sends the number that it saw while planning
 * along with a change of `minSize` or `maxSize`, so EKS is told of those first: see docs/operations.md. A change that needs
 * a new group makes it before the old one goes.
 */
export class NodePool extends Construct {
  /** Puts pods onto these nodes. */
  public readonly placement: Placement;
  /** What pods can have of one node. */
  public readonly capacityPerNode: NodeCapacity;
  /** As many nodes as there can be. */
  public readonly maxSize: number;
  public readonly nodeGroupName: string;
  /** For what needs running nodes. */
  public readonly nodes: ITerraformDependable;

  public constructor(scope: Construct, name: string, props: NodePoolProps) {
    super(scope, name);
    refuse(this.node.path, nodePoolViolations(name, props, props.cluster.network.zones));
    this.warnOfOneSpotType(props);
    this.capacityPerNode = nodePoolCapacity(props);
    const template = new NodeTemplate(this, 'Template', {
      name: `${props.cluster.clusterName}-${name}`,
      securityGroupId: props.cluster.connections.securityGroupId,
      rootVolume: nodePoolRootVolume(props),
      volumeKey: props.cluster.volumeKey,
      hasLocalNvme: this.capacityPerNode.hasLocalNvme,
    });
    const labels = { ...props.labels, [NODE_POOL_LABEL]: name };
    const group = this.addGroup(name, props, labels, template);
    this.maxSize = props.maxSize;
    this.nodeGroupName = group.nodeGroupName;
    this.nodes = group;
    this.placement = { nodeSelector: labels, tolerations: (props.taints ?? []).map(toleration) };
  }

  private addGroup(
    name: string,
    props: NodePoolProps,
    labels: Record<string, string>,
    template: NodeTemplate,
  ): EksNodeGroup {
    const { cluster, instanceTypes, minSize, maxSize, capacity, taints } = props;
    return new EksNodeGroup(this, 'Resource', {
      clusterName: cluster.clusterName,
      nodeGroupNamePrefix: `${name}-`,
      nodeRoleArn: props.role.roleArn,
      version: cluster.version,
      subnetIds: subnetIds(props),
      amiType: AMI_TYPES[this.capacityPerNode.architecture],
      instanceTypes: [...instanceTypes],
      capacityType: capacity === 'spot' ? 'SPOT' : 'ON_DEMAND',
      launchTemplate: { id: template.templateId, version: template.latestVersion },
      scalingConfig: { minSize, maxSize, desiredSize: minSize },
      updateConfig: { maxUnavailable: MAX_UNAVAILABLE },
      nodeRepairConfig: { enabled: true },
      labels,
      taint: (taints ?? []).map(({ effect, ...taint }) => ({ ...taint, effect: EFFECTS[effect] })),
      tags: { Name: name, [EPHEMERAL_STORAGE_TAG]: this.capacityPerNode.ephemeralStorage.toKubernetes() },
      timeouts: { update: updateTimeout(maxSize).toGo() },
      lifecycle: { createBeforeDestroy: true, ignoreChanges: ['scaling_config[0].desired_size'] },
      dependsOn: [...props.role.attachments, ...(props.waitFor ?? [])],
    });
  }

  private warnOfOneSpotType({ capacity, instanceTypes }: NodePoolOptions): void {
    if (capacity !== 'spot' || instanceTypes.length !== 1) return;
    Annotations.of(this).addWarning(
      `${this.node.path}: a spot pool of one instance type (${instanceTypes.join()}) has no nodes when that type runs out; name further types of the same shape`,
    );
  }
}

function subnetIds({ cluster, zone }: NodePoolProps): string[] {
  const all = cluster.network.privateSubnetIds;
  return zone === undefined ? [...all] : all.slice(zone, zone + 1);
}

function toleration({ key, value, effect }: NodeTaint): Toleration {
  return value === undefined ? { key, operator: 'Exists', effect } : { key, operator: 'Equal', value, effect };
}
