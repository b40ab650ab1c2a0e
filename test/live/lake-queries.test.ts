import { LAKE_BUCKET } from '../../local/platform/servers';
import { LOCAL_USER } from '../../local/platform/platform';
import type { TrinoClient } from '../../local/servers/trino-client';
import { describePlatform, PLATFORM_TIMEOUT, sharedPlatform, type SharedPlatform } from './support/shared';

jest.setTimeout(PLATFORM_TIMEOUT);

const FOLDER = 'lake-queries';
const ORDERS = 'hive.lake_queries.orders';
/** Rows of a day for each month of a year. */
const MONTHS = 12;
const DAYS = 28;

describePlatform('orders in the lake with products in MySQL', () => {
  let platform: SharedPlatform;
  let trino: TrinoClient;
  let products: string;
  beforeAll(async () => {
    platform = await sharedPlatform();
    trino = platform.client(LOCAL_USER);
    products = platform.tables.products;
    for (const statement of ORDERS_STATEMENTS) await trino.query(statement);
  });

  const rowsOf = async (sql: string) => (await trino.query(sql)).rows;
  const processed = async (sql: string, client = trino) => (await client.query(sql)).stats.processedRows;
  const explained = async (sql: string) => String(await trino.value(`EXPLAIN ${sql}`));

  it("answers the brief's question, order by order", async () => {
    const rows = await rowsOf(`
      SELECT o.order_id, o.customer_id, o.order_date, p.product_name, p.category, o.quantity,
        (o.quantity * p.price) AS total_value
      FROM ${platform.tables.past} o
      JOIN ${products} p ON o.product_id = p.product_id
      WHERE o.order_date >= DATE '2025-09-01'
      ORDER BY o.order_date DESC`);
    expect(rows).toEqual([
      [12, 3, '2025-12-15', 'Chair', 'Furniture', 2, '300.00'],
      [11, 2, '2025-11-15', 'Desk', 'Furniture', 1, '300.00'],
      [10, 1, '2025-10-15', 'Phone', 'Electronics', 5, '4000.00'],
      [9, 3, '2025-09-15', 'Laptop', 'Electronics', 4, '4800.00'],
    ]);
  });

  it('has orders in Parquet files with ZSTD at the place that the table names, a folder for each month', async () => {
    const objects = await platform.servers.s3.objects.list(LAKE_BUCKET, `${FOLDER}/orders/`);
    const files = objects.filter(({ size }) => size > 0).map(({ key }) => key);
    expect(new Set(files.map((key) => key.split('/')[2]))).toEqual(new Set(MONTH_NAMES.map((name) => `month=${name}`)));
    const [first = ''] = files;
    const bytes = Buffer.from(await platform.servers.s3.objects.get(LAKE_BUCKET, first));
    expect([bytes.subarray(0, 4).toString(), bytes.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1']);
    expect(bytes.includes(ZSTD_FRAME)).toBe(true);
  });

  it('reads only the months that a query asks for', async () => {
    const autumn = `SELECT count(*), sum(quantity) FROM ${ORDERS} WHERE month IN ('2025-09', '2025-10')`;
    expect(await explained(autumn)).toContain(':: [[2025-09], [2025-10]]');
    expect(await processed(`SELECT count(*), sum(quantity) FROM ${ORDERS}`)).toBe(MONTHS * DAYS);
    expect(await processed(autumn)).toBe(2 * DAYS);
  });

  it('leaves it to MySQL to choose products', async () => {
    const desks = `SELECT product_name FROM ${products} WHERE product_id = 3`;
    expect(await explained(desks)).toMatch(/constraint on \[product_id\]/);
    expect(await processed(desks)).toBe(1);
  });

  it('reads only the orders that the products of a query have, because the join tells the lake', async () => {
    const join = `
      SELECT count(*) FROM ${ORDERS} o JOIN ${products} p ON o.product_id = p.product_id
      WHERE p.product_name = 'Desk'`;
    const session = {
      join_reordering_strategy: 'NONE',
      join_distribution_type: 'BROADCAST',
      'hive.dynamic_filtering_wait_timeout': '5m',
    };
    const filtering = trino.with({ session });
    const plan = String(await filtering.value(`EXPLAIN ${join}`));
    expect(plan).toMatch(/hive:lake_queries:orders.*dynamicFilters = \{product_id = #df_\d+\}/);

    const without = trino.with({ session: { ...session, enable_dynamic_filtering: 'false' } });
    // Each product has a quarter of its own: of the files of the other quarters not one row is read.
    expect((await processed(join, without)) - (await processed(join, filtering))).toBe((MONTHS - 3) * DAYS);
    expect(await filtering.value(join)).toBe(3 * DAYS);
  });

  it('finds files that another program has put there, once it is told to look', async () => {
    const { objects } = platform.servers.s3;
    const [file] = await objects.list(LAKE_BUCKET, `${FOLDER}/orders/month=2025-12/`);
    const copied = await objects.get(LAKE_BUCKET, file?.key ?? '');
    await objects.put(LAKE_BUCKET, `${FOLDER}/copied/month=2026-01/from-elsewhere.parquet`, copied);
    await trino.query(tableStatement('hive.lake_queries.copied', 'copied'));
    const count = 'SELECT count(*) FROM hive.lake_queries.copied';
    expect(await trino.value(count)).toBe(0);
    await trino.query("CALL hive.system.sync_partition_metadata('lake_queries', 'copied', 'ADD')");
    expect(await trino.value(count)).toBe(DAYS);
  });
});

const MONTH_NAMES = Array.from({ length: MONTHS }, (_, index) => `2025-${String(index + 1).padStart(2, '0')}`);

/** What a frame begins with. @see https://datatracker.ietf.org/doc/html/rfc8878#section-3.1.1 */
const ZSTD_FRAME = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

function tableStatement(table: string, folder: string): string {
  return (
    `CREATE TABLE ${table} (order_id BIGINT, product_id BIGINT, quantity INTEGER, month VARCHAR) ` +
    `WITH (format = 'PARQUET', external_location = 's3://${LAKE_BUCKET}/${FOLDER}/${folder}', ` +
    `partitioned_by = ARRAY['month'])`
  );
}

/** Months 1 to 3 sell product 1, months 4 to 6 product 2, and so on. */
const ORDERS_STATEMENTS = [
  `CREATE SCHEMA hive.lake_queries WITH (location = 's3://${LAKE_BUCKET}/${FOLDER}')`,
  tableStatement(ORDERS, 'orders'),
  `INSERT INTO ${ORDERS}
  SELECT month * 100 + day, 1 + (month - 1) / 3, day % 5, format('2025-%02d', month)
  FROM UNNEST(sequence(1, ${MONTHS})) m (month) CROSS JOIN UNNEST(sequence(1, ${DAYS})) d (day)`,
];
