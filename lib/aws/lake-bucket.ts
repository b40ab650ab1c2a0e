import type { S3BucketLifecycleConfigurationRule } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { Construct } from 'constructs';
import { type Violation, refuse, violationsOf, wholeNumberIfKnown, withDefaults } from '../core';
import {
  BucketBase,
  type ILogBucket,
  type IBucket,
  ImportedBucket,
  abortUploads,
  addBucket,
  bucketNameViolations,
} from './bucket';
import { EncryptionKey, type IEncryptionKey } from './encryption-key';

export type { IBucket } from './bucket';

/** Where the tables of a lake live. */
export interface ILakeBucket extends IBucket {
  /** Keeps a lake and a bucket whose objects expire apart for the compiler. */
  readonly keeps: 'tables';
}

/** The part of a lake bucket's definition that can be wrong. */
export interface LakeBucketOptions {
  /** Physical name, unique in the world: `acme-dev-lake`. */
  readonly name: string;
  /** How long replaced and deleted objects can be brought back, in days, 1 to 3650. @default 30 */
  readonly expireNoncurrentDays?: number;
}

/** The options of a lake bucket, with its key, where its access is logged and what becomes of it on `destroy`. */
export interface LakeBucketProps extends LakeBucketOptions {
  /** @default - a key of the bucket's own */
  readonly encryptionKey?: IEncryptionKey;
  /** Takes the access logs. @default - none are written */
  readonly accessLogBucket?: ILogBucket;
  /** Keep bucket and key when the stack is destroyed (`prevent_destroy`). @default true */
  readonly retain?: boolean;
}

const DEFAULTS = { expireNoncurrentDays: 30, retain: true } as const;
const ABORT_UPLOADS_DAYS = 7;

/** Everything that is wrong with a lake bucket's definition. */
export function lakeBucketViolations(options: LakeBucketOptions): readonly Violation[] {
  return violationsOf(withDefaults(DEFAULTS, options), [
    ({ name }) => bucketNameViolations(name),
    ({ expireNoncurrentDays }) => {
      const fix = 'use 30, or less where storage costs more than a mistake';
      return wholeNumberIfKnown('expireNoncurrentDays', expireNoncurrentDays, { from: 1, to: 3650 }, fix);
    },
  ]);
}

/**
 * A bucket for tables: encrypted with a key of ours, versioned, TLS only, nothing public.
 *
 * `grantRead` and `grantReadWrite` include the key.
 */
export class LakeBucket extends BucketBase implements ILakeBucket {
  public readonly keeps = 'tables';
  public readonly bucketName: string;
  public readonly bucketArn: string;
  protected readonly encryptionKey: IEncryptionKey;

  /** @throws ConfigError with every violation of `lakeBucketViolations` */
  public constructor(scope: Construct, id: string, props: LakeBucketProps) {
    super(scope, id);
    refuse(this.node.path, lakeBucketViolations(props));
    const { name, retain, expireNoncurrentDays, accessLogBucket } = withDefaults(DEFAULTS, props);
    this.encryptionKey =
      props.encryptionKey ?? new EncryptionKey(this, 'Key', { name, description: 'tables of a lake', retain });
    const bucket = addBucket(this, {
      name,
      retain,
      versioned: true,
      encryptionKey: this.encryptionKey,
      lifecycleRules: [expireNoncurrent(expireNoncurrentDays), abortUploads(ABORT_UPLOADS_DAYS)],
      ...(accessLogBucket === undefined ? {} : { accessLogBucket }),
    });
    this.bucketName = bucket.bucketName;
    this.bucketArn = bucket.bucketArn;
  }

  /** A bucket that exists already. @param encryptionKey the key it is encrypted with, when that is a key of yours */
  public static fromBucketName(
    scope: Construct,
    id: string,
    name: string,
    encryptionKey?: IEncryptionKey,
  ): ILakeBucket {
    return new ImportedLakeBucket(scope, id, name, encryptionKey);
  }
}

class ImportedLakeBucket extends ImportedBucket implements ILakeBucket {
  public readonly keeps = 'tables';
}

/** Delete markers of which no version is left would slow every listing down. */
function expireNoncurrent(noncurrentDays: number): S3BucketLifecycleConfigurationRule {
  return {
    id: 'expire-noncurrent',
    status: 'Enabled',
    filter: [{ prefix: '' }],
    noncurrentVersionExpiration: [{ noncurrentDays }],
    expiration: [{ expiredObjectDeleteMarker: true }],
  };
}
