import { FlowLog } from '@cdktf/provider-aws/lib/flow-log';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Construct } from 'constructs';
import { Account } from './account';
import type { IEncryptionKey } from './encryption-key';
import { policyDocument } from './grants';
import { LogGroup } from './log-group';

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html */
const WRITE_STREAMS = ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'] as const;

export interface FlowLogsProps {
  readonly vpcId: string;
  readonly name: string;
  readonly encryptionKey: IEncryptionKey;
  readonly retentionDays: number;
}

/** Who talked to whom in a VPC, accepted and refused, in a log group of its own. */
export class FlowLogs extends Construct {
  public constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { logGroupArn } = new LogGroup(this, 'LogGroup', {
      name: `/aws/vpc/${props.name}/flow-logs`,
      encryptionKey: props.encryptionKey,
      retentionDays: props.retentionDays,
    });
    new FlowLog(this, 'Resource', {
      vpcId: props.vpcId,
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logDestination: logGroupArn,
      iamRoleArn: this.role(props.name, logGroupArn).arn,
      maxAggregationInterval: 60,
      tags: { Name: props.name },
    });
  }

  private role(name: string, logGroupArn: string): IamRole {
    const role = new IamRole(this, 'Role', {
      name: `${name}-flow-logs`,
      assumeRolePolicy: trust(Account.of(this).accountId),
    });
    new IamRolePolicy(this, 'Policy', {
      name: 'write-flow-logs',
      role: role.id,
      policy: policyDocument([{ actions: WRITE_STREAMS, resources: [`${logGroupArn}:*`] }]),
    });
    return role;
  }
}

/** Only for flow logs of this account: the confused-deputy guard of the service's documentation. */
function trust(accountId: string): string {
  const service = {
    Effect: 'Allow',
    Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [service] });
}
