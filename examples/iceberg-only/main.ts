/** Tables of Iceberg in one bucket and nothing else, on spot nodes: what a lost worker had done runs again elsewhere. */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, S3Backend, TerraformStack } from 'cdktf';
import {
  addClusterProviders,
  EksCluster,
  ExchangeBucket,
  ExternalSecrets,
  KubernetesNamespace,
  LakeBucket,
  LakeCatalog,
  Metastore,
  Network,
  TrinoPlatform,
} from '../../lib';

export function build(app: App): TerraformStack {
  const stack = new TerraformStack(app, 'iceberg-only');
  new S3Backend(stack, { bucket: 'acme-terraform', key: 'iceberg-only.tfstate', region: 'eu-west-1' });
  new AwsProvider(stack, 'aws', { region: 'eu-west-1' });

  const cluster = EksCluster.fromAttributes(stack, 'Cluster', {
    clusterName: 'shared',
    endpoint: 'https://0A1B2C3D4E5F.gr7.eu-west-1.eks.amazonaws.com',
    certificateAuthority: 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCg==',
    version: '1.35',
    network: Network.fromAttributes(stack, 'Network', {
      vpcId: 'vpc-0a1b2c3d4e5f60718',
      cidr: '10.8.0.0/16',
      privateSubnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60712'],
    }),
    nodeSecurityGroupId: 'sg-0a1b2c3d4e5f60715',
  });
  addClusterProviders(stack, cluster);
  const workers = cluster.addNodePool('workers', { instanceTypes: ['r8gd.4xlarge'], minSize: 1, maxSize: 4 });
  const spot = cluster.addNodePool('spot', {
    instanceTypes: ['r8gd.4xlarge', 'r7gd.4xlarge', 'r6gd.4xlarge'],
    minSize: 0,
    maxSize: 8,
    capacity: 'spot',
  });
  const operators = new KubernetesNamespace(stack, 'Operators', { name: 'operators' });
  const secretStore = new ExternalSecrets(stack, 'ExternalSecrets', { cluster, name: 'acme', namespace: operators });

  // region: iceberg
  const bucket = new LakeBucket(stack, 'Lake', { name: 'acme-iceberg-lake' });
  new TrinoPlatform(stack, 'Trino', {
    name: 'acme',
    cluster,
    region: 'eu-west-1',
    coordinator: { nodes: workers },
    workers: { nodes: spot, min: 1, max: 8, capacity: 'spot' },
    secretStore,
    exchange: new ExchangeBucket(stack, 'Exchange', { name: 'acme-iceberg-exchange' }),
    catalogs: [new LakeCatalog('lake', { bucket, metastore: Metastore.glue() })],
  });
  // endregion
  return stack;
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
