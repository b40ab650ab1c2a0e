/** Trino in a cluster that others run, with its operators and sources: only nodes, pods and permissions are made here. */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, S3Backend, TerraformStack } from 'cdktf';
import {
  addClusterProviders,
  EksCluster,
  ExternalSecrets,
  MySqlCatalog,
  MySqlDatabase,
  Network,
  Prometheus,
  SecretRef,
  TrinoPlatform,
} from '../../lib';

export function build(app: App): TerraformStack {
  const stack = new TerraformStack(app, 'existing-cluster');
  new S3Backend(stack, { bucket: 'acme-terraform', key: 'existing-cluster.tfstate', region: 'eu-west-1' });
  new AwsProvider(stack, 'aws', { region: 'eu-west-1' });

  // region: existing
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
  const coordinator = cluster.addNodePool('coordinator', { instanceTypes: ['r8g.4xlarge'], minSize: 1, maxSize: 2 });
  const credentials = { username: 'trino', password: SecretRef.of('shop/trino', 'password') };
  const shop = MySqlDatabase.fromAttributes(stack, 'Shop', {
    host: 'shop.cluster-abc.eu-west-1.rds.amazonaws.com',
    securityGroupId: 'sg-0a1b2c3d4e5f60713',
    credentials,
  });
  // endregion

  // region: platform
  new TrinoPlatform(stack, 'Trino', {
    name: 'acme-shared',
    cluster,
    region: 'eu-west-1',
    coordinator: { nodes: coordinator },
    workers: { nodes: workers, min: 1, max: 4 },
    secretStore: ExternalSecrets.fromStoreName('aws-secrets-manager'),
    prometheus: Prometheus.fromAddress('http://prometheus.monitoring.svc:9090', 'monitoring', {
      release: 'prometheus',
    }),
    catalogs: [new MySqlCatalog('shop', { database: shop, credentials })],
  });
  // endregion
  return stack;
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
