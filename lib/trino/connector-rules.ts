import { isToken, show, type Violation } from '../core';
import { hasCredentials } from './jdbc-url';
import type { SecretProperties } from './secret-text';

type ConnectorRule = (valueOf: (name: string) => string | undefined) => readonly Violation[];

/** What a connector says about its own values at start, and the property catalogue does not know. */
const RULES: Readonly<Record<string, readonly ConnectorRule[]>> = {
  mysql: [urlWithoutCredentials],
  mariadb: [urlWithoutCredentials],
  postgresql: [urlWithoutCredentials],
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
