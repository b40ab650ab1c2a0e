import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { fit, physicalName } from '../core';
import { Account } from './account';
import type { IEncryptionKey } from './encryption-key';
import { policyDocument } from './grants';
import { attachManagedPolicy } from './workload-role';

const MAX_ROLE_NAME = 64;

export interface ControlPlaneRoleProps {
  readonly clusterName: string;
  /** Encrypts the cluster's secrets. */
  readonly encryptionKey: IEncryptionKey;
}

/** The role of the Kubernetes control plane. @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html */
export class ControlPlaneRole extends Construct {
  public readonly roleArn: string;
  /** The control plane must not start before the role can do something, nor outlive it. */
  public readonly permissions: readonly ITerraformDependable[];

  public constructor(scope: Construct, id: string, { clusterName, encryptionKey }: ControlPlaneRoleProps) {
    super(scope, id);
    const role = new IamRole(this, 'Resource', {
      name: fit(physicalName(clusterName, 'control-plane'), MAX_ROLE_NAME),
      description: `Kubernetes control plane of ${clusterName}`,
      assumeRolePolicy: trust(Account.of(this).accountId),
    });
    const actions = ['kms:Encrypt', 'kms:Decrypt', 'kms:ListGrants', 'kms:DescribeKey'];
    const secrets = new IamRolePolicy(this, 'Secrets', {
      name: 'encrypt-secrets',
      role: role.name,
      policy: policyDocument([{ actions, resources: [encryptionKey.keyArn] }]),
    });
    this.permissions = [attachManagedPolicy(this, role, 'AmazonEKSClusterPolicy'), secrets];
    this.roleArn = role.arn;
  }
}

function trust(accountId: string): string {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'eks.amazonaws.com' },
    Action: ['sts:AssumeRole', 'sts:TagSession'],
    Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
