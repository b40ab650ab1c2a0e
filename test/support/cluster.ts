import type { TerraformStack } from 'cdktf';
import { EksCluster, type EksClusterAttributes, type EksClusterProps } from '../../lib/aws/eks-cluster';
import { Network, type INetwork } from '../../lib/aws/network';
import type { NodePoolOptions } from '../../lib/aws/node-pool-options';

/** The administrator of every test cluster. */
export const ADMIN = 'arn:aws:iam::123456789012:role/platform-admin';

/** A pool that every cluster needs: always there, open to all pods. */
export const SYSTEM_POOL: NodePoolOptions = { instanceTypes: ['m7g.large'], minSize: 2, maxSize: 3 };

/** A network that exists already, over three zones. */
export function testNetwork(stack: TerraformStack, cidr = '10.0.0.0/16'): INetwork {
  return Network.fromAttributes(stack, 'Network', {
    vpcId: 'vpc-1',
    cidr,
    privateSubnetIds: ['subnet-a', 'subnet-b', 'subnet-c'],
  });
}

/** A cluster in such a network, with the system pool. */
export function testCluster(stack: TerraformStack, props: Partial<EksClusterProps> = {}): EksCluster {
  const cluster = new EksCluster(stack, 'Cluster', {
    name: 'acme-dev',
    network: testNetwork(stack),
    admins: [ADMIN],
    ...props,
  });
  cluster.addNodePool('system', SYSTEM_POOL);
  return cluster;
}

/** A cluster that somebody else made, in such a network. */
export function importedCluster(
  stack: TerraformStack,
  attributes: Partial<EksClusterAttributes> = {},
): ReturnType<typeof EksCluster.fromAttributes> {
  return EksCluster.fromAttributes(stack, 'Cluster', {
    clusterName: 'theirs',
    endpoint: 'https://theirs.example',
    certificateAuthority: 'Y2VydA==',
    version: '1.34',
    network: testNetwork(stack),
    nodeSecurityGroupId: 'sg-nodes',
    ...attributes,
  });
}
