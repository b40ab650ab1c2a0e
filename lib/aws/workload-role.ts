import { EksPodIdentityAssociation } from '@cdktf/provider-aws/lib/eks-pod-identity-association';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { dependable, type ITerraformDependable, Lazy } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { type Violation, isToken, matches, refuse, shortHash, show } from '../core';
import { Account } from './account';
import type { ICluster } from './cluster';
import { type IGrantable, type PolicyStatement, Statements, policyDocument } from './grants';

/** The IAM role of some pods: buckets, keys and secrets are granted to it. */
export interface IWorkloadRole extends IConstruct, IGrantable {
  readonly roleName: string;
  readonly roleArn: string;
}

/** Which pods get the role, by cluster, namespace and service account, and what it is called. */
export interface WorkloadRoleProps {
  readonly cluster: ICluster;
  /** Kubernetes namespace of the pods. */
  readonly namespace: string;
  /** Kubernetes service account of the pods. */
  readonly serviceAccount: string;
  /** Name of the role, at most 64 characters: `acme-dev-trino`. */
  readonly name: string;
  /** AWS managed policies by name, for controllers that AWS wrote one for. @default - none */
  readonly managedPolicies?: readonly string[];
}

/** IAM's limit. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MAX_NAME = 64;

/** Permissions collect here; the one policy appears with the first of them. */
abstract class WorkloadRoleBase extends Construct implements IWorkloadRole {
  public abstract readonly roleName: string;
  public abstract readonly roleArn: string;
  /** Of this role, no other policy has it: a second of one name takes the place of the first. */
  protected abstract readonly policyName: string;
  private readonly statements: Statements;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.statements = new Statements(this.node.path);
  }

  public addStatement(statement: PolicyStatement): void {
    this.statements.add(statement);
    if (this.node.tryFindChild('Policy') !== undefined) return;
    const policy = new IamRolePolicy(this, 'Policy', {
      name: this.policyName,
      role: this.roleName,
      policy: Lazy.stringValue({ produce: () => policyDocument(this.statements.all) }),
    });
    this.addPolicy(policy);
  }

  /** Nobody starts with the role before it has this policy, made for `roleName`. */
  public abstract addPolicy(policy: ITerraformDependable): void;
}

/**
 * A role that pods of one service account have through EKS Pod Identity: no keys, no annotations in the cluster. Only
 * this cluster's agent can hand it out.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
 */
export class WorkloadRole extends WorkloadRoleBase {
  public readonly roleName: string;
  public readonly roleArn: string;
  /**
   * For what must not start before the pods can have the role with all of its policies, those that come late included,
   * and must keep them to its end: a controller that loses them first leaves behind what it has made.
   */
  public readonly association: EksPodIdentityAssociation;
  protected readonly policyName = 'granted';

  public constructor(scope: Construct, id: string, props: WorkloadRoleProps) {
    super(scope, id);
    refuse(this.node.path, workloadRoleViolations(props));
    const { cluster, name, namespace, serviceAccount } = props;
    const role = new IamRole(this, 'Resource', {
      name,
      description: `Pods of ${namespace}/${serviceAccount}`,
      assumeRolePolicy: trust(Account.of(this).accountId, cluster.clusterArn),
    });
    this.association = new EksPodIdentityAssociation(this, 'Association', {
      clusterName: cluster.clusterName,
      namespace,
      serviceAccount,
      roleArn: role.arn,
    });
    for (const policy of props.managedPolicies ?? []) this.addPolicy(attachManagedPolicy(this, role, policy));
    this.roleName = role.name;
    this.roleArn = role.arn;
  }

  public override addPolicy(policy: ITerraformDependable): void {
    this.association.dependsOn = [...(this.association.dependsOn ?? []), dependable(policy)];
  }

  /** A role that exists already, with its association: what it is granted here becomes a policy of this stack. */
  public static fromRoleName(scope: Construct, id: string, roleName: string): IWorkloadRole {
    return new ImportedRole(scope, id, roleName);
  }
}

class ImportedRole extends WorkloadRoleBase {
  protected readonly policyName: string;

  public constructor(
    scope: Construct,
    id: string,
    public readonly roleName: string,
  ) {
    super(scope, id);
    this.policyName = `granted-${shortHash(this.node.path)}`;
  }

  public get roleArn(): string {
    const { partition, accountId } = Account.of(this);
    return `arn:${partition}:iam::${accountId}:role/${this.roleName}`;
  }

  public override addPolicy(): void {
    // Its association is somebody else's.
  }
}

/** Attaches a policy that AWS manages. @param policy its name, with the path when it has one: `service-role/X` */
export function attachManagedPolicy(scope: Construct, role: IamRole, policy: string): IamRolePolicyAttachment {
  return new IamRolePolicyAttachment(scope, policy.replaceAll('/', '-'), {
    role: role.name,
    policyArn: `arn:${Account.of(scope).partition}:iam::aws:policy/${policy}`,
  });
}

/** Everything that is wrong with a workload's role. */
export function workloadRoleViolations({ name }: Pick<WorkloadRoleProps, 'name'>): readonly Violation[] {
  if (isToken(name) || matches(/^[\w+=,.@-]{1,64}$/, name)) return [];
  return [
    {
      path: 'name',
      got: show(name),
      allowed: `1 to ${MAX_NAME} letters, digits and +=,.@_-`,
      fix: 'shorten it, or leave the other characters out',
    },
  ];
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html */
function trust(accountId: string, clusterArn: string): string {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'pods.eks.amazonaws.com' },
    Action: ['sts:AssumeRole', 'sts:TagSession'],
    Condition: { StringEquals: { 'aws:SourceAccount': accountId }, ArnEquals: { 'aws:SourceArn': clusterArn } },
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
