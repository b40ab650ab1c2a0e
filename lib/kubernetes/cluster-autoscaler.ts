import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { Account } from '../aws/account';
import type { ICluster } from '../aws/cluster';
import { clusterAutoscalerStatements } from '../aws/cluster-autoscaler-permissions';
import { kubernetesVersion } from '../aws/kubernetes-version';
import type { Placement } from '../aws/node-pool';
import { WorkloadRole } from '../aws/workload-role';
import { Cpu, DataSize, Duration, type Violation, physicalName, refuse, show } from '../core';
import { pinnedChart } from './charts';
import { HelmChart } from './helm-chart';
import { KubernetesNamespace } from './namespace';
import { placed, resourcesOf, RESTRICTED_CONTAINER, RESTRICTED_POD } from './pods';

/** The cluster whose pools grow and shrink, which of them go first, and how long a leaving pod may take. */
export interface ClusterAutoscalerProps {
  readonly cluster: ICluster;
  /** First part of the role's name: `acme-dev`. */
  readonly name: string;
  /** Names of the pools with spot nodes: they grow first, the others when there is no spot capacity. @default - none */
  readonly spotPools?: readonly string[];
  /** How long a leaving pod may take before the autoscaler ends it: a worker's whole drain. @default 10m, the autoscaler's own */
  readonly maxGracefulTermination?: Duration;
  /** A pool that is never empty. @default - any node without a taint */
  readonly placement?: Placement;
}

/** Pods of the class `system-cluster-critical` may run here. */
const NAMESPACE = KubernetesNamespace.fromName('kube-system');
const SERVICE_ACCOUNT = 'cluster-autoscaler';
const NOBODY = 65_534;
const SHORTEST_TERMINATION = Duration.seconds(1);

/**
 * Adds nodes for pods that find none, and takes nodes that are not needed. Its version is the cluster's, because it
 * simulates that version's scheduler.
 *
 * Groups are not balanced against each other: each pool has a label of its own and spans its zones by itself, and
 * balancing would undo the choice of the spot pools.
 * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md
 * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/expander/priority/readme.md
 */
export class ClusterAutoscaler extends Construct {
  /** For what needs nodes that are not there yet. */
  public readonly release: ITerraformDependable;

  /** @throws ConfigError when no autoscaler is known for the cluster's version, or an option is not possible */
  public constructor(scope: Construct, id: string, props: ClusterAutoscalerProps) {
    super(scope, id);
    refuse(this.node.path, clusterAutoscalerViolations(props));
    const { imageTag } = kubernetesVersion(props.cluster.version).clusterAutoscaler;
    const role = this.addRole(props);
    this.release = new HelmChart(this, 'Chart', {
      chart: pinnedChart('cluster-autoscaler'),
      releaseName: 'cluster-autoscaler',
      namespace: NAMESPACE,
      values: {
        ...placed(props.placement),
        ...scalingValues(props),
        image: { tag: imageTag },
        cloudProvider: 'aws',
        awsRegion: Account.of(this).region,
        autoDiscovery: { clusterName: props.cluster.clusterName },
        rbac: { serviceAccount: { create: true, name: SERVICE_ACCOUNT } },
        // One works, the other takes over at once; the chart's own disruption budget keeps one of them.
        replicaCount: 2,
        resources: resourcesOf({ cpu: Cpu.millis(100), memory: DataSize.mib(600) }),
        securityContext: { ...RESTRICTED_POD, runAsUser: NOBODY, runAsGroup: NOBODY },
        containerSecurityContext: RESTRICTED_CONTAINER,
      },
      dependsOn: [role.association],
    }).release;
  }

  private addRole({ cluster, name }: ClusterAutoscalerProps): WorkloadRole {
    const role = new WorkloadRole(this, 'Role', {
      cluster,
      namespace: NAMESPACE.name,
      serviceAccount: SERVICE_ACCOUNT,
      name: physicalName(name, 'cluster-autoscaler'),
    });
    clusterAutoscalerStatements(cluster.clusterName).forEach((statement) => role.addStatement(statement));
    return role;
  }
}

/** Everything that is wrong with an autoscaler's definition, its cluster aside. */
export function clusterAutoscalerViolations({
  maxGracefulTermination,
}: Pick<ClusterAutoscalerProps, 'maxGracefulTermination'>): readonly Violation[] {
  if (maxGracefulTermination?.isLessThan(SHORTEST_TERMINATION) !== true) return [];
  return [
    {
      path: 'maxGracefulTermination',
      got: show(maxGracefulTermination),
      allowed: `at least ${SHORTEST_TERMINATION}: the autoscaler counts whole seconds`,
      fix: "use the drain's own, 'autoscalerMaxGracefulTermination'",
    },
  ];
}

function scalingValues({ spotPools = [], maxGracefulTermination }: ClusterAutoscalerProps): object {
  const spotFirst = spotPools.length > 0;
  return {
    extraArgs: {
      expander: spotFirst ? 'priority,least-waste' : 'least-waste',
      'balance-similar-node-groups': false,
      // Scratch on a node's disk (spill, downloaded jars) is no reason to keep the node.
      'skip-nodes-with-local-storage': false,
      // CoreDNS and metrics-server have more than one replica and disruption budgets.
      'skip-nodes-with-system-pods': false,
      'max-node-provision-time': '15m',
      ...(maxGracefulTermination === undefined
        ? {}
        : { 'max-graceful-termination-sec': maxGracefulTermination.toSeconds() }),
    },
    ...(spotFirst ? { expanderPriorities: { 50: spotPools.map(groupsOf), 10: ['.*'] } } : {}),
  };
}

/**
 * The names of a pool's Auto Scaling groups: EKS puts `eks-` in front of the node group's name, and Terraform ends that
 * name by 26 digits, so a pool whose name only begins alike is another one.
 */
function groupsOf(pool: string): string {
  return `^eks-${pool}-[0-9a-f]{26}-`;
}
