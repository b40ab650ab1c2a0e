import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { type Violation, isToken, refuse, show } from '../core';
import { Account } from './account';
import type { IEncryptionKey } from './encryption-key';

/** What CloudWatch Logs accepts. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** The default of every log group: a year, as audits ask for. */
export const LOG_RETENTION_DAYS = 365;

/** A log group by its name, with its key and how long it keeps its lines. */
export interface LogGroupProps {
  /** `/aws/rds/instance/shop/error`. */
  readonly name: string;
  /** Encrypts it; the key's policy must let CloudWatch Logs use it (`logsPrincipal`). */
  readonly encryptionKey: IEncryptionKey;
  /** One of the spans that CloudWatch Logs knows, in days. @default LOG_RETENTION_DAYS */
  readonly retentionDays?: number;
}

/** What is wrong with a retention. @param path of the checked value */
export function logRetentionViolations(days: number, path = 'retentionDays'): readonly Violation[] {
  if (isToken(days) || RETENTION_DAYS.includes(days)) return [];
  const nearest = RETENTION_DAYS.find((allowed) => allowed >= days) ?? 3653;
  return [{ path, got: show(days), allowed: RETENTION_DAYS.join(', '), fix: `use ${nearest}` }];
}

/** Who encrypts log groups: to be named in the services of a key that does. */
export function logsPrincipal(scope: Construct): string {
  return `logs.${Account.of(scope).region}.amazonaws.com`;
}

/**
 * A log group that is there before the service that writes to it: made by the service itself it would be kept for ever
 * and without a key of ours.
 */
export class LogGroup extends Construct {
  public readonly logGroupName: string;
  public readonly logGroupArn: string;
  /** For `dependsOn` of what writes to it by a name that AWS decides. */
  public readonly resource: ITerraformDependable;

  /** @throws ConfigError when CloudWatch Logs does not know the retention */
  public constructor(scope: Construct, id: string, props: LogGroupProps) {
    super(scope, id);
    const retentionInDays = props.retentionDays ?? LOG_RETENTION_DAYS;
    refuse(this.node.path, logRetentionViolations(retentionInDays));
    const group = new CloudwatchLogGroup(this, 'Resource', {
      name: props.name,
      retentionInDays,
      kmsKeyId: props.encryptionKey.keyArn,
    });
    this.logGroupName = group.name;
    this.logGroupArn = group.arn;
    this.resource = group;
  }
}
