import type { JdbcCredentials } from '../trino';
import type { CatalogHost } from './catalog';
import { CatalogBase, type CatalogProps } from './catalog-base';
import type { IServer } from './existing-server';

/** What catalogs of databases take besides the server: the user, and parameters of the connection. */
export interface JdbcCatalogProps extends CatalogProps {
  /** A user of its own, who may do what queries may do and no more. */
  readonly credentials: JdbcCredentials;
  /** Further parameters of the connection, by the driver's names. @default - none */
  readonly urlParameters?: Readonly<Record<string, string>>;
}

const PROPS = { 'connection-user': 'credentials', 'connection-password': 'credentials' };

/** What catalogs of databases share: they connect to one port as one user. */
export abstract class JdbcCatalogBase extends CatalogBase {
  /** @param urlProps the props that the URL is made of */
  protected constructor(
    name: string,
    private readonly server: IServer,
    props: JdbcCatalogProps,
    urlProps: string,
  ) {
    super(name, props.extraProperties, { ...PROPS, 'connection-url': urlProps });
  }

  protected open(host: CatalogHost): void {
    this.server.connections.allowPortFrom(host, this.server.endpoint.port, this.reason);
  }
}
