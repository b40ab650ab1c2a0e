import { SecretRef } from '../../../lib/core';
import { ClientTls, mysqlCatalog, planTrino, SECRET_FILES_DIRECTORY } from '../../../lib/trino';
import { SecretValues } from '../../../local/platform/secret-values';
import { definition } from '../../trino/definition/sample';

const PASSWORD = SecretRef.of('shop', 'password');
const shop = mysqlCatalog({ host: 'shop', port: 3306, credentials: { username: 'trino', password: PASSWORD } });
const plan = planTrino(
  definition({
    catalogs: [{ name: 'shop', config: shop }],
    clientTls: ClientTls.coordinator(SecretRef.of('pem')),
    audit: { database: { host: 'audit', database: 'audit', username: 'trino', password: SecretRef.of('audit') } },
  }),
);

test('every variable of a plan has a value, the same each time, known ones their own', () => {
  const values = new SecretValues([{ ref: PASSWORD, value: 'secret' }]);
  const variables = values.variables(plan);
  expect(Object.keys(variables).toSorted()).toEqual(plan.chart.env.map(({ name }) => name).toSorted());
  expect(variables['CATALOG_SHOP_CONNECTION_PASSWORD']).toBe('secret');
  expect(values.variables(plan)).toEqual(variables);
  expect(new SecretValues().variables(plan)).not.toEqual(variables);
});

test('what stands in a URL is encoded', () => {
  const values = new SecretValues([{ ref: SecretRef.of('audit'), value: 'a&b' }]);
  expect(values.variables(plan)['AUDIT_PASSWORD']).toBe('a%26b');
});

test('a file of the coordinator is not given to workers', () => {
  const values = new SecretValues([{ ref: SecretRef.of('pem'), value: 'key and certificate' }]);
  expect(values.files(plan, 'coordinator')).toEqual({ 'server.pem': 'key and certificate' });
  expect(values.files(plan, 'worker')).toEqual({});
  expect(plan.chart.files.coordinator['config.properties']).toContain(`${SECRET_FILES_DIRECTORY}/server.pem`);
});
