import { IamRole, type IamRoleConfig } from '@cdktf/provider-aws/lib/iam-role';
import { Fn, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { fit, isToken, physicalName } from '../core';
import { attachManagedPolicy } from './workload-role';

/**
 * Join the cluster and pull images. In a cluster of ours the network plug-in's permissions are not here but with its own
 * pods (Pod Identity), so that no other pod of the node can have them.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
 */
const POLICIES = ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly'] as const;
const MAX_ROLE_NAME = 64;
/** Less the 26 characters that Terraform completes a prefix with. */
const MAX_ROLE_PREFIX = 38;

/** What a role is called: all of its name, or the first part of one. */
export type RoleName = Pick<IamRoleConfig, 'name'> | Pick<IamRoleConfig, 'namePrefix'>;

/** In a cluster of ours there is one such role. */
export function nodeRoleName(clusterName: string): RoleName {
  const name = physicalName(clusterName, 'nodes');
  return { name: isToken(clusterName) ? name : fit(name, MAX_ROLE_NAME) };
}

/** In a cluster that exists already: its owner has such a role, and so has every other stack that adds nodes to it. */
export function furtherNodeRoleName(clusterName: string): RoleName {
  const end = '-nodes-';
  const longest = MAX_ROLE_PREFIX - end.length;
  const start = isToken(clusterName) ? Fn.substr(clusterName, 0, longest) : fit(clusterName, longest);
  return { namePrefix: `${start}${end}` };
}

/** The role of a cluster's machines. EKS gives it access to the Kubernetes API by itself for managed node groups. */
export class NodeRole extends Construct {
  public readonly roleArn: string;
  /** A node must not boot before the role can do something. */
  public readonly attachments: readonly ITerraformDependable[];

  public constructor(scope: Construct, id: string, name: RoleName, furtherPolicies: readonly string[]) {
    super(scope, id);
    const role = new IamRole(this, 'Resource', {
      ...name,
      description: 'Nodes of the cluster',
      assumeRolePolicy: trust(),
    });
    this.attachments = [...POLICIES, ...furtherPolicies].map((policy) => attachManagedPolicy(this, role, policy));
    this.roleArn = role.arn;
  }
}

function trust(): string {
  const statement = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
