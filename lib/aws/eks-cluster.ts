import { EksAccessEntry } from '@cdktf/provider-aws/lib/eks-access-entry';
import { EksAccessPolicyAssociation } from '@cdktf/provider-aws/lib/eks-access-policy-association';
import { EksCluster as EksClusterResource } from '@cdktf/provider-aws/lib/eks-cluster';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { inside, isToken, refuse, shortHash, withDefaults } from '../core';
import { Account } from './account';
import { ClusterBase, type ICluster } from './cluster';
import { ClusterSecurity } from './cluster-security';
import { Connections } from './connections';
import { ControlPlaneRole } from './control-plane-role';
import { EksAddons } from './eks-addons';
import { type EksClusterOptions, clusterNameViolations, eksClusterViolations } from './eks-cluster-options';
import { EncryptionKey, type IEncryptionKey } from './encryption-key';
import { DEFAULT_KUBERNETES_VERSION } from './kubernetes-version';
import { LOG_RETENTION_DAYS, LogGroup, logsPrincipal } from './log-group';
import type { INetwork } from './network';
import type { NodePool } from './node-pool';
import { type NodePoolOptions, nodePoolsViolations } from './node-pool-options';
import { furtherNodeRoleName, type RoleName } from './node-role';
import { VolumeKeyGrant } from './volume-key-grant';

/** The options of a cluster, with its name, its network and the key of its secrets, volumes and logs. */
export interface EksClusterProps extends EksClusterOptions {
  /** Name of the cluster, at most 60 characters, and first part of every other name: `acme-dev`. */
  readonly name: string;
  readonly network: INetwork;
  /** Encrypts secrets, volumes and logs; its policy lets CloudWatch Logs use it. @default - a key of the cluster's own */
  readonly encryptionKey?: IEncryptionKey;
  /** Protect the cluster from deletion, and its key from destruction. @default true */
  readonly retain?: boolean;
}

/** What has to be known of a cluster that exists already. */
export interface EksClusterAttributes {
  readonly clusterName: string;
  /** URL of the Kubernetes API. */
  readonly endpoint: string;
  /** Certificate of the API's authority, in base64. */
  readonly certificateAuthority: string;
  /** Kubernetes version, `1.35`. */
  readonly version: string;
  readonly network: INetwork;
  /** The group of the nodes; pools that are added here get it too. */
  readonly nodeSecurityGroupId: string;
  /** @default - made from the name, the account and the region of the stack */
  readonly clusterArn?: string;
  /**
   * Whose rights the network plug-in (VPC CNI) uses: those of a role of its own, or those of the nodes, which added pools
   * then get.
   * @default 'nodes'
   * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html
   */
  readonly vpcCniRole?: 'own' | 'nodes';
  /** Encrypts the volumes of added nodes; Auto Scaling may use it already. @default - the account's default key for EBS */
  readonly volumeKey?: IEncryptionKey;
}

const DEFAULTS = {
  version: DEFAULT_KUBERNETES_VERSION,
  endpointAccess: 'private',
  serviceCidr: '172.20.0.0/16',
  logRetentionDays: LOG_RETENTION_DAYS,
  retain: true,
} as const satisfies Partial<EksClusterProps>;

const CONTROL_PLANE_LOGS = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

/**
 * A Kubernetes cluster with everything that pods need before the first chart: add-ons, roles for pods, encrypted secrets
 * and volumes, all control plane logs. Access is by IAM entries only, for the roles named in `admins`.
 */
export class EksCluster extends ClusterBase {
  public readonly clusterName: string;
  public readonly clusterArn: string;
  public readonly endpoint: string;
  public readonly certificateAuthority: string;
  public readonly version: string;
  public readonly network: INetwork;
  public readonly vpcId: string;
  public readonly connections: Connections;
  public readonly volumeKey: IEncryptionKey;
  private readonly addons: EksAddons;
  private readonly volumeKeyGrant: VolumeKeyGrant;
  private readonly pools: NodePoolOptions[] = [];

  public constructor(scope: Construct, id: string, props: EksClusterProps) {
    super(scope, id, props.name);
    const all = withDefaults(DEFAULTS, props);
    refuse(this.node.path, [
      ...clusterNameViolations(props.name),
      ...eksClusterViolations({ ...props, serviceCidr: all.serviceCidr }, props.network),
    ]);
    this.volumeKey = props.encryptionKey ?? this.addKey(props.name, all.retain);
    this.volumeKeyGrant = new VolumeKeyGrant(this, 'VolumeKeyGrant', this.volumeKey.keyArn);
    const security = new ClusterSecurity(this, 'Security', {
      vpcId: props.network.vpcId,
      clusterName: props.name,
      apiClients: props.apiClients ?? [props.network.cidr],
    });
    const cluster = this.addCluster(all, security);
    this.clusterName = cluster.name;
    this.clusterArn = cluster.arn;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.get(0).data;
    this.version = all.version;
    this.network = props.network;
    this.vpcId = cluster.vpcConfig.vpcId;
    this.connections = security.nodes;
    props.admins.forEach((arn, index) => {
      this.addAdmin(arn, index);
    });
    this.addons = new EksAddons(this, 'Addons', {
      cluster: this,
      name: props.name,
      volumeKey: this.volumeKey,
      versions: props.addonVersions,
    });
    this.node.addValidation({ validate: () => this.poolProblems() });
  }

  /** A cluster that exists already, made by whatever means; pods get their roles from its Pod Identity agent. */
  public static fromAttributes(scope: Construct, id: string, attributes: EksClusterAttributes): ICluster {
    return new ImportedCluster(scope, id, attributes);
  }

  public override addNodePool(name: string, options: NodePoolOptions): NodePool {
    const pool = super.addNodePool(name, options);
    this.pools.push(options);
    // A pool that may be empty is no reason for an add-on to wait: it runs on the others.
    if (isToken(options.minSize) || options.minSize > 0) this.addons.waitFor(pool.nodes);
    return pool;
  }

  protected override neededByNodes(): readonly ITerraformDependable[] {
    return [...this.addons.beforeNodes, this.volumeKeyGrant.grant];
  }

  private addCluster(
    props: EksClusterProps & Required<Pick<EksClusterProps, keyof typeof DEFAULTS>>,
    security: ClusterSecurity,
  ): EksClusterResource {
    const { name, network, endpointAccess } = props;
    const role = new ControlPlaneRole(this, 'Role', { clusterName: name, encryptionKey: this.volumeKey });
    return new EksClusterResource(this, 'Resource', {
      name,
      version: props.version,
      roleArn: role.roleArn,
      bootstrapSelfManagedAddons: false,
      deletionProtection: props.retain,
      enabledClusterLogTypes: CONTROL_PLANE_LOGS,
      accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
      vpcConfig: {
        subnetIds: network.privateSubnetIds.slice(0, props.zones),
        securityGroupIds: [security.controlPlane.securityGroupId],
        endpointPrivateAccess: true,
        endpointPublicAccess: endpointAccess !== 'private',
        ...(endpointAccess === 'private' ? {} : { publicAccessCidrs: [...endpointAccess.publicCidrs] }),
      },
      kubernetesNetworkConfig: { ipFamily: 'ipv4', serviceIpv4Cidr: props.serviceCidr },
      encryptionConfig: { resources: ['secrets'], provider: { keyArn: this.volumeKey.keyArn } },
      upgradePolicy: { supportType: 'STANDARD' },
      zonalShiftConfig: { enabled: true },
      dependsOn: [...role.permissions, ...security.rules, this.addLogGroup(name, props.logRetentionDays).resource],
    });
  }

  private addLogGroup(clusterName: string, retentionDays: number): LogGroup {
    const name = `/aws/eks/${clusterName}/cluster`;
    return new LogGroup(this, 'Logs', { name, retentionDays, encryptionKey: this.volumeKey });
  }

  private addAdmin(principalArn: string, index: number): void {
    const id = `Admin-${isToken(principalArn) ? index : shortHash(principalArn)}`;
    const entry = new EksAccessEntry(this, id, { clusterName: this.clusterName, principalArn, type: 'STANDARD' });
    new EksAccessPolicyAssociation(this, `${id}-Policy`, {
      clusterName: this.clusterName,
      principalArn: entry.principalArn,
      policyArn: `arn:${Account.of(this).partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`,
      accessScope: { type: 'cluster' },
    });
  }

  private addKey(name: string, retain: boolean): IEncryptionKey {
    return new EncryptionKey(this, 'Key', {
      name: `${name}-cluster`,
      description: 'secrets, volumes and logs of the cluster',
      services: [logsPrincipal(this)],
      retain,
    });
  }

  private poolProblems(): string[] {
    return inside(this.node.path, nodePoolsViolations(this.pools)).map(
      ({ path, got, allowed, fix }) => `${path}: got ${got}; allowed: ${allowed}; fix: ${fix}`,
    );
  }
}

class ImportedCluster extends ClusterBase {
  public readonly clusterName: string;
  public readonly clusterArn: string;
  public readonly endpoint: string;
  public readonly certificateAuthority: string;
  public readonly version: string;
  public readonly network: INetwork;
  public readonly vpcId: string;
  public readonly connections: Connections;
  public readonly volumeKey: IEncryptionKey | undefined;
  private readonly vpcCniRole: 'own' | 'nodes';

  public constructor(scope: Construct, id: string, attributes: EksClusterAttributes) {
    super(scope, id, attributes.clusterName);
    this.clusterName = attributes.clusterName;
    this.clusterArn = attributes.clusterArn ?? this.arnOf(attributes.clusterName);
    this.endpoint = attributes.endpoint;
    this.certificateAuthority = attributes.certificateAuthority;
    this.version = attributes.version;
    this.network = attributes.network;
    this.vpcId = attributes.network.vpcId;
    this.connections = new Connections({ scope: this, securityGroupId: attributes.nodeSecurityGroupId });
    this.volumeKey = attributes.volumeKey;
    this.vpcCniRole = attributes.vpcCniRole ?? 'nodes';
  }

  protected override nodeRoleName(): RoleName {
    return furtherNodeRoleName(this.physicalName);
  }

  protected override nodePolicies(): readonly string[] {
    return this.vpcCniRole === 'own' ? [] : ['AmazonEKS_CNI_Policy'];
  }

  private arnOf(name: string): string {
    const { partition, region, accountId } = Account.of(this);
    return `arn:${partition}:eks:${region}:${accountId}:cluster/${name}`;
  }
}
