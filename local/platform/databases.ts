import { isSecretRef } from '../../lib/core';
import { auditTable, type TrinoRelease } from '../../lib/trino';
import type { MariaDb } from '../servers/mariadb';
import type { LocalDefinition } from './overlay';
import type { SecretValues } from './secret-values';

/** Databases of products, which catalogs of MySQL read. */
export const PRODUCT_DATABASES = ['productsdb'] as const;

/** Users with the passwords that the plan's secrets have now, and the table of the audit log. */
export async function prepareDatabases(
  { databaseUsers, definition }: LocalDefinition,
  mysql: MariaDb | undefined,
  secrets: SecretValues,
  release: TrinoRelease,
): Promise<void> {
  if (mysql === undefined) return;
  const audit = auditDatabases(definition);
  for (const { name, password, purpose } of databaseUsers) {
    await mysql.addUser({
      name: isSecretRef(name) ? secrets.valueOf(name) : name,
      password: secrets.valueOf(password),
      databases: purpose === 'audit' ? audit : PRODUCT_DATABASES,
    });
  }
  for (const name of audit) await mysql.run(`USE \`${name}\`; ${auditTable(release)};`);
}

function auditDatabases({ audit }: LocalDefinition['definition']): readonly string[] {
  return audit === undefined || isSecretRef(audit.database) ? [] : [audit.database.database];
}
