import { Construct } from 'constructs';
import type { ICluster } from '../lib/aws/cluster';
import { EncryptionKey } from '../lib/aws/encryption-key';
import { GeneratedSecret } from '../lib/aws/generated-secret';
import type { IMySqlDatabase } from '../lib/aws/mysql-database';
import type { Placement } from '../lib/aws/node-pool';
import type { Credentials } from '../lib/aws/secret';
import { DatabaseBootstrap, type DatabaseContents, type DatabaseGrant } from '../lib/kubernetes/database-bootstrap';
import type { ISecretStore } from '../lib/kubernetes/external-secrets';
import type { INamespace } from '../lib/kubernetes/namespace';
import { SecretRef } from '../lib/core';
import { type AuditDatabase, auditTable, TrinoRelease } from '../lib/trino';

/** Databases of the platform itself. */
const METASTORE = 'metastore';
const AUDIT = 'trino_audit';

/** A user for each purpose, with the rights of that purpose. */
const USERS = { metastore: 'metastore', audit: 'trino_audit', reader: 'trino_reader' } as const;
type User = keyof typeof USERS;
const PASSWORD = 'password';

/**
 * What is made in MySQL: databases for the platform and for the products, the table of the audit log, and who may do what
 * in them. The listener makes its table itself where there is none, and asks for the right to each time it starts.
 */
export function databaseContents(
  products: readonly string[],
  release = TrinoRelease.DEFAULT,
  passwordOf: (user: User) => SecretRef = () => SecretRef.of('password'),
): DatabaseContents {
  const user = (name: User, grants: readonly DatabaseGrant[]) => {
    return { username: USERS[name], password: passwordOf(name), grants };
  };
  return {
    databases: [METASTORE, AUDIT, ...products],
    tables: [{ database: AUDIT, statement: auditTable(release) }],
    users: [
      user('metastore', [{ database: METASTORE, access: 'all' }]),
      user('audit', [{ database: AUDIT, access: 'append' }]),
      user(
        'reader',
        products.map((database) => ({ database, access: 'read' })),
      ),
    ],
  };
}

export interface DatabasesProps {
  /** First part of physical names: `acme-dev`. */
  readonly name: string;
  readonly cluster: ICluster;
  readonly database: IMySqlDatabase;
  /** Names of the databases that queries may read. */
  readonly products: readonly string[];
  readonly namespace: INamespace;
  readonly secretStore: ISecretStore;
  readonly placement: Placement;
  /** Raised to run its job again. @default 1 */
  readonly run?: number;
  /** Whose audit log it is. @default TrinoRelease.DEFAULT */
  readonly release?: TrinoRelease;
}

/** Databases and users in the MySQL server of an environment; passwords are made by AWS and never seen. */
export class Databases extends Construct {
  /** The metastore's user. */
  public readonly metastore: Credentials;
  /** May read what the products keep, and nothing else. */
  public readonly reader: Credentials;
  public readonly audit: AuditDatabase;
  public readonly database: IMySqlDatabase;
  public readonly bootstrap: DatabaseBootstrap;

  public constructor(scope: Construct, id: string, { products, name, release, ...props }: DatabasesProps) {
    super(scope, id);
    const users = this.addUsers(name);
    this.database = props.database;
    this.metastore = users.metastore;
    this.reader = users.reader;
    this.audit = { ...props.database.endpoint, database: AUDIT, ...users.audit };
    const contents = databaseContents(products, release, (user) => users[user].password);
    this.bootstrap = new DatabaseBootstrap(this, 'Bootstrap', { ...props, ...contents });
  }

  /** One key for all: whoever may read one of them is told so by the secret. */
  private addUsers(name: string): Readonly<Record<User, Credentials>> {
    const description = 'passwords of database users';
    const encryptionKey = new EncryptionKey(this, 'Key', {
      name: `${name}-database-users`,
      description,
      retain: false,
    });
    const credentials = (user: User): Credentials => {
      const secret = new GeneratedSecret(this, `User-${user}`, {
        name: `${name}/mysql-${USERS[user]}`,
        description: `User ${USERS[user]} of MySQL`,
        generate: [PASSWORD],
        encryptionKey,
        // Nothing is lost with it: the next run of the bootstrap sets another.
        recoveryWindowDays: 0,
      });
      return { username: USERS[user], password: secret.ref(PASSWORD) };
    };
    return { metastore: credentials('metastore'), audit: credentials('audit'), reader: credentials('reader') };
  }
}
