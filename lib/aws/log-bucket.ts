import { Construct } from 'constructs';
import { type Violation, refuse, violationsOf, wholeNumberIfKnown, withDefaults } from '../core';
import { Account } from './account';
import {
  abortUploads,
  addBucket,
  bucketNameViolations,
  existingBucketViolations,
  expireObjects,
  type ILogBucket,
} from './bucket';

export type { ILogBucket } from './bucket';

/** The part of a log bucket's definition that can be wrong. */
export interface LogBucketOptions {
  /** Physical name, unique in the world: `acme-dev-access-logs`. */
  readonly name: string;
  /** How long access logs are kept, in days, 90 to 365. @default 365 */
  readonly expireDays?: number;
}

/** The options of a log bucket, and what becomes of it on `destroy`. */
export interface LogBucketProps extends LogBucketOptions {
  /** Keep the bucket when the stack is destroyed (`prevent_destroy`). @default true */
  readonly retain?: boolean;
}

const NONCURRENT_DAYS = 30;
const DEFAULTS = { expireDays: 365, retain: true } as const;

/** Everything that is wrong with a log bucket's definition. */
export function logBucketViolations(options: LogBucketOptions): readonly Violation[] {
  return violationsOf(withDefaults(DEFAULTS, options), [
    ({ name }) => bucketNameViolations(name),
    ({ expireDays }) => {
      const fix = 'use 90 for trials, 365 where an audit asks for a year';
      return wholeNumberIfKnown('expireDays', expireDays, { from: 90, to: 365 }, fix);
    },
  ]);
}

/**
 * Takes the access logs of other buckets: who read or wrote which object.
 *
 * Encrypted with SSE-S3, because S3 cannot deliver access logs to a bucket that a KMS key encrypts by default.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
 */
export class LogBucket extends Construct implements ILogBucket {
  public readonly bucketName: string;
  public readonly bucketArn: string;

  /** @throws ConfigError with every violation of `logBucketViolations` */
  public constructor(scope: Construct, id: string, props: LogBucketProps) {
    super(scope, id);
    refuse(this.node.path, logBucketViolations(props));
    const { name, expireDays, retain } = withDefaults(DEFAULTS, props);
    const bucket = addBucket(this, {
      name,
      retain,
      versioned: true,
      lifecycleRules: [
        { ...expireObjects(expireDays), noncurrentVersionExpiration: [{ noncurrentDays: NONCURRENT_DAYS }] },
        abortUploads(1),
      ],
      allow: (bucketArn) => [letDeliver(bucketArn, Account.of(this).accountId)],
    });
    this.bucketName = bucket.bucketName;
    this.bucketArn = bucket.bucketArn;
  }

  /** A bucket that exists already and lets S3's log delivery write. */
  public static fromBucketName(scope: Construct, id: string, bucketName: string): ILogBucket {
    return new ImportedLogBucket(scope, id, bucketName);
  }
}

class ImportedLogBucket extends Construct implements ILogBucket {
  public constructor(
    scope: Construct,
    id: string,
    public readonly bucketName: string,
  ) {
    super(scope, id);
    refuse(this.node.path, existingBucketViolations(bucketName));
  }
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html#grant-log-delivery-permissions-general */
function letDeliver(bucketArn: string, accountId: string): Readonly<Record<string, unknown>> {
  return {
    Sid: 'AccessLogs',
    Effect: 'Allow',
    Principal: { Service: 'logging.s3.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: `${bucketArn}/*`,
    Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
  };
}
