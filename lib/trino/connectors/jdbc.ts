import {
  choiceViolations,
  hostViolations,
  isToken,
  jdbcParameters,
  matches,
  refuse,
  type SecretRef,
  show,
  type Violation,
} from '../../core';
import type { CatalogConfig } from '../catalog-config';
import { MYSQL_SSL_MODES, type MySqlSslMode, parameterViolations } from '../jdbc-url';

/** Who a catalog is in the database. */
export interface JdbcCredentials {
  readonly username: string | SecretRef;
  readonly password: SecretRef;
}

/** @see https://jdbc.postgresql.org/documentation/ssl/ */
export type PostgreSqlSslMode = (typeof POSTGRESQL_SSL_MODES)[number];

const POSTGRESQL_SSL_MODES = ['disable', 'require', 'verify-ca', 'verify-full'] as const;

interface JdbcConfig {
  readonly host: string;
  readonly port: number;
  readonly credentials: JdbcCredentials;
  /** Further parameters of the driver, by their own names: never the user or the password. @default - none */
  readonly urlParameters?: Readonly<Record<string, string>>;
}

/** A MySQL server, its user, and how the connection is encrypted. */
export interface MySqlConfig extends JdbcConfig {
  /** @default 'REQUIRED' */
  readonly sslMode?: MySqlSslMode;
}

/** A database of a PostgreSQL server, its user, and how the connection is encrypted. */
export interface PostgreSqlConfig extends JdbcConfig {
  /** PostgreSQL's catalog: one Trino catalog reads one database. */
  readonly database: string;
  /** @default 'require' */
  readonly sslMode?: PostgreSqlSslMode;
}

/**
 * A MySQL server. Its databases are Trino's schemas, so the URL names none of them: Trino refuses one that does.
 * @see https://trino.io/docs/current/connector/mysql.html
 */
export function mysqlCatalog({ sslMode = 'REQUIRED', ...config }: MySqlConfig): CatalogConfig {
  refuse('mysql catalog', [...choiceViolations('sslMode', sslMode, MYSQL_SSL_MODES), ...jdbcViolations(config)]);
  const url = `jdbc:mysql://${config.host}:${config.port}?${jdbcParameters({ sslMode, ...config.urlParameters })}`;
  return jdbcCatalog('mysql', url, config);
}

/** One database of a PostgreSQL server. @see https://trino.io/docs/current/connector/postgresql.html */
export function postgresqlCatalog({ sslMode = 'require', database, ...config }: PostgreSqlConfig): CatalogConfig {
  refuse('postgresql catalog', [
    ...choiceViolations('sslMode', sslMode, POSTGRESQL_SSL_MODES),
    ...authorityViolations(sslMode, config.urlParameters ?? {}),
    ...databaseViolations(database),
    ...jdbcViolations(config),
  ]);
  const parameters = jdbcParameters({ sslmode: sslMode, ...config.urlParameters });
  return jdbcCatalog('postgresql', `jdbc:postgresql://${config.host}:${config.port}/${database}?${parameters}`, config);
}

/**
 * pgJDBC reads certificates from a file, never those that Java trusts, unless another class makes its sockets.
 * @see https://jdbc.postgresql.org/documentation/ssl/
 */
function authorityViolations(
  sslMode: PostgreSqlSslMode,
  urlParameters: Readonly<Record<string, string>>,
): readonly Violation[] {
  const isGiven = 'sslrootcert' in urlParameters || 'sslfactory' in urlParameters;
  if (isGiven || (sslMode !== 'verify-ca' && sslMode !== 'verify-full')) return [];
  const allowed = `with ${sslMode}, the file of the authority's certificates, or a class that knows them (sslfactory)`;
  return [{ path: 'urlParameters.sslrootcert', got: 'nothing', allowed, fix: 'name the file as the pods see it' }];
}

/** It stands between the port and the parameters. */
function databaseViolations(database: string): readonly Violation[] {
  if (isToken(database) || matches(/^[^/?#&%+\s]+$/, database)) return [];
  const allowed = 'the name of one database, which needs no encoding in a URL';
  return [
    { path: 'database', got: show(database), allowed, fix: 'parameters have a prop of their own: urlParameters' },
  ];
}

function jdbcCatalog(
  connector: string,
  url: string,
  { credentials: { username, password } }: JdbcConfig,
): CatalogConfig {
  return {
    connector,
    properties: { 'connection-url': url, 'connection-user': username, 'connection-password': password },
  };
}

function jdbcViolations({ host, urlParameters = {} }: Omit<JdbcConfig, 'credentials'>): readonly Violation[] {
  return [...hostViolations(host), ...parameterViolations(urlParameters)];
}
