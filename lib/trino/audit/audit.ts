import {
  hostViolations,
  inside,
  isSecretRef,
  isToken,
  jdbcParameters,
  type SecretRef,
  show,
  type Violation,
} from '../../core';
import type { MySqlSslMode } from '../jdbc-url';
import type { Caution } from '../policy';
import type { TrinoRelease } from '../release';
import type { EnvBinding, SecretProperties } from '../secret-text';
import type { ServerPart } from '../server-part';
import { columnType } from './columns';

/** The database that keeps one row for every query that ended. */
export interface AuditDatabase {
  readonly host: string;
  /** @default 3306 */
  readonly port?: number;
  /** It must exist: unlike a catalog's, the listener's URL has to name it. */
  readonly database: string;
  readonly username: string | SecretRef;
  readonly password: SecretRef;
  /** @default 'REQUIRED' */
  readonly sslMode?: MySqlSslMode;
}

/** Where queries are kept, and whether Trino may run without that database. */
export interface AuditProps {
  /** The database, or a secret that holds the whole JDBC URL with user and password, both URL-encoded. */
  readonly database: AuditDatabase | SecretRef;
  /** The TCP port in the URL, where a secret holds it: it is opened. @default 3306 */
  readonly port?: number;
  /** Whether the coordinator may not start without the audit database. @default false */
  readonly required?: boolean;
}

const FILE = 'event-listener.properties';
const MYSQL_PORT = 3306;

/**
 * Trino's MySQL event listener. It is loaded on the coordinator only.
 * @see https://trino.io/docs/current/admin/event-listeners-mysql.html
 */
export function auditPart({ database, required = false }: AuditProps, release: TrinoRelease): ServerPart {
  const properties: SecretProperties = {
    'event-listener.name': 'mysql',
    'mysql-event-listener.db.url': isSecretRef(database) ? database : urlOf(database),
    ...(required || !release.listenerCanOutliveDatabase
      ? {}
      : { 'mysql-event-listener.terminate-on-initialization-failure': 'false' }),
  };
  return {
    name: 'audit',
    files: { coordinator: { [FILE]: properties } },
    env: isSecretRef(database) ? [] : credentials(database),
  };
}

/** The TCP port of the database. */
export function auditPort({ database, port }: AuditProps): number {
  return (isSecretRef(database) ? port : database.port) ?? MYSQL_PORT;
}

/** Credentials have no property of their own: they are parameters of the URL, so their variables hold them encoded. */
function urlOf(audit: AuditDatabase): string {
  const { host, port = MYSQL_PORT, database, username, sslMode = 'REQUIRED' } = audit;
  const user = isSecretRef(username) ? '${ENV:AUDIT_USER}' : encodeURIComponent(username);
  const parameters = `${jdbcParameters({ sslMode })}&user=${user}&password=\${ENV:AUDIT_PASSWORD}`;
  return `jdbc:mysql://${host}:${port}/${database}?${parameters}`;
}

function credentials({ username, password }: AuditDatabase): readonly EnvBinding[] {
  return [
    ...(isSecretRef(username) ? [{ name: 'AUDIT_USER', secret: username, encoding: 'url' } as const] : []),
    { name: 'AUDIT_PASSWORD', secret: password, encoding: 'url' },
  ];
}

/** What the listener would refuse; `inside('audit', …)` is the caller's. */
export function auditViolations({ database, port }: AuditProps): readonly Violation[] {
  if (isSecretRef(database)) return [];
  const parts = [...hostViolations(database.host), ...databaseViolations(database.database)];
  return [...inside('database', parts), ...secondPortViolations(port)];
}

function secondPortViolations(port: number | undefined): readonly Violation[] {
  if (port === undefined) return [];
  const allowed = "nothing beside a database with a host: it has a 'port' of its own";
  return [{ path: 'port', got: show(port), allowed, fix: 'write it as database.port' }];
}

function databaseViolations(database: string): readonly Violation[] {
  if (isToken(database) || /^[A-Za-z0-9_$]+$/.test(database)) return [];
  const fix = "name the database that the listener's table is in, for example 'trino_audit'";
  return [{ path: 'database', got: show(database), allowed: 'the name of a database: letters, digits, _ and $', fix }];
}

/** Where a database that is away is felt. */
export function auditCautions({ required = false }: AuditProps, release: TrinoRelease): readonly Caution[] {
  if (required || release.listenerCanOutliveDatabase) return [];
  const text = `in ${release.toString()} the coordinator does not start while the audit database is away`;
  return [{ path: 'required', text }];
}

/**
 * The listener's table, made before its first start: the listener itself makes it in a character set of three bytes, in
 * which a query with an emoji loses its row.
 */
export function auditTable(release: TrinoRelease): string {
  const columns = release.eventColumns.map((column) => `  \`${column}\` ${columnType(column)}`);
  return `CREATE TABLE IF NOT EXISTS trino_queries (\n${columns.join(',\n')}\n) DEFAULT CHARACTER SET utf8mb4`;
}
