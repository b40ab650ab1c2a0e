import { type CatalogConfig, postgresqlCatalog, type PostgreSqlSslMode } from '../trino';
import type { IServer } from './existing-server';
import { JdbcCatalogBase, type JdbcCatalogProps } from './jdbc-catalog';

/** The PostgreSQL server, one database of it, the user on it, and how the connection is encrypted. */
export interface PostgreSqlCatalogProps extends JdbcCatalogProps {
  /** `new ExistingServer(…)`, or whatever has an endpoint and a security group. */
  readonly server: IServer;
  /** PostgreSQL's catalog: its schemas are those of the catalog. */
  readonly database: string;
  /** The two modes that verify need `sslrootcert` among the parameters, or an `sslfactory`. @default 'require' */
  readonly sslMode?: PostgreSqlSslMode;
}

/** One database of a PostgreSQL server. @see https://trino.io/docs/current/connector/postgresql.html */
export class PostgreSqlCatalog extends JdbcCatalogBase {
  public constructor(
    name: string,
    private readonly props: PostgreSqlCatalogProps,
  ) {
    super(name, props.server, props, 'server, database, sslMode and urlParameters');
  }

  protected config(): CatalogConfig {
    const { server, database, credentials, sslMode, urlParameters } = this.props;
    return postgresqlCatalog({
      ...server.endpoint,
      database,
      credentials,
      ...(sslMode === undefined ? {} : { sslMode }),
      ...(urlParameters === undefined ? {} : { urlParameters }),
    });
  }
}
