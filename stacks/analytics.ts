import { type ICatalog, KafkaCatalog, LakeCatalog, MySqlCatalog } from '../lib/catalogs';
import { SecretRef } from '../lib/core';
import { AccessControl, type Authentication, Authenticator, type KafkaTable } from '../lib/trino';
import type { Sources } from './sources';

/** What every environment offers to analysts, and who may do what with it. */

/** The databases of products that `shop` reads. */
export const PRODUCT_DATABASES = ['productsdb'] as const;

/** Orders as the shop sends them: a JSON document each. Every column names the member that it comes from. */
const ORDERS: KafkaTable = {
  topic: 'orders',
  message: {
    dataFormat: 'json',
    fields: [
      { name: 'order_id', type: 'BIGINT', mapping: 'order_id' },
      { name: 'customer_id', type: 'BIGINT', mapping: 'customer_id' },
      { name: 'product_id', type: 'BIGINT', mapping: 'product_id' },
      { name: 'quantity', type: 'INTEGER', mapping: 'quantity' },
      { name: 'order_date', type: 'DATE', mapping: 'order_date', dataFormat: 'iso8601' },
    ],
  },
};

/** Tables of the lake in both formats, what products keep in MySQL, and the orders that are on their way. */
export function analyticsCatalogs({ lake, metastore, mysql, kafka }: Sources): readonly ICatalog[] {
  return [
    new LakeCatalog('lake', { bucket: lake, metastore }),
    new LakeCatalog('hive', { bucket: lake, metastore, format: 'hive' }),
    new MySqlCatalog('shop', mysql),
    new KafkaCatalog('events', { cluster: kafka, topics: [ORDERS] }),
  ];
}

/**
 * People come by single sign-on, programs with a password. The file goes first: it lets the operator in while the
 * provider is away. Both secrets have to be in Secrets Manager before the platform is deployed.
 */
export function analyticsLogin(environment: string): Authentication {
  const secret = (name: string): SecretRef => SecretRef.of(`acme-${environment}/trino/${name}`);
  return {
    authenticators: [
      Authenticator.passwordFile({ users: secret('users') }),
      Authenticator.oauth2({
        issuer: 'https://sso.acme.example',
        clientId: `trino-${environment}`,
        clientSecret: secret('single-sign-on'),
        scopes: ['openid', 'email'],
        principalField: 'email',
      }),
    ],
  };
}

/** Who operates the platform. */
const OPERATOR = 'platform';

/** Everybody reads everything and writes to the lake; the operator may look at and end the queries of all. */
export const ANALYTICS_ACCESS = AccessControl.rules({
  catalogs: [{ catalog: 'lake|hive', allow: 'all' }, { user: OPERATOR, allow: 'all' }, { allow: 'read-only' }],
  queries: [{ user: OPERATOR, allow: ['execute', 'view', 'kill'] }, { allow: ['execute'] }],
  procedures: [
    { catalog: 'lake|hive', privileges: ['EXECUTE'] },
    { user: OPERATOR, catalog: 'system', schema: 'runtime', procedure: 'kill_query', privileges: ['EXECUTE'] },
  ],
});
