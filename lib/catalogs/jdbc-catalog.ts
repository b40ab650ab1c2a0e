import type { CatalogHost } from './catalog';
import { CatalogBase, type CatalogProps } from './catalog-base';
import type { CatalogCredentials } from './catalog-credentials';
import type { IServer } from './existing-server';

export interface JdbcCatalogProps extends CatalogProps {
  readonly credentials: CatalogCredentials;
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
    private readonly access: JdbcCatalogProps,
    urlProps: string,
  ) {
    super(name, access.extraProperties, { ...PROPS, 'connection-url': urlProps });
  }

  protected open(host: CatalogHost): void {
    this.server.connections.allowPortFrom(host, this.server.endpoint.port, this.reason);
    this.access.credentials.grantRead?.(host.secretReader);
  }
}
