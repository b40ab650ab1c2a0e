import { DataAwsDefaultTags } from '@cdktf/provider-aws/lib/data-aws-default-tags';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { DataSize } from '../core';
import type { IEncryptionKey } from './encryption-key';
import { localStorageUserData } from './node-user-data';

export interface NodeTemplateProps {
  /** Name of the nodes in the console, and first part of the template's name. */
  readonly name: string;
  readonly securityGroupId: string;
  readonly rootVolume: DataSize;
  /** Encrypts the root volume. @default - the account's default key for EBS */
  readonly volumeKey?: IEncryptionKey | undefined;
  /** Whether the machines have NVMe disks, to be made one array for pods. */
  readonly hasLocalNvme: boolean;
}

/** Root device of Amazon Linux 2023. @see https://docs.aws.amazon.com/linux/al2023/ug/ec2.html */
const ROOT_DEVICE = '/dev/xvda';

/**
 * How a pool's machines start: encrypted disk, metadata service only with a session token and out of reach of pods (one
 * hop), no public address, NVMe as one array. What EKS forbids in a template (instance profile, subnets, image) is absent.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
 */
export class NodeTemplate extends Construct {
  public readonly templateId: string;
  /** Number of the newest version, as text: a change rolls the nodes. */
  public readonly latestVersion: string;

  public constructor(scope: Construct, id: string, props: NodeTemplateProps) {
    super(scope, id);
    const tags = this.tags(props.name);
    const template = new LaunchTemplate(this, 'Resource', {
      namePrefix: `${props.name}-`,
      description: `Nodes of ${props.name}`,
      updateDefaultVersion: true,
      ebsOptimized: 'true',
      blockDeviceMappings: [{ deviceName: ROOT_DEVICE, ebs: rootVolume(props) }],
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
      networkInterfaces: [
        {
          deviceIndex: 0,
          associatePublicIpAddress: 'false',
          deleteOnTermination: 'true',
          securityGroups: [props.securityGroupId],
        },
      ],
      tagSpecifications: ['instance', 'volume', 'network-interface'].map((resourceType) => ({
        resourceType,
        tags,
      })),
      ...(props.hasLocalNvme ? { userData: localStorageUserData() } : {}),
      lifecycle: { createBeforeDestroy: true },
    });
    this.templateId = template.id;
    this.latestVersion = Token.asString(template.latestVersion);
  }

  /** The provider's default tags reach what Terraform makes, not what Auto Scaling makes: machines, disks, interfaces. */
  private tags(name: string): Record<string, string> {
    const defaults = new DataAwsDefaultTags(this, 'DefaultTags');
    return Token.asStringMap(Fn.merge([defaults.tags, { Name: name }]));
  }
}

function rootVolume({ rootVolume, volumeKey }: NodeTemplateProps): object {
  return {
    volumeType: 'gp3',
    volumeSize: rootVolume.toGib(),
    encrypted: 'true',
    deleteOnTermination: 'true',
    ...(volumeKey === undefined ? {} : { kmsKeyId: volumeKey.keyArn }),
  };
}
