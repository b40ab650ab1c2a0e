import { Construct, type IConstruct } from 'constructs';
import { SecretRef, isToken } from '../core';
import { Account } from './account';
import type { IEncryptionKey } from './encryption-key';
import type { IGrantable } from './grants';

/** What External Secrets needs for a secret that it is told by name. */
const READ_SECRET = ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'] as const;

/** A user of a database or broker: the name may be seen, the password is where the reference points. */
export interface Credentials {
  readonly username: string;
  readonly password: SecretRef;
}

/** A secret in AWS Secrets Manager whose value is a JSON document. */
export interface ISecret extends IConstruct {
  readonly secretArn: string;
  /** Points to one member of the document. */
  ref(key: string): SecretRef;
  /** May read the secret, decryption included. */
  grantRead(grantee: IGrantable): void;
}

/** What has to be known of a secret that exists already. */
export interface SecretAttributes {
  readonly secretArn: string;
  /** Encrypts the secret. @default - the key that AWS manages, which needs no grant */
  readonly encryptionKey?: IEncryptionKey;
}

/** A secret that exists already: one that AWS keeps for a service of its own, or that people bring. */
export class ImportedSecret extends Construct implements ISecret {
  public readonly secretArn: string;
  private readonly encryptionKey: IEncryptionKey | undefined;

  public constructor(scope: Construct, id: string, attributes: SecretAttributes) {
    super(scope, id);
    this.secretArn = attributes.secretArn;
    this.encryptionKey = attributes.encryptionKey;
  }

  public ref(key: string): SecretRef {
    return SecretRef.of(this.secretArn, key);
  }

  public grantRead(grantee: IGrantable): void {
    grantReadSecret(this, grantee, this.secretArn, this.encryptionKey);
  }
}

/**
 * Lets somebody read a secret, and decrypt it where its key is known.
 * @param secret its ARN or name
 */
export function grantReadSecret(scope: Construct, grantee: IGrantable, secret: string, key?: IEncryptionKey): void {
  grantee.addStatement({ actions: READ_SECRET, resources: [arnOf(scope, secret)] });
  key?.grantDecrypt(grantee);
}

/**
 * AWS ends a secret's ARN by a hyphen and six characters of its own, so a name alone needs six wildcards, and an ARN without
 * them, too. A name that ends like that is taken at its word.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html
 */
function arnOf(scope: Construct, secret: string): string {
  if (isToken(secret)) return secret;
  if (secret.startsWith('arn:')) return /-[A-Za-z0-9]{6}$/.test(secret) ? secret : `${secret}-??????`;
  const { partition, region, accountId } = Account.of(scope);
  return `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${secret}-??????`;
}
