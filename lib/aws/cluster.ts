import type { ITerraformDependable } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import type { Connections, IConnectable } from './connections';
import type { IEncryptionKey } from './encryption-key';
import type { INetwork } from './network';
import { NodePool } from './node-pool';
import type { NodePoolOptions } from './node-pool-options';
import { NodeRole, nodeRoleName, type RoleName } from './node-role';

/** An EKS cluster, created here or elsewhere: workloads get roles in it, and it gets pools of nodes. */
export interface ICluster extends IConstruct, IConnectable {
  readonly clusterName: string;
  readonly clusterArn: string;
  /** URL of the Kubernetes API. */
  readonly endpoint: string;
  /** Certificate of the API's authority, in base64. */
  readonly certificateAuthority: string;
  /** Kubernetes version, `1.35`. */
  readonly version: string;
  readonly network: INetwork;
  /** Of the network, as the cluster itself knows it: for stacks that need the cluster alone. */
  readonly vpcId: string;
  /** The nodes, and with them every pod: their security group. */
  readonly connections: Connections;
  /** Encrypts the nodes' volumes; undefined leaves it to the account's default key for EBS. */
  readonly volumeKey: IEncryptionKey | undefined;
  /**
   * Adds nodes. The pool is created in the scope of this object, so an imported cluster's pools belong to the stack that
   * imported it. What they reach is opened once in each stack: two stacks that open the same port of one security group
   * to the same nodes make equal rules, of which AWS refuses the second; let one of them do it.
   * @param name lower-case name, unique in the cluster: first part of the node group's name and label of its nodes
   * @throws ConfigError with everything that is wrong with the options
   */
  addNodePool(name: string, options: NodePoolOptions): NodePool;
}

/** What owned and imported clusters share. */
export abstract class ClusterBase extends Construct implements ICluster {
  public abstract readonly clusterName: string;
  public abstract readonly clusterArn: string;
  public abstract readonly endpoint: string;
  public abstract readonly certificateAuthority: string;
  public abstract readonly version: string;
  public abstract readonly network: INetwork;
  public abstract readonly vpcId: string;
  public abstract readonly connections: Connections;
  public abstract readonly volumeKey: IEncryptionKey | undefined;

  /** @param physicalName first part of physical names; a placeholder only when an import's name is one */
  protected constructor(
    scope: Construct,
    id: string,
    protected readonly physicalName: string,
  ) {
    super(scope, id);
  }

  public addNodePool(name: string, options: NodePoolOptions): NodePool {
    return new NodePool(this, name, {
      ...options,
      cluster: this,
      role: this.nodeRole(),
      waitFor: this.neededByNodes(),
    });
  }

  /** What must work before the first node joins. */
  protected neededByNodes(): readonly ITerraformDependable[] {
    return [];
  }

  /** What the nodes' role may do besides joining: managed policies by name. */
  protected nodePolicies(): readonly string[] {
    return [];
  }

  /** What the role of its nodes is called. */
  protected nodeRoleName(): RoleName {
    return nodeRoleName(this.physicalName);
  }

  private nodeRole(): NodeRole {
    const id = 'NodeRole';
    const existing = this.node.tryFindChild(id) as NodeRole | undefined;
    return existing ?? new NodeRole(this, id, this.nodeRoleName(), this.nodePolicies());
  }
}
