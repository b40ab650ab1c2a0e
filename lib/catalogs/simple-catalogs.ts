import { type CatalogConfig, type SimpleConnector, simpleCatalog } from '../trino';
import { CatalogBase, type CatalogProps } from './catalog-base';

/** Catalogs of connectors that reach nothing outside of Trino. */
abstract class SimpleCatalogBase extends CatalogBase {
  protected constructor(
    private readonly connector: SimpleConnector,
    name: string,
    props: CatalogProps,
  ) {
    super(name, props.extraProperties);
  }

  protected config(): CatalogConfig {
    return simpleCatalog(this.connector);
  }

  protected open(): void {
    // Nothing to reach.
  }
}

/** The tables of the TPC-H benchmark, made on the fly. @see https://trino.io/docs/current/connector/tpch.html */
export class TpchCatalog extends SimpleCatalogBase {
  public constructor(name = 'tpch', props: CatalogProps = {}) {
    super('tpch', name, props);
  }
}

/** The tables of the TPC-DS benchmark, made on the fly. @see https://trino.io/docs/current/connector/tpcds.html */
export class TpcdsCatalog extends SimpleCatalogBase {
  public constructor(name = 'tpcds', props: CatalogProps = {}) {
    super('tpcds', name, props);
  }
}

/** Tables in the memory of the workers, gone with them. @see https://trino.io/docs/current/connector/memory.html */
export class MemoryCatalog extends SimpleCatalogBase {
  public constructor(name = 'memory', props: CatalogProps = {}) {
    super('memory', name, props);
  }
}

/** Metrics of every node as tables. @see https://trino.io/docs/current/connector/jmx.html */
export class JmxCatalog extends SimpleCatalogBase {
  public constructor(name = 'jmx', props: CatalogProps = {}) {
    super('jmx', name, props);
  }
}

/** Takes every row and keeps none, to measure the rest. @see https://trino.io/docs/current/connector/blackhole.html */
export class BlackholeCatalog extends SimpleCatalogBase {
  public constructor(name = 'blackhole', props: CatalogProps = {}) {
    super('blackhole', name, props);
  }
}
