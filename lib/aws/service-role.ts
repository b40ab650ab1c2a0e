import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { fit, isToken } from '../core';
import { Account } from './account';
import { attachManagedPolicy } from './workload-role';

const MAX_ROLE_NAME = 64;

export interface ServiceRoleProps {
  /** Cut to what IAM allows when it is longer. */
  readonly name: string;
  /** Principal of the service: `backup.amazonaws.com`. */
  readonly service: string;
  /** AWS's own policies for it, by what follows `policy/` in their ARN. */
  readonly managedPolicies: readonly string[];
}

/** A role that a service of AWS takes for its work in this account, and only for this account. */
export class ServiceRole extends Construct {
  public readonly roleArn: string;
  /** For `dependsOn` of what the service checks the role's permissions for. */
  public readonly attachments: readonly ITerraformDependable[];

  public constructor(scope: Construct, id: string, { name, service, managedPolicies }: ServiceRoleProps) {
    super(scope, id);
    const role = new IamRole(this, 'Resource', {
      name: isToken(name) ? name : fit(name, MAX_ROLE_NAME),
      assumeRolePolicy: trust(service, Account.of(this).accountId),
    });
    this.attachments = managedPolicies.map((policy) => attachManagedPolicy(this, role, policy));
    this.roleArn = role.arn;
  }
}

/** The account is named against a confused deputy. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
function trust(service: string, accountId: string): string {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
