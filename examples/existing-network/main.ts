/**
 * Constructs in a stack of your own: the VPC, the database and the brokers exist already, the cluster and the lake are
 * made here. What exists is granted to and connected to like what is made.
 */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, S3Backend, TerraformStack } from 'cdktf';
import {
  EksCluster,
  KafkaAuthentication,
  KafkaCluster,
  LakeBucket,
  MySqlDatabase,
  Network,
  WorkloadRole,
} from '../../lib/aws';
import { SecretRef } from '../../lib/core';

export function build(app: App): TerraformStack {
  const stack = new TerraformStack(app, 'analytics');
  new S3Backend(stack, { bucket: 'acme-terraform', key: 'analytics.tfstate', region: 'eu-west-1' });
  new AwsProvider(stack, 'aws', { region: 'eu-west-1' });

  // region: existing
  const network = Network.fromAttributes(stack, 'Network', {
    vpcId: 'vpc-0a1b2c3d4e5f60718',
    cidr: '10.8.0.0/16',
    privateSubnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60712'],
  });
  const shop = MySqlDatabase.fromAttributes(stack, 'Shop', {
    host: 'shop.cluster-abc.eu-west-1.rds.amazonaws.com',
    securityGroupId: 'sg-0a1b2c3d4e5f60713',
    credentials: { username: 'trino', password: SecretRef.of('shop/trino', 'password') },
  });
  const events = KafkaCluster.fromAttributes(stack, 'Events', {
    bootstrapServers: 'b-1.events.abc.c2.kafka.eu-west-1.amazonaws.com:9098',
    securityGroupId: 'sg-0a1b2c3d4e5f60714',
    authentication: KafkaAuthentication.iam(),
    clusterArn: 'arn:aws:kafka:eu-west-1:111122223333:cluster/events/0a1b2c3d-1',
  });
  // endregion

  // region: own
  const cluster = new EksCluster(stack, 'Cluster', {
    name: 'analytics',
    network,
    admins: ['arn:aws:iam::111122223333:role/platform-engineer'],
  });
  cluster.addNodePool('system', { instanceTypes: ['m7g.large'], minSize: 2, maxSize: 3 });
  cluster.addNodePool('workers', { instanceTypes: ['r7gd.4xlarge'], minSize: 0, maxSize: 8 });

  const lake = new LakeBucket(stack, 'Lake', { name: 'acme-analytics-lake' });
  const trino = new WorkloadRole(stack, 'Trino', {
    cluster,
    namespace: 'trino',
    serviceAccount: 'trino',
    name: 'analytics-trino',
  });
  lake.grantReadWrite(trino, 'warehouse');
  events.grantConsume(trino, ['orders']);
  shop.connections.allowDefaultPortFrom(cluster, 'catalog shop');
  events.connections.allowDefaultPortFrom(cluster, 'catalog events');
  // endregion
  return stack;
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
