import { choiceViolations, isToken, matches, type SecretRef, show, type Violation } from '../../core';

/** What a user may do in one database. */
export interface DatabaseGrant {
  readonly database: string;
  /** Everything; reading; or reading, making tables and adding rows, as an audit log does. */
  readonly access: 'all' | 'read' | 'append';
}

/** A user of the server, who must connect with TLS. */
export interface DatabaseUser {
  readonly username: string;
  readonly password: SecretRef;
  readonly grants: readonly DatabaseGrant[];
}

/** A table that must be another one than its user would make. */
export interface DatabaseTable {
  readonly database: string;
  /** A statement that may run any number of times: `CREATE TABLE IF NOT EXISTS …`, without the semicolon. */
  readonly statement: string;
}

/** What shall be there. */
export interface DatabaseContents {
  /** Names of databases to make; those that exist stay as they are. */
  readonly databases: readonly string[];
  /** @default - none: their users make them */
  readonly tables?: readonly DatabaseTable[];
  readonly users: readonly DatabaseUser[];
}

/** @see https://dev.mysql.com/doc/refman/8.4/en/privileges-provided.html */
const PRIVILEGES: Readonly<Record<DatabaseGrant['access'], string>> = {
  all: 'ALL PRIVILEGES',
  read: 'SELECT, SHOW VIEW',
  append: 'SELECT, INSERT, CREATE',
};

/** The variable of the pod, and of the session, that holds a user's password. */
export function passwordVariable(index: number): string {
  return `PASSWORD_${index}`;
}

/**
 * Statements that may run any number of times. Passwords are session variables, so that no text of a secret is text of
 * SQL; a user who exists gets the password that the secret holds now.
 */
export function bootstrapSql({ databases, tables = [], users }: DatabaseContents): string {
  return [...databases.map(createDatabase), ...tables.map(createTable), ...users.flatMap(createUser), ''].join('\n');
}

function createTable({ database, statement }: DatabaseTable): string {
  return `USE \`${database}\`;\n${statement};`;
}

function createDatabase(name: string): string {
  return `CREATE DATABASE IF NOT EXISTS \`${name}\`;`;
}

function createUser({ username, grants }: DatabaseUser, index: number): readonly string[] {
  const account = `'${username}'@'%'`;
  const identified = (verb: string): string =>
    prepared(`"${verb} ${account} IDENTIFIED BY ", QUOTE(@${passwordVariable(index)}), " REQUIRE SSL"`);
  return [
    identified('CREATE USER IF NOT EXISTS'),
    identified('ALTER USER'),
    // Rights that are no longer asked for go.
    `REVOKE ALL PRIVILEGES, GRANT OPTION FROM ${account};`,
    ...grants.map(({ database, access }) =>
      prepared(`"GRANT ${PRIVILEGES[access]} ON \`", ${nameInGrant(database)}, "\`.* TO ${account}"`),
    ),
  ];
}

/** Runs a statement that the server puts together. @param parts expressions of SQL, with commas between them */
function prepared(parts: string): string {
  return [
    `SET @statement = CONCAT(${parts});`,
    'PREPARE statement FROM @statement;',
    'EXECUTE statement;',
    'DEALLOCATE PREPARE statement;',
  ].join('\n');
}

/**
 * In a grant, `_` stands for any character and `\_` for itself, unless the server has partial revokes on, as Aurora has:
 * names are names there, and `run.sh` says so.
 * @see https://dev.mysql.com/doc/refman/8.4/en/grant.html
 * @see https://dev.mysql.com/doc/refman/8.4/en/partial-revokes.html
 */
function nameInGrant(database: string): string {
  return `IF(@partial_revokes, "${database}", "${database.replaceAll('_', String.raw`\\_`)}")`;
}

/** Everything that would be another statement than what is meant, or a right on nothing. */
export function contentsViolations({ databases, tables = [], users }: DatabaseContents): readonly Violation[] {
  return [
    ...databases.flatMap((name) => nameViolations('databases', name, /^[A-Za-z0-9_]{1,64}$/)),
    ...users.flatMap(({ username }) => nameViolations('users', username, /^[A-Za-z0-9_.-]{1,32}$/)),
    ...doubles('databases', databases),
    ...doubles(
      'users',
      users.map(({ username }) => username),
    ),
    ...tables.flatMap(({ database }) => unknownDatabase('tables', database, databases)),
    ...users.flatMap(({ username, grants }) =>
      grants.flatMap(({ database, access }) => [
        ...unknownDatabase(`users.${username}.grants`, database, databases),
        ...choiceViolations(`users.${username}.grants`, access, Object.keys(PRIVILEGES), 'use one of them'),
      ]),
    ),
  ];
}

function unknownDatabase(path: string, database: string, databases: readonly string[]): readonly Violation[] {
  if (databases.includes(database)) return [];
  const allowed = `one of the databases: ${show(databases)}`;
  return [{ path, got: show(database), allowed, fix: "add it to 'databases': one that exists stays as it is" }];
}

function nameViolations(path: string, name: string, allowed: RegExp): readonly Violation[] {
  if (!isToken(name) && matches(allowed, name)) return [];
  return [{ path, got: show(name), allowed: `a literal like ${allowed.source}`, fix: 'choose another name' }];
}

function doubles(path: string, names: readonly string[]): readonly Violation[] {
  return names
    .filter((name, index) => names.indexOf(name) < index)
    .map((name) => ({ path, got: `two of the name ${show(name)}`, allowed: 'one', fix: 'remove one of them' }));
}
