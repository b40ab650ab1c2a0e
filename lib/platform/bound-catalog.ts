import type { CatalogHost, ICatalog } from '../catalogs';
import { ConfigError, plainSecretViolations, type Violation } from '../core';
import type { CatalogConfig } from '../trino';

/** What a catalog says of itself, or what is wrong with it. */
export interface BoundCatalog {
  /** undefined when something is wrong. */
  readonly config: CatalogConfig | undefined;
  readonly violations: readonly Violation[];
}

/** Binds a catalog; what is wrong with it is returned, to be told with what is wrong with others. */
export function bindCatalog(catalog: ICatalog, host: CatalogHost): BoundCatalog {
  try {
    const config = catalog.bind(host);
    const { properties, files = {} } = config;
    const violations = plainSecretViolations({ properties, files });
    return { config: violations.length === 0 ? config : undefined, violations };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { config: undefined, violations: error.violations };
  }
}
