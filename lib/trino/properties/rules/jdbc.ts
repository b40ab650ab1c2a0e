import { isZero, type PropertyRule } from './rule';

/** The database in a JDBC URL: what stands between the host and the parameters. */
function databaseOf(url: string): string {
  return /^jdbc:[^/?]*\/\/[^/?]*\/([^?]*)/.exec(url)?.[1] ?? '';
}

/** @see https://dev.mysql.com/doc/connector-j/en/connector-j-reference-jdbc-url-format.html */
const MYSQL_URL = /^jdbc:mysql(\+srv)?(:(loadbalance|replication))?:\/\//i;

function withoutDatabase(component: string, scheme: RegExp, form: string): PropertyRule {
  return {
    properties: ['connection-url'],
    only: component,
    isViolated: ([url]) => url !== undefined && (!scheme.test(url) || databaseOf(url) !== ''),
    allowed: `${form}, without a database: each database of the server is a schema of the catalog`,
    fix: `write ${form} and SELECT … FROM <catalog>.<database>.<table>`,
  };
}

/** Of what reaches a database by JDBC: connectors, and the listener that writes to MySQL. */
export const JDBC_RULES: readonly PropertyRule[] = [
  withoutDatabase('connector:mysql', MYSQL_URL, 'jdbc:mysql://host:3306'),
  withoutDatabase('connector:mariadb', /^jdbc:mariadb:([\w-]+:)?\/\//i, 'jdbc:mariadb://host:3306'),
  {
    properties: ['mysql-event-listener.db.url'],
    isViolated: ([url]) => url !== undefined && (!MYSQL_URL.test(url) || databaseOf(url) === ''),
    allowed: 'jdbc:mysql://host:3306/database?user=…&password=…, with a database and the credentials',
    fix: 'write jdbc:mysql://host:3306/database?user=${ENV:USER}&password=${ENV:PASSWORD}',
  },
  ...['schemas', 'tables'].map<PropertyRule>((kind) => ({
    properties: [`metadata.${kind}.cache-ttl`, 'metadata.cache-ttl'],
    written: true,
    isViolated: ([, all]) => isZero(all),
    allowed: 'nothing, not even 0s, as long as metadata.cache-ttl is 0s',
    fix: 'set metadata.cache-ttl, too, or remove it',
  })),
  {
    properties: ['metadata.cache-maximum-size', 'metadata.cache-ttl', 'metadata.statistics.cache-ttl'],
    written: true,
    isViolated: ([, metadata, statistics]) => isZero(metadata) && isZero(statistics),
    allowed: 'a size of a cache that keeps something',
    fix: 'set metadata.cache-ttl or metadata.statistics.cache-ttl, or remove it',
  },
  {
    properties: ['query.comment-format'],
    isViolated: ([format = '']) => !/^[\w ,=-]*$/.test(format.replace(/\$(QUERY_ID|SOURCE|USER|TRACE_TOKEN)/g, '')),
    allowed: 'letters, digits, underscores, hyphens, commas, spaces, = and $QUERY_ID, $SOURCE, $USER, $TRACE_TOKEN',
    fix: 'leave out the other characters',
  },
];
