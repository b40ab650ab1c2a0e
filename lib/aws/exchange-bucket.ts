import { Construct } from 'constructs';
import { Duration, type Violation, refuse, rule, violationsOf, withDefaults } from '../core';
import {
  BucketBase,
  type ILogBucket,
  type IBucket,
  ImportedBucket,
  abortUploads,
  addBucket,
  bucketNameViolations,
  expireObjects,
} from './bucket';
import { EncryptionKey, type IEncryptionKey } from './encryption-key';

/** Where fault-tolerant execution keeps the data that workers exchange; everything in it expires. */
export interface IExchangeBucket extends IBucket {
  /** Keeps a lake and a bucket whose objects expire apart for the compiler. */
  readonly keeps: 'exchange data';
  /** Age at which objects go: no query may run longer. undefined where nobody here knows. */
  readonly expireAfter: Duration | undefined;
}

/** The part of an exchange bucket's definition that can be wrong. */
export interface ExchangeBucketOptions {
  /** Physical name, unique in the world: `acme-dev-exchange`. */
  readonly name: string;
  /** Age at which objects go, 1 to 3 whole days; no query may run longer. @default Duration.days(1) */
  readonly expireAfter?: Duration;
}

/** The options of an exchange bucket, with its key and where its access is logged. */
export interface ExchangeBucketProps extends ExchangeBucketOptions {
  /** @default - a key of the bucket's own */
  readonly encryptionKey?: IEncryptionKey;
  /** Takes the access logs. @default - none are written */
  readonly accessLogBucket?: ILogBucket;
}

const DAY = Duration.days(1);
const LONGEST = Duration.days(3);
/** What a bucket that says nothing else keeps its objects for. */
export const DEFAULT_EXCHANGE_EXPIRY = DAY;

/** Everything that is wrong with an exchange bucket's definition. */
export function exchangeBucketViolations(options: ExchangeBucketOptions): readonly Violation[] {
  return violationsOf(withDefaults({ expireAfter: DEFAULT_EXCHANGE_EXPIRY }, options), [
    ({ name }) => bucketNameViolations(name),
    rule(
      ({ expireAfter }) =>
        Number.isInteger(expireAfter.dividedBy(DAY)) &&
        !expireAfter.isGreaterThan(LONGEST) &&
        !expireAfter.isLessThan(DAY),
      ({ expireAfter }) => ({
        path: 'expireAfter',
        got: expireAfter.toString(),
        allowed: '1d, 2d or 3d: S3 counts in days, and what is left of a query that crashed costs money',
        fix: 'use Duration.days(1), or more when a query runs longer than a day',
      }),
    ),
  ]);
}

/**
 * A bucket for exchange data of fault-tolerant execution. Trino does not clean up after a node that crashed, so objects
 * expire; they are of no use after the query, so there are no versions and nothing is ever retained.
 * @see https://trino.io/docs/current/admin/fault-tolerant-execution.html#exchange-manager
 */
export class ExchangeBucket extends BucketBase implements IExchangeBucket {
  public readonly keeps = 'exchange data';
  public readonly expireAfter: Duration;
  public readonly bucketName: string;
  public readonly bucketArn: string;
  protected readonly encryptionKey: IEncryptionKey;

  /** @throws ConfigError with every violation of `exchangeBucketViolations` */
  public constructor(scope: Construct, id: string, props: ExchangeBucketProps) {
    super(scope, id);
    refuse(this.node.path, exchangeBucketViolations(props));
    const { name, expireAfter = DEFAULT_EXCHANGE_EXPIRY, accessLogBucket } = props;
    this.encryptionKey =
      props.encryptionKey ??
      new EncryptionKey(this, 'Key', { name, description: 'exchange data of queries', retain: false });
    const bucket = addBucket(this, {
      name,
      retain: false,
      versioned: false,
      encryptionKey: this.encryptionKey,
      lifecycleRules: [expireObjects(expireAfter.dividedBy(DAY)), abortUploads(1)],
      ...(accessLogBucket === undefined ? {} : { accessLogBucket }),
    });
    this.expireAfter = expireAfter;
    this.bucketName = bucket.bucketName;
    this.bucketArn = bucket.bucketArn;
  }

  /** A bucket that exists already. @param encryptionKey the key it is encrypted with, when that is a key of yours */
  public static fromBucketName(
    scope: Construct,
    id: string,
    name: string,
    encryptionKey?: IEncryptionKey,
  ): IExchangeBucket {
    return new ImportedExchangeBucket(scope, id, name, encryptionKey);
  }
}

class ImportedExchangeBucket extends ImportedBucket implements IExchangeBucket {
  public readonly keeps = 'exchange data';
  public readonly expireAfter = undefined;
}
