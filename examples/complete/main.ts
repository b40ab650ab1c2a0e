/** A whole environment in one file: what `stacks/environments` holds, as a program of one's own. */
import { App } from 'cdktf';
import {
  type Authentication,
  Authenticator,
  DataSize,
  type IngressOptions,
  KafkaCatalog,
  LakeCatalog,
  MySqlCatalog,
  SecretRef,
} from '../../lib';
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

// region: login
/** People come by single sign-on, programs with a password; the file goes first, for when the provider is away. */
const authentication: Authentication = {
  authenticators: [
    Authenticator.passwordFile({ users: SecretRef.of('acme-analytics/trino/users') }),
    Authenticator.oauth2({
      issuer: 'https://sso.acme.example',
      clientId: 'trino-analytics',
      clientSecret: SecretRef.of('acme-analytics/trino/single-sign-on'),
    }),
  ],
};
/** An internal load balancer, where TLS ends: over plain HTTP Trino would believe every user name. */
const ingress: IngressOptions = {
  host: 'trino.analytics.acme.example',
  certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/6f1d2c3b-0a9e-4b7d-8c5f-111122223333',
};
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
  trino: { workers: { min: 1, max: 10 }, spill: { volume: DataSize.gib(500) }, authentication, ingress },
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
