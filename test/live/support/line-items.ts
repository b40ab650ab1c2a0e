import type { NamedCatalog, TrinoDefinition } from '../../../lib/trino';
import type { TrinoClient } from '../../../local/servers/trino-client';

const LAKE = 'lake';
const GENERATED: NamedCatalog = { name: 'tpch', config: { connector: 'tpch', properties: {} } };

/** A definition with no catalogs but the lake and what the line items come from: nodes start soon. */
export function withLineItems(definition: TrinoDefinition): TrinoDefinition {
  const lake = definition.catalogs.filter(({ name }) => name === LAKE);
  return { ...definition, catalogs: [...lake, GENERATED] };
}

/** Nobody waits a minute, as is usual, until a node that is gone is given up. */
export function failingSoon(definition: TrinoDefinition): TrinoDefinition {
  const patience = { 'query.remote-task.max-error-duration': '10s', 'exchange.max-error-duration': '10s' };
  return { ...definition, extraProperties: { all: patience } };
}

/**
 * Line items of TPC-H in a table of the lake, whose splits any worker can read: those of the connector that makes them
 * up are bound to a worker and cannot go elsewhere when it leaves.
 * @returns the table's name
 */
export async function loadLineItems(client: TrinoClient, schema: string): Promise<string> {
  await client.query(`CREATE SCHEMA ${LAKE}.${schema} WITH (location = 's3://lake/${schema}')`);
  await client.query(`CREATE TABLE ${LAKE}.${schema}.lineitem AS SELECT * FROM tpch."sf0.1".lineitem`);
  return `${LAKE}.${schema}.lineitem`;
}

/** What clients ask for: something short, something that aggregates, something that joins. */
export function questions(table: string): readonly string[] {
  return [
    `SELECT max(quantity) FROM ${table}`,
    `SELECT returnflag, count(DISTINCT partkey), sum(extendedprice) FROM ${table} GROUP BY 1`,
    `SELECT count(*) FROM ${table} a JOIN ${table} b ON a.orderkey = b.orderkey WHERE a.linenumber < b.linenumber`,
  ];
}
