import type { CatalogConfig } from '../catalog-config';

/** Connectors that need nothing: data made on the fly, kept in memory, thrown away, or about the server itself. */
export type SimpleConnector = 'tpch' | 'tpcds' | 'memory' | 'jmx' | 'blackhole';

/** A catalog of a connector that needs no properties. */
export function simpleCatalog(connector: SimpleConnector): CatalogConfig {
  return { connector, properties: {} };
}
