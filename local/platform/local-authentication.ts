import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { SecretRef } from '../../lib/core';
import { type Authentication, Authenticator, GroupProvider } from '../../lib/trino';
import type { KnownSecret } from './secret-values';

/** Somebody who may log in here. */
export interface LocalUser {
  readonly name: string;
  readonly password: string;
  /** @default - none */
  readonly groups?: readonly string[];
}

const USERS = SecretRef.of('local/users');
const GROUPS = SecretRef.of('local/groups');

export interface LocalAuthentication {
  readonly authentication: Authentication;
  readonly secrets: readonly KnownSecret[];
  /** What is different from the environment's, as a person reads it. */
  readonly change: string;
}

/** Passwords in a file, instead of whatever the environment asks: directories and providers are not on this machine. */
export function localAuthentication(own: Authentication, users: readonly LocalUser[]): LocalAuthentication {
  const { webUiSecret, groups } = own;
  const asked = own.authenticators.map(({ name }) => name).join(', ');
  return {
    authentication: {
      authenticators: [Authenticator.passwordFile({ users: USERS })],
      ...(groups === undefined ? {} : { groups: GroupProvider.file({ groups: GROUPS }) }),
      ...(webUiSecret === undefined ? {} : { webUiSecret }),
    },
    secrets: [
      { ref: USERS, value: users.map(passwordLine).join('') },
      { ref: GROUPS, value: groupLines(users) },
    ],
    change: `a password file with ${users.map(({ name }) => name).join(', ')} instead of ${asked}`,
  };
}

const ITERATIONS = 10_000;
const KEY_BYTES = 32;
/** Of the only hash with iterations that Trino takes: `EncryptionUtil` asks Java for `PBKDF2WithHmacSHA1`. */
const DIGEST = 'sha1';

/** `name:iterations:salt:hash` in hexadecimal digits. @see https://trino.io/docs/current/security/password-file.html */
export function passwordLine({ name, password }: LocalUser): string {
  const salt = randomBytes(16);
  const hash = pbkdf2Sync(password, salt, ITERATIONS, KEY_BYTES, DIGEST);
  return `${name}:${ITERATIONS}:${salt.toString('hex')}:${hash.toString('hex')}\n`;
}

/** `group:user,user`. @see https://trino.io/docs/current/security/group-mapping.html */
function groupLines(users: readonly LocalUser[]): string {
  const names = [...new Set(users.flatMap(({ groups = [] }) => groups))];
  return names.map((group) => `${group}:${membersOf(group, users).join(',')}\n`).join('');
}

function membersOf(group: string, users: readonly LocalUser[]): readonly string[] {
  return users.filter(({ groups = [] }) => groups.includes(group)).map(({ name }) => name);
}
