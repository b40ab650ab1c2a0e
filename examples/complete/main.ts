/** A whole environment in one file: what `stacks/environments` holds, as a program of one's own. */
import { App } from 'cdktf';
import { DataSize, KafkaCatalog, LakeCatalog, MySqlCatalog } from '../../lib';
import { buildEnvironment, type Environment, type EnvironmentConfig } from '../../stacks';

// region: catalogs
/** Orders in S3, products in MySQL, and the orders that are on their way. */
const catalogs: EnvironmentConfig['catalogs'] = ({ lake, metastore, mysql, kafka }) => [
  new LakeCatalog('hive', { bucket: lake, metastore, format: 'hive' }),
  new MySqlCatalog('mysql', mysql),
  new KafkaCatalog('kafka', {
    cluster: kafka,
    topics: [
      {
        topic: 'orders',
        message: {
          dataFormat: 'json',
          fields: [
            { name: 'order_id', type: 'BIGINT', mapping: 'order_id' },
            { name: 'product_id', type: 'BIGINT', mapping: 'product_id' },
            { name: 'quantity', type: 'INTEGER', mapping: 'quantity' },
            { name: 'order_date', type: 'DATE', mapping: 'order_date', dataFormat: 'iso8601' },
          ],
        },
      },
    ],
  }),
];
// endregion

// region: definition
export const analytics: EnvironmentConfig = {
  organization: 'acme',
  region: 'eu-west-1',
  state: { bucket: 'acme-analytics-terraform-state' },
  mysql: { instanceClass: 'db.m7g.large', storageGiB: 100 },
  databases: ['productsdb'],
  kafka: { topics: [{ name: 'orders', partitions: 12 }] },
  cluster: { admins: ['arn:aws:iam::111122223333:role/platform-engineer'] },
  nodePools: {
    system: { instanceTypes: ['m7g.xlarge'], minSize: 3, maxSize: 6 },
    coordinator: { instanceTypes: ['r8g.4xlarge'], minSize: 1, maxSize: 2 },
    workers: { instanceTypes: ['r8gd.4xlarge'], minSize: 1, maxSize: 10 },
  },
  trino: { workers: { min: 1, max: 10 }, spill: { volume: DataSize.gib(500) } },
  catalogs,
};
// endregion

export function build(app: App): Environment {
  return buildEnvironment(app, 'analytics', analytics);
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
