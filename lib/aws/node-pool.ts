import { EksNodeGroup } from '@cdktf/provider-aws/lib/eks-node-group';
import { Annotations, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { refuse } from '../core';
import type { ICluster } from './cluster';
import type { Architecture, NodeCapacity } from './node-capacity';
import { nodePoolCapacity, nodePoolRootVolume, nodePoolViolations, type TAINT_EFFECTS } from './node-pool-rules';
import type { NodeRole } from './node-role';
import { NodeTemplate } from './node-template';

/** Every node carries it, with the name of its pool. */
export const NODE_POOL_LABEL = 'cdktf-trino/node-pool';

/** Keeps pods away that do not tolerate it. */
export interface NodeTaint {
  readonly key: string;
  /** @default - no value */
  readonly value?: string;
  readonly effect: (typeof TAINT_EFFECTS)[number];
}

/** Where pods have to say they want to run, in the words of a pod's spec. */
export interface Placement {
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
}

export interface Toleration {
  readonly key: string;
  readonly operator: 'Equal' | 'Exists';
  readonly value?: string;
  readonly effect: NodeTaint['effect'];
}

/** The part of a pool's definition that a user chooses; what is wrong with it tells `nodePoolViolations`. */
export interface NodePoolOptions {
  /** Types of one architecture, CPU count and memory, best first: `['r8gd.4xlarge', 'r7gd.4xlarge']`. */
  readonly instanceTypes: readonly string[];
  /** The cluster autoscaler keeps at least so many nodes; 0 lets the pool sleep. */
  readonly minSize: number;
  /** And at most so many, 450 or fewer. */
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
/** So many of the nodes are replaced at once when the image or the template changes. */
const MAX_UNAVAILABLE_PERCENT = 33;

/**
 * Nodes of one shape in a managed node group, made by `cluster.addNodePool`. The cluster autoscaler owns the number of
 * nodes: Terraform sets it once and ignores it afterwards. A change that needs a new group makes it before the old one
 * goes.
 */
export class NodePool extends Construct {
  /** Puts pods onto these nodes. */
  public readonly placement: Placement;
  /** What pods can have of one node. */
  public readonly capacityPerNode: NodeCapacity;
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
      updateConfig: { maxUnavailablePercentage: MAX_UNAVAILABLE_PERCENT },
      nodeRepairConfig: { enabled: true },
      labels,
      taint: (taints ?? []).map(({ effect, ...taint }) => ({ ...taint, effect: EFFECTS[effect] })),
      tags: { Name: name, [EPHEMERAL_STORAGE_TAG]: this.capacityPerNode.ephemeralStorage.toKubernetes() },
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
