import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { Account } from '../aws/account';
import type { ICluster } from '../aws/cluster';
import type { Placement } from '../aws/node-pool';
import { WorkloadRole } from '../aws/workload-role';
import { Cpu, DataSize, physicalName } from '../core';
import { pinnedChart } from './charts';
import { HelmChart } from './helm-chart';
import { loadBalancerStatements } from './load-balancer-permissions';
import type { INamespace } from './namespace';
import { placed, resourcesOf, RESTRICTED_CONTAINER, RESTRICTED_POD } from './pods';

/** Where the controller runs, and the first part of its role's name. */
export interface LoadBalancerControllerProps {
  readonly cluster: ICluster;
  /** First part of the role's name: `acme-dev`. */
  readonly name: string;
  readonly namespace: INamespace;
  /** @default - any node without a taint */
  readonly placement?: Placement;
}

/** The class of the Ingresses that the controller serves. */
export const INGRESS_CLASS = 'alb';
const SERVICE_ACCOUNT = 'aws-load-balancer-controller';

/** What the controller does, and as whom. */
const VALUES = {
  serviceAccount: { create: true, name: SERVICE_ACCOUNT },
  ingressClass: INGRESS_CLASS,
  defaultTargetType: 'ip',
  replicaCount: 2,
  podDisruptionBudget: { maxUnavailable: 1 },
  // Services of type LoadBalancer stay what they are.
  enableServiceMutatorWebhook: false,
  // Its role has no rights on them.
  enableShield: false,
  enableWaf: false,
  enableWafv2: false,
  // A new certificate at each upgrade would break the webhook until every replica has it.
  keepTLSSecret: true,
  resources: resourcesOf({ cpu: Cpu.millis(100), memory: DataSize.mib(256) }),
  podSecurityContext: { ...RESTRICTED_POD, fsGroup: 65_534 },
  securityContext: { ...RESTRICTED_CONTAINER, runAsNonRoot: true },
} as const;

/**
 * Makes an Application Load Balancer for each Ingress of the class `alb`, with pods as its targets. It asks no metadata
 * service: region and VPC are given, credentials come from its role.
 *
 * It has to outlive each of its Ingresses, whose load balancer only it takes away: Helm does not wait for the end of what
 * an upgrade leaves out, so a controller that is taken out together with the last Ingress is gone too early.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/
 * @see https://github.com/helm/helm/blob/v3.18.4/pkg/kube/client.go (update)
 */
export class LoadBalancerController extends Construct {
  /** For releases that bring an Ingress. */
  public readonly release: ITerraformDependable;

  public constructor(scope: Construct, id: string, props: LoadBalancerControllerProps) {
    super(scope, id);
    const { cluster, namespace } = props;
    const account = Account.of(this);
    const role = new WorkloadRole(this, 'Role', {
      cluster,
      namespace: namespace.name,
      serviceAccount: SERVICE_ACCOUNT,
      name: physicalName(props.name, 'load-balancers'),
    });
    loadBalancerStatements(cluster.clusterName, account.partition).forEach((it) => role.addStatement(it));
    this.release = new HelmChart(this, 'Chart', {
      chart: pinnedChart('aws-load-balancer-controller'),
      releaseName: 'aws-load-balancer-controller',
      namespace,
      values: {
        ...VALUES,
        ...placed(props.placement),
        clusterName: cluster.clusterName,
        region: account.region,
        vpcId: cluster.vpcId,
      },
      dependsOn: [role.association],
    }).release;
  }
}
