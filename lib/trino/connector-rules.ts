import { isToken, show, type Violation } from '../core';
import { hasCredentials, mysqlUrlParts } from './jdbc-url';
import type { SecretProperties } from './secret-text';

type ConnectorRule = (valueOf: (name: string) => string | undefined) => readonly Violation[];

/** What a connector says about its own values at start, and the property catalogue does not know. */
const RULES: Readonly<Record<string, readonly ConnectorRule[]>> = {
  mysql: [mysqlUrl, urlWithoutCredentials],
  mariadb: [urlWithoutCredentials],
  postgresql: [urlWithoutCredentials],
  kafka: [kafkaProtocol],
  iceberg: [icebergMetastore],
};

/** What a connector would refuse, however the catalog was made. Values that are known only later are not judged. */
export function connectorViolations(connector: string, properties: SecretProperties): readonly Violation[] {
  const valueOf = (name: string) => {
    const value = properties[name];
    return typeof value === 'string' && !isToken(value) ? value : undefined;
  };
  return (RULES[connector] ?? []).flatMap((rule) => rule(valueOf));
}

/** @see https://trino.io/docs/current/connector/mysql.html#connection-security */
function mysqlUrl(valueOf: (name: string) => string | undefined): readonly Violation[] {
  const url = valueOf('connection-url');
  if (url === undefined) return [];
  const { host, database, parameters } = mysqlUrlParts(url);
  if (database === '') return [];
  const better = `jdbc:mysql://${host}${parameters === '' ? '' : `?${parameters}`}`;
  return [
    {
      path: 'connection-url',
      got: show(url),
      allowed: 'a URL without a database: each database of the server is a schema of the catalog',
      fix: `write ${show(better)} and SELECT … FROM <catalog>.${database}.<table>`,
    },
  ];
}

function urlWithoutCredentials(valueOf: (name: string) => string | undefined): readonly Violation[] {
  const url = valueOf('connection-url');
  if (url === undefined || !hasCredentials(url)) return [];
  return [
    {
      path: 'connection-url',
      got: 'a URL with a user or a password in it',
      allowed: 'a URL without credentials: it stands in a ConfigMap',
      fix: 'set connection-user and connection-password, the password as a SecretRef',
    },
  ];
}

function kafkaProtocol(valueOf: (name: string) => string | undefined): readonly Violation[] {
  const protocol = valueOf('kafka.security-protocol');
  if (protocol === undefined || ['PLAINTEXT', 'SSL'].includes(protocol.toUpperCase())) return [];
  return [
    {
      path: 'kafka.security-protocol',
      got: show(protocol),
      allowed: "'PLAINTEXT' or 'SSL'; SASL goes through a client file in kafka.config.resources",
      fix: 'use kafkaCatalog with KafkaSecurity.scram(…) or .iam(): they write that file',
    },
  ];
}

function icebergMetastore(valueOf: (name: string) => string | undefined): readonly Violation[] {
  const type = valueOf('iceberg.catalog.type');
  if (type === undefined || !/^testing_/i.test(type)) return [];
  return [
    {
      path: 'iceberg.catalog.type',
      got: show(type),
      allowed: 'hive_metastore, glue, rest, jdbc, nessie or snowflake: Trino has the testing ones for its own tests',
      fix: "use 'hive_metastore' or 'glue'",
    },
  ];
}
