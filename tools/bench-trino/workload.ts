import { QueryError, type TrinoClient } from '../../local/servers/trino-client';

/** What needs memory, of the line items of TPC-H at a scale. Columns are such that no order of the generator helps. */
const SHAPES: readonly ((lineItems: string) => string)[] = [
  // Many groups.
  (rows) =>
    `SELECT sum(n) FROM (SELECT partkey, suppkey, shipdate, count(*) AS n FROM ${rows} GROUP BY partkey, suppkey, shipdate)`,
  // Many different values.
  (rows) => `SELECT count(DISTINCT comment) FROM ${rows}`,
  // A join whose smaller side is large.
  (rows) =>
    `SELECT count(*), max(b.comment) FROM ${rows} a JOIN ${rows} b ` +
    'ON a.partkey = b.suppkey AND a.shipdate = b.commitdate AND a.quantity > b.quantity',
  // Rows that are kept until the last of their partition is there.
  (rows) =>
    'SELECT max(price) FROM (SELECT lag(extendedprice) OVER (PARTITION BY partkey ORDER BY shipdate, orderkey) ' +
    `AS price FROM ${rows})`,
  // Large values.
  (rows) =>
    `SELECT max(cardinality(comments)) FROM (SELECT suppkey, array_agg(comment) AS comments FROM ${rows} GROUP BY suppkey)`,
];

/** Of TPC-H: 1 is six million line items. */
const SCALES = ['0.1', '0.5', '1.2'];

/** Each shape at each scale, the small ones first. */
const QUESTIONS = SCALES.flatMap((scale) => SHAPES.map((shape) => shape(`tpch."sf${scale}".lineitem`)));

/** How many are asked at a time. */
const CLIENTS = 2;

/**
 * Asks all questions, each as soon as there is a client for it.
 * @returns for each the name of its error, or undefined when it was answered
 */
export async function ask(client: TrinoClient): Promise<readonly (string | undefined)[]> {
  const waiting = [...QUESTIONS];
  const errors: (string | undefined)[] = [];
  const work = async () => {
    for (let sql = waiting.shift(); sql !== undefined; sql = waiting.shift()) errors.push(await errorOf(client, sql));
  };
  await Promise.all(Array.from({ length: CLIENTS }, work));
  return errors;
}

/** `EXCEEDED_LOCAL_MEMORY_LIMIT`. @throws QueryError when the question is to blame */
async function errorOf(client: TrinoClient, sql: string): Promise<string | undefined> {
  try {
    await client.query(sql);
    return undefined;
  } catch (error) {
    if (error instanceof QueryError && error.errorType !== 'USER_ERROR') return error.errorName;
    throw error;
  }
}
