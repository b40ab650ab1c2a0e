import { KmsGrant } from '@cdktf/provider-aws/lib/kms-grant';
import { Construct } from 'constructs';
import { Account } from './account';

/** @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html */
const OPERATIONS = [
  'Encrypt',
  'Decrypt',
  'ReEncryptFrom',
  'ReEncryptTo',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'DescribeKey',
  'CreateGrant',
] as const;

/**
 * Lets EC2 Auto Scaling start nodes whose volumes are encrypted with the key; without it they end right after launch.
 * The service's own role exists in every account that has had an Auto Scaling group; a new account gets it by
 * `aws iam create-service-linked-role --aws-service-name autoscaling.amazonaws.com`.
 */
export class VolumeKeyGrant extends Construct {
  /** For what starts nodes. */
  public readonly grant: KmsGrant;

  public constructor(scope: Construct, id: string, keyArn: string) {
    super(scope, id);
    const { partition, accountId } = Account.of(this);
    this.grant = new KmsGrant(this, 'Resource', {
      keyId: keyArn,
      granteePrincipal: `arn:${partition}:iam::${accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
      operations: [...OPERATIONS],
    });
  }
}
