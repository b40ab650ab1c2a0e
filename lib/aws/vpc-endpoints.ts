import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { Construct } from 'constructs';
import { Account } from './account';
import { Connections } from './connections';

/**
 * The services that nodes, pods and controllers of the platform call; a private cluster cannot work without them.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html
 */
export const PLATFORM_ENDPOINTS = [
  'autoscaling',
  'ec2',
  'ecr.api',
  'ecr.dkr',
  'eks',
  'eks-auth',
  'elasticloadbalancing',
  'kms',
  'logs',
  'secretsmanager',
  'sts',
] as const;

const HTTPS = 443;

export interface VpcEndpointsProps {
  readonly vpcId: string;
  /** The VPC's range: everybody in it may use the endpoints. */
  readonly cidr: string;
  readonly name: string;
  /** Where the interface endpoints stand, one subnet of each zone. */
  readonly subnetIds: readonly string[];
  /** Route tables that get the way to S3. */
  readonly routeTableIds: readonly string[];
  /** Services by the last part of their name: `ecr.api`. */
  readonly services: readonly string[];
}

/** Ways to AWS's services that stay inside the VPC: S3 by a gateway (no charge), the others by an address in each zone. */
export class VpcEndpoints extends Construct {
  public constructor(scope: Construct, id: string, props: VpcEndpointsProps) {
    super(scope, id);
    new VpcEndpoint(this, 'S3', {
      vpcId: props.vpcId,
      serviceName: serviceName(this, 's3'),
      vpcEndpointType: 'Gateway',
      routeTableIds: [...props.routeTableIds],
      tags: { Name: `${props.name}-s3` },
    });
    if (props.services.length > 0) this.addInterfaces(props);
  }

  private addInterfaces({ vpcId, cidr, name, subnetIds, services }: VpcEndpointsProps): void {
    const group = new SecurityGroup(this, 'SecurityGroup', {
      name: `${name}-endpoints`,
      description: 'Interface endpoints of AWS services',
      vpcId,
      tags: { Name: `${name}-endpoints` },
    });
    const connections = new Connections({ scope: this, securityGroupId: group.id });
    connections.allowPortFromCidr(cidr, HTTPS, 'AWS services for everything in the VPC');
    for (const service of services) {
      new VpcEndpoint(this, service.replaceAll('.', '-'), {
        vpcId,
        serviceName: serviceName(this, service),
        vpcEndpointType: 'Interface',
        privateDnsEnabled: true,
        subnetIds: [...subnetIds],
        securityGroupIds: [group.id],
        tags: { Name: `${name}-${service}` },
      });
    }
  }
}

function serviceName(scope: Construct, service: string): string {
  return `com.amazonaws.${Account.of(scope).region}.${service}`;
}
