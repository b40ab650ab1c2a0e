import { type CatalogConfig, withExtras } from '../catalog-config';
import type { SecretProperties } from '../secret-text';

/** Connectors that need nothing: data made on the fly, kept in memory, thrown away, or about the server itself. */
export type SimpleConnector = 'tpch' | 'tpcds' | 'memory' | 'jmx' | 'blackhole';

/** A catalog of a connector that needs no properties. */
export function simpleCatalog(connector: SimpleConnector, extraProperties?: SecretProperties): CatalogConfig {
  return { connector, properties: withExtras({}, extraProperties) };
}

/** A catalog of any connector, from plain properties; they are checked where the library has data for the connector. */
export function customCatalog(connector: string, properties: SecretProperties): CatalogConfig {
  return { connector, properties: withExtras({}, properties) };
}
