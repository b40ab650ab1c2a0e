import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Construct, type IConstruct } from 'constructs';
import { type Violation, isToken, matches, refuse, show } from '../core';
import { Account } from './account';
import type { IGrantable } from './grants';

const DECRYPT = ['kms:Decrypt', 'kms:DescribeKey'] as const;
const ENCRYPT_DECRYPT = [
  ...DECRYPT,
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
] as const;

/** A KMS key that data is encrypted with, created here or elsewhere. */
export interface IEncryptionKey extends IConstruct {
  readonly keyArn: string;
  /** May read what is encrypted with the key. */
  grantDecrypt(grantee: IGrantable): void;
  /** May read and write it. */
  grantEncryptDecrypt(grantee: IGrantable): void;
}

/** A key by what it encrypts, and which services may use it. */
export interface EncryptionKeyProps {
  /** Alias without `alias/`, and first word of the description: `acme-dev-data`. */
  readonly name: string;
  /** What it encrypts, for the console. */
  readonly description: string;
  /**
   * Services of AWS that use the key on their own behalf, with their principals: `logs.eu-west-1.amazonaws.com`.
   * Services that act for a caller (S3, RDS, EBS, Secrets Manager) need no entry.
   * @default - none
   */
  readonly services?: readonly string[];
  /** Keep the key when the stack is destroyed: without it, what it encrypted is lost. @default true */
  readonly retain?: boolean;
}

abstract class EncryptionKeyBase extends Construct implements IEncryptionKey {
  public abstract readonly keyArn: string;

  public grantDecrypt(grantee: IGrantable): void {
    grantee.addStatement({ actions: DECRYPT, resources: [this.keyArn] });
  }

  public grantEncryptDecrypt(grantee: IGrantable): void {
    grantee.addStatement({ actions: ENCRYPT_DECRYPT, resources: [this.keyArn] });
  }
}

/** A customer-managed KMS key with yearly rotation, an alias and an explicit policy. */
export class EncryptionKey extends EncryptionKeyBase {
  public readonly keyArn: string;

  /** @throws ConfigError when KMS takes no such alias */
  public constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    refuse(this.node.path, keyNameViolations(props.name));
    const key = new KmsKey(this, 'Resource', {
      description: `${props.name}: ${props.description}`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: keyPolicy(Account.of(this), props.services ?? []),
      lifecycle: { preventDestroy: props.retain ?? true },
    });
    new KmsAlias(this, 'Alias', { name: `alias/${props.name}`, targetKeyId: key.keyId });
    this.keyArn = key.arn;
  }

  /** A key that exists already. */
  public static fromKeyArn(scope: Construct, id: string, keyArn: string): IEncryptionKey {
    return new ImportedKey(scope, id, keyArn);
  }
}

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
function keyNameViolations(name: string): readonly Violation[] {
  if (isToken(name) || matches(/^[\w/-]{1,250}$/, name)) return [];
  const allowed = '1 to 250 letters, digits and /_-, as an alias of KMS takes them';
  return [{ path: 'name', got: show(name), allowed, fix: 'choose another name' }];
}

class ImportedKey extends EncryptionKeyBase {
  public constructor(
    scope: Construct,
    id: string,
    public readonly keyArn: string,
  ) {
    super(scope, id);
  }
}

/**
 * The account decides by IAM who uses the key; the services named may use it themselves, for this account only.
 * `kms:*` on `*` is the account's own statement that AWS puts into every key policy: without it nobody could manage the
 * key, and in a key policy `*` means this key.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
function keyPolicy(account: Account, services: readonly string[]): string {
  const owner = {
    Sid: 'Account',
    Effect: 'Allow',
    Principal: { AWS: `arn:${account.partition}:iam::${account.accountId}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  const users = services.map((service, index) => ({
    Sid: `Service${index}`,
    Effect: 'Allow',
    Principal: { Service: service },
    Action: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
    Resource: '*',
    Condition: serviceCondition(account, service),
  }));
  return JSON.stringify({ Version: '2012-10-17', Statement: [owner, ...users] });
}

/**
 * CloudWatch Logs names the log group in the encryption context; the others name the account they act for.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
function serviceCondition(account: Account, service: string): object {
  if (!service.startsWith('logs.')) return { StringEquals: { 'aws:SourceAccount': account.accountId } };
  const logGroups = `arn:${account.partition}:logs:${account.region}:${account.accountId}:log-group:*`;
  return { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } };
}
