import type { IConnectable, PolicyStatement } from '../aws';
import type { CatalogConfig } from '../trino';
import type { CatalogHost } from './catalog';
import { CatalogBase } from './catalog-base';

/** Something that a catalog has to reach. */
export interface CatalogConnection {
  readonly to: IConnectable;
  /** The TCP port. @default - the one that it has by default */
  readonly port?: number;
}

/** The catalog's files, as they shall be: `properties` are checked where the library knows the connector. */
export interface CustomCatalogProps extends CatalogConfig {
  /** Ports to open for the host. @default - none */
  readonly connections?: readonly CatalogConnection[];
  /** Permissions to give to the host. @default - none */
  readonly statements?: readonly PolicyStatement[];
}

/** A catalog of any connector. @see https://trino.io/docs/current/connector.html */
export class CustomCatalog extends CatalogBase {
  public constructor(
    name: string,
    private readonly props: CustomCatalogProps,
  ) {
    super(name, props.properties, { 'connector.name': 'connector' });
  }

  protected config(): CatalogConfig {
    const { connector, files = {}, secretFiles = [] } = this.props;
    return { connector, properties: {}, files, secretFiles };
  }

  protected open(host: CatalogHost): void {
    for (const { to, port } of this.props.connections ?? []) {
      if (port === undefined) to.connections.allowDefaultPortFrom(host, this.reason);
      else to.connections.allowPortFrom(host, port, this.reason);
    }
    for (const statement of this.props.statements ?? []) host.addStatement(statement);
  }
}
