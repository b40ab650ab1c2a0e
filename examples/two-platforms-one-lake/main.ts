/** Two platforms on one lake: people ask one, jobs the other, and neither takes memory from the other. */
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
  const stack = new TerraformStack(app, 'two-platforms-one-lake');
  new S3Backend(stack, { bucket: 'acme-terraform', key: 'two-platforms-one-lake.tfstate', region: 'eu-west-1' });
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
  const operators = new KubernetesNamespace(stack, 'Operators', { name: 'operators' });
  const secretStore = new ExternalSecrets(stack, 'ExternalSecrets', { cluster, name: 'acme', namespace: operators });

  // region: platforms
  const bucket = new LakeBucket(stack, 'Lake', { name: 'acme-shared-lake' });
  const lake = new LakeCatalog('lake', { bucket, metastore: Metastore.glue() });
  const common = {
    name: 'acme',
    cluster,
    region: 'eu-west-1',
    coordinator: { nodes: workers },
    workers: { nodes: workers, min: 1, max: 2 },
    secretStore,
    catalogs: [lake],
  };
  new TrinoPlatform(stack, 'People', { ...common, instance: 'people' });
  new TrinoPlatform(stack, 'Jobs', {
    ...common,
    instance: 'jobs',
    exchange: new ExchangeBucket(stack, 'Exchange', { name: 'acme-jobs-exchange' }),
  });
  // endregion
  return stack;
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
