import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
} from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketLoggingA } from '@cdktf/provider-aws/lib/s3-bucket-logging';
import { S3BucketNotification } from '@cdktf/provider-aws/lib/s3-bucket-notification';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Construct, type IConstruct } from 'constructs';
import { type Violation, isToken, matches, refuse, show } from '../core';
import { Account } from './account';
import type { IEncryptionKey } from './encryption-key';
import type { IGrantable } from './grants';

/** The calls that Trino's S3 file system makes. @see https://trino.io/docs/current/object-storage/file-system-s3.html */
const READ_OBJECTS = ['s3:GetObject'] as const;
const WRITE_OBJECTS = [...READ_OBJECTS, 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'] as const;
const LIST_BUCKET = ['s3:ListBucket'] as const;

/** A bucket that workloads read and write. */
export interface IBucket extends IConstruct {
  readonly bucketName: string;
  readonly bucketArn: string;
  /** `s3://<bucket>/<prefix>`. */
  uri(prefix?: string): string;
  /** May read, decryption included. @param prefix only what is below it: `warehouse` @default - the whole bucket */
  grantRead(grantee: IGrantable, prefix?: string): void;
  /** May read, write and delete, encryption included. @param prefix only below it @default - the whole bucket */
  grantReadWrite(grantee: IGrantable, prefix?: string): void;
}

/** Takes the access logs of other buckets. */
export interface ILogBucket extends IConstruct {
  readonly bucketName: string;
}

/** Addresses and grants, the same for a bucket of ours and one that exists already. */
export abstract class BucketBase extends Construct implements IBucket {
  public abstract readonly bucketName: string;
  public abstract readonly bucketArn: string;
  protected abstract readonly encryptionKey: IEncryptionKey | undefined;

  public uri(prefix = ''): string {
    const path = trimmed(prefix);
    return path === '' ? `s3://${this.bucketName}` : `s3://${this.bucketName}/${path}`;
  }

  public grantRead(grantee: IGrantable, prefix = ''): void {
    this.grant(grantee, READ_OBJECTS, trimmed(prefix));
    this.encryptionKey?.grantDecrypt(grantee);
  }

  public grantReadWrite(grantee: IGrantable, prefix = ''): void {
    this.grant(grantee, WRITE_OBJECTS, trimmed(prefix));
    this.encryptionKey?.grantEncryptDecrypt(grantee);
  }

  private grant(grantee: IGrantable, actions: readonly string[], prefix: string): void {
    const below = prefix === '' ? '*' : `${prefix}/*`;
    grantee.addStatement({ actions, resources: [`${this.bucketArn}/${below}`] });
    grantee.addStatement({
      actions: LIST_BUCKET,
      resources: [this.bucketArn],
      ...(prefix === '' ? {} : { conditions: { StringLike: { 's3:prefix': [prefix, below] } } }),
    });
  }
}

/** `/warehouse/` and `warehouse` are the same place. */
function trimmed(prefix: string): string {
  return prefix.replace(/^\/+|\/+$/g, '');
}

/** A bucket that exists already, by its name. */
export abstract class ImportedBucket extends BucketBase {
  public readonly bucketName: string;
  public readonly bucketArn: string;
  protected readonly encryptionKey: IEncryptionKey | undefined;

  public constructor(scope: Construct, id: string, bucketName: string, encryptionKey?: IEncryptionKey) {
    super(scope, id);
    refuse(this.node.path, existingBucketViolations(bucketName));
    this.bucketName = bucketName;
    this.bucketArn = `arn:${Account.of(this).partition}:s3:::${bucketName}`;
    this.encryptionKey = encryptionKey;
  }
}

/** What is wrong with the name of a bucket that we make. Dots are allowed by S3, but not by its TLS certificate. */
export function bucketNameViolations(name: string): readonly Violation[] {
  // @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  const reserved = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|--x-s3|--table-s3)$/;
  if (isToken(name) || (matches(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, name) && !reserved.test(name))) return [];
  return [
    {
      path: 'name',
      got: show(name),
      allowed:
        '3 to 63 small letters, digits and hyphens, with a letter or digit at both ends and none of the prefixes and suffixes that S3 reserves',
      fix: 'choose another name',
    },
  ];
}

/** What is wrong with the name of a bucket that exists already: old ones may have capitals, dots and underscores. */
export function existingBucketViolations(name: string): readonly Violation[] {
  if (isToken(name) || matches(/^[\w.-]{3,255}$/, name)) return [];
  const allowed = 'the name of a bucket alone: 3 to 255 letters, digits and ._-';
  return [
    { path: 'bucketName', got: show(name), allowed, fix: 'leave s3:// and folders out; an ARN ends in the name' },
  ];
}

/** A statement of a bucket policy. */
type BucketStatement = Readonly<Record<string, unknown>>;

export interface PrivateBucketProps {
  readonly name: string;
  /** @default - SSE-S3, the only encryption that S3 allows for access logs */
  readonly encryptionKey?: IEncryptionKey;
  /** Keep old versions of objects. */
  readonly versioned: boolean;
  /** Keep the bucket when the stack is destroyed; otherwise it goes with all of its objects. */
  readonly retain: boolean;
  readonly lifecycleRules: readonly S3BucketLifecycleConfigurationRule[];
  /** @default - none are written */
  readonly accessLogBucket?: ILogBucket;
  /** Allowed besides what IAM allows. @default - nothing */
  readonly allow?: (bucketArn: string) => readonly BucketStatement[];
}

/** What others need of a bucket that `addBucket` has added. */
export interface PrivateBucket {
  readonly bucketName: string;
  readonly bucketArn: string;
}

/**
 * Adds a bucket as every one of ours is: nothing public, no ACLs, TLS only, encrypted, events to EventBridge.
 *
 * Companion resources refer to it by its id, not by its name: checks of infrastructure code follow references.
 */
export function addBucket(scope: Construct, props: PrivateBucketProps): PrivateBucket {
  const bucket = new S3Bucket(scope, 'Resource', {
    bucket: props.name,
    forceDestroy: !props.retain,
    lifecycle: { preventDestroy: props.retain },
  });
  const policy = closeBucket(scope, bucket, props.allow?.(bucket.arn) ?? []);
  protectBucket(scope, bucket, props);
  new S3BucketNotification(scope, 'Events', { bucket: bucket.id, eventbridge: true });
  if (props.accessLogBucket !== undefined) {
    new S3BucketLoggingA(scope, 'AccessLogs', {
      bucket: bucket.id,
      targetBucket: props.accessLogBucket.bucketName,
      targetPrefix: `${props.name}/`,
    });
  }
  // Named by its policy: who uses the bucket waits until it is closed to the public and lets log delivery in.
  return { bucketName: policy.bucket, bucketArn: bucket.arn };
}

function closeBucket(scope: Construct, bucket: S3Bucket, allowed: readonly BucketStatement[]): S3BucketPolicy {
  const access = new S3BucketPublicAccessBlock(scope, 'PublicAccess', {
    bucket: bucket.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new S3BucketOwnershipControls(scope, 'Ownership', {
    bucket: bucket.id,
    rule: { objectOwnership: 'BucketOwnerEnforced' },
  });
  // S3 refuses two changes of a bucket's access at the same time.
  return new S3BucketPolicy(scope, 'Policy', {
    bucket: bucket.id,
    policy: JSON.stringify({ Version: '2012-10-17', Statement: [...denyPlainText(bucket.arn), ...allowed] }),
    dependsOn: [access],
  });
}

function protectBucket(scope: Construct, bucket: S3Bucket, props: PrivateBucketProps): void {
  new S3BucketServerSideEncryptionConfigurationA(scope, 'Encryption', {
    bucket: bucket.id,
    rule: [encryptionRule(props.encryptionKey)],
  });
  new S3BucketLifecycleConfiguration(scope, 'Lifecycle', {
    bucket: bucket.id,
    rule: [...props.lifecycleRules],
    dependsOn: props.versioned ? [keepVersions(scope, bucket)] : [],
  });
}

function keepVersions(scope: Construct, bucket: S3Bucket): S3BucketVersioningA {
  const versioningConfiguration = { status: 'Enabled' };
  return new S3BucketVersioningA(scope, 'Versioning', { bucket: bucket.id, versioningConfiguration });
}

function encryptionRule(key: IEncryptionKey | undefined): object {
  if (key === undefined) return { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } };
  return {
    // One call to KMS for many objects instead of one for each.
    bucketKeyEnabled: true,
    applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.keyArn },
  };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html */
function denyPlainText(bucketArn: string): readonly BucketStatement[] {
  const everyone = { Effect: 'Deny', Principal: { AWS: '*' }, Action: 's3:*', Resource: [bucketArn, `${bucketArn}/*`] };
  return [
    { Sid: 'DenyPlainText', ...everyone, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    { Sid: 'DenyOldTls', ...everyone, Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } },
  ];
}

/** Parts of uploads that were never completed cost money and are invisible. */
export function abortUploads(days: number): S3BucketLifecycleConfigurationRule {
  return {
    id: 'abort-uploads',
    status: 'Enabled',
    filter: [{ prefix: '' }],
    abortIncompleteMultipartUpload: [{ daysAfterInitiation: days }],
  };
}

/** Objects go when they are that old. */
export function expireObjects(days: number): S3BucketLifecycleConfigurationRule {
  return { id: 'expire', status: 'Enabled', filter: [{ prefix: '' }], expiration: [{ days }] };
}
