import type { NamedCatalog } from '../../lib/trino';
import type { TrinoClient } from '../servers/trino-client';
import { PRODUCT_DATABASES } from './databases';
import { LAKE_BUCKET, type Servers } from './servers';

/** Orders that are in the lake, orders that are on their way through Kafka, and the products of a shop in MySQL. */

interface Order {
  readonly order_id: number;
  readonly customer_id: number;
  readonly product_id: number;
  readonly quantity: number;
  readonly order_date: string;
}

const PRODUCTS = [
  [1, 'Laptop', 1200, 'Electronics'],
  [2, 'Phone', 800, 'Electronics'],
  [3, 'Desk', 300, 'Furniture'],
  [4, 'Chair', 150, 'Furniture'],
] as const;

/** Order 1 to 12, one a month. */
const PAST_ORDERS = ordersOf(1, 12, (month) => `2025-${String(month).padStart(2, '0')}-15`);
const COMING_ORDERS = ordersOf(101, 8, (day) => `2026-01-${String(day).padStart(2, '0')}`);

function ordersOf(first: number, count: number, date: (index: number) => string): readonly Order[] {
  return Array.from({ length: count }, (_, index) => ({
    order_id: first + index,
    customer_id: 1 + (index % 3),
    product_id: 1 + (index % PRODUCTS.length),
    quantity: 1 + (index % 5),
    order_date: date(index + 1),
  }));
}

/** Which of the three sources a platform has, by the names of its tables. */
export interface BriefTables {
  /** Orders in the lake. */
  readonly past?: string;
  readonly products?: string;
  /** Orders in Kafka. */
  readonly coming?: string;
}

const [DATABASE] = PRODUCT_DATABASES;
const SCHEMA = 'sales';
const TOPIC = 'orders';

/** The tables that the catalogs of a platform make possible. */
export function briefTables(catalogs: readonly NamedCatalog[]): BriefTables {
  const lake = lakeCatalog(catalogs);
  const mysql = catalogs.find(({ config }) => config.connector === 'mysql');
  const kafka = catalogs.find(readsOrders);
  return {
    ...(lake === undefined ? {} : { past: `${lake.name}.${SCHEMA}.orders` }),
    ...(mysql === undefined ? {} : { products: `${mysql.name}.${DATABASE}.products` }),
    ...(kafka === undefined ? {} : { coming: `${kafka.name}.default.${TOPIC}` }),
  };
}

/** A catalog that may be written to, of Hive if there is one. */
function lakeCatalog(catalogs: readonly NamedCatalog[]): NamedCatalog | undefined {
  const writable = catalogs.filter(({ config }) => !Object.values(config.properties).includes('READ_ONLY'));
  const named = (connector: string) => writable.find(({ config }) => config.connector === connector);
  return named('hive') ?? named('iceberg');
}

function readsOrders({ config: { connector, properties } }: NamedCatalog): boolean {
  return connector === 'kafka' && String(properties['kafka.table-names']).split(',').includes(`default.${TOPIC}`);
}

/** Puts the data into the servers behind a platform; what is there already stays. */
export async function loadBriefData(
  catalogs: readonly NamedCatalog[],
  { mysql, kafka }: Servers,
  client: TrinoClient,
): Promise<BriefTables> {
  const tables = briefTables(catalogs);
  if (tables.products !== undefined) await mysql?.run(productStatements());
  if (tables.coming !== undefined) {
    await kafka?.work({ topics: [{ name: TOPIC, partitions: 2 }] });
    if (await isEmpty(client, tables.coming)) await kafka?.work({ records: COMING_ORDERS.map(messageOf) });
  }
  if (tables.past !== undefined) await loadLake(client, tables.past, lakeCatalog(catalogs)?.config.connector);
  return tables;
}

function productStatements(): string {
  const rows = PRODUCTS.map(([id, name, price, category]) => `(${id}, '${name}', ${price}, '${category}')`);
  return [
    `CREATE DATABASE IF NOT EXISTS ${DATABASE};`,
    `CREATE TABLE IF NOT EXISTS ${DATABASE}.products (product_id BIGINT PRIMARY KEY, product_name VARCHAR(255),`,
    'price DECIMAL(10, 2), category VARCHAR(255));',
    `INSERT IGNORE INTO ${DATABASE}.products VALUES ${rows.join(', ')};`,
  ].join('\n');
}

function messageOf(order: Order) {
  return { topic: TOPIC, key: String(order.order_id), value: JSON.stringify(order) };
}

/** Parquet files: a table outside of Hive's own warehouse, or one of Iceberg. */
async function loadLake(client: TrinoClient, table: string, connector: string | undefined): Promise<void> {
  const location = `s3://${LAKE_BUCKET}/${SCHEMA}`;
  const external = connector === 'hive' ? `, external_location = '${location}/orders'` : '';
  await client.query(
    `CREATE SCHEMA IF NOT EXISTS ${table.split('.').slice(0, 2).join('.')} WITH (location = '${location}')`,
  );
  await client.query(
    `CREATE TABLE IF NOT EXISTS ${table} (order_id BIGINT, product_id BIGINT, customer_id BIGINT, quantity INTEGER, ` +
      `order_date DATE) WITH (format = 'PARQUET'${external})`,
  );
  if (!(await isEmpty(client, table))) return;
  const rows = PAST_ORDERS.map(
    (order) =>
      `(${order.order_id}, ${order.product_id}, ${order.customer_id}, ${order.quantity}, DATE '${order.order_date}')`,
  );
  await client.query(`INSERT INTO ${table} VALUES ${rows.join(', ')}`);
}

async function isEmpty(client: TrinoClient, table: string): Promise<boolean> {
  const { rows } = await client.query(`SELECT count(*) FROM ${table}`);
  return rows[0]?.[0] === 0;
}

/** What each product has sold and will sell: a join of all sources that there are; undefined without products. */
export function briefJoin({ products, past, coming }: BriefTables): string | undefined {
  if (products === undefined) return undefined;
  const sums = Object.entries({ sold: past, ordered: coming }).filter(([, table]) => table !== undefined);
  return [
    `SELECT p.product_name, p.category, p.price${sums.map(([name]) => `, ${name}.quantity AS ${name}`).join('')}`,
    `FROM ${products} p`,
    ...sums.map(
      ([name, table]) =>
        `JOIN (SELECT product_id, sum(quantity) AS quantity FROM ${table ?? ''} GROUP BY product_id) ${name} ` +
        `ON ${name}.product_id = p.product_id`,
    ),
    'ORDER BY p.product_id',
  ].join('\n');
}
