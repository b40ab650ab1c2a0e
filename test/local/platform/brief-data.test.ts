import { briefJoin, briefTables } from '../../../local/platform/brief-data';
import type { NamedCatalog } from '../../../lib/trino';

const catalog = (name: string, connector: string, properties: Record<string, string> = {}): NamedCatalog => ({
  name,
  config: { connector, properties },
});
const EVENTS = catalog('events', 'kafka', { 'kafka.table-names': 'default.clicks,default.orders' });

test('a platform with all three sources joins all three', () => {
  const tables = briefTables([catalog('lake', 'iceberg'), catalog('hive', 'hive'), catalog('shop', 'mysql'), EVENTS]);
  expect(tables).toEqual({
    past: 'hive.sales.orders',
    products: 'shop.productsdb.products',
    coming: 'events.default.orders',
  });
  expect(briefJoin(tables)).toMatch(/shop\.productsdb\.products.*hive\.sales\.orders.*events\.default\.orders/s);
});

test('a lake that is only read gets no orders, and Iceberg stands in where there is no Hive', () => {
  const archive = catalog('archive', 'hive', { 'hive.security': 'READ_ONLY' });
  expect(briefTables([archive, catalog('lake', 'iceberg')])).toEqual({ past: 'lake.sales.orders' });
});

test('topics without orders are no source', () => {
  expect(briefTables([catalog('events', 'kafka', { 'kafka.table-names': 'default.clicks' })])).toEqual({});
});

test('without products there is nothing to join', () => {
  expect(briefJoin({ past: 'lake.sales.orders' })).toBeUndefined();
});
