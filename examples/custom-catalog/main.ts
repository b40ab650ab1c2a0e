/** A catalog of a connector that the library has no class for: its properties, its port, its secret. */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, S3Backend, TerraformStack } from 'cdktf';
import {
  addClusterProviders,
  CustomCatalog,
  EksCluster,
  ExistingServer,
  ExternalSecrets,
  KubernetesNamespace,
  Network,
  SecretRef,
  TrinoPlatform,
} from '../../lib';

export function build(app: App): TerraformStack {
  const stack = new TerraformStack(app, 'custom-catalog');
  new S3Backend(stack, { bucket: 'acme-terraform', key: 'custom-catalog.tfstate', region: 'eu-west-1' });
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
  const platform = new TrinoPlatform(stack, 'Trino', {
    name: 'acme',
    cluster,
    region: 'eu-west-1',
    coordinator: { nodes: workers },
    workers: { nodes: workers, min: 1, max: 3 },
    secretStore,
  });

  // region: custom
  const server = new ExistingServer(stack, 'SqlServer', {
    host: 'sales.acme.internal',
    port: 1433,
    securityGroupId: 'sg-0a1b2c3d4e5f60716',
  });
  platform.addCatalog(
    new CustomCatalog('sales', {
      connector: 'sqlserver',
      properties: {
        'connection-url': 'jdbc:sqlserver://sales.acme.internal:1433;databaseName=sales;encrypt=true',
        'connection-user': 'trino',
        'connection-password': SecretRef.of('sales/trino', 'password'),
      },
      connections: [{ to: server }],
    }),
  );
  // endregion
  return stack;
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
