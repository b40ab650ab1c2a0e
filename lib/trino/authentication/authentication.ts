import { repeatedNames, type SecretRef, show, type Violation } from '../../core';
import type { ClientTls } from '../client-tls';
import { CONFIG_DIRECTORY } from '../container';
import type { SecretProperties } from '../secret-text';
import type { ServerPart } from '../server-part';
import type { Authenticator } from './authenticator';
import type { GroupProvider } from './group-provider';

/** Who a client is. */
export interface Authentication {
  /**
   * Tried in order. One that cannot answer (a directory that is away) ends the log-in, and those after it are not asked:
   * a password file for emergencies goes first.
   */
  readonly authenticators: readonly Authenticator[];
  /** @default - users are in no group */
  readonly groups?: GroupProvider;
  /** Signs the cookies of the web interface, unless people log in there by OAuth 2. @default - people log in again after each restart of the coordinator */
  readonly webUiSecret?: SecretRef;
}

const PASSWORD_FILE = 'password-authenticator.properties';

/**
 * What the coordinator gets. Workers get nothing: `http-server.authentication.*` is unknown to them, and the users that
 * reach them are those that drain and scrape.
 */
export function authenticationPart({ authenticators, groups, webUiSecret }: Authentication): ServerPart {
  const passwords = authenticators.flatMap(({ name, passwordFile }) =>
    passwordFile === undefined ? [] : [{ name, passwordFile }],
  );
  const files = passwords.map(({ name, passwordFile }, index) => [fileName(name, index), passwordFile] as const);
  return {
    name: 'authentication',
    config: {
      coordinator: {
        'http-server.authentication.type': typesOf(authenticators).join(','),
        ...(Object.assign({}, ...authenticators.map(({ config }) => config)) as SecretProperties),
        ...passwordFiles(files.map(([file]) => file)),
        ...(webUiSecret === undefined ? {} : { 'web-ui.shared-secret': webUiSecret }),
      },
    },
    files: {
      coordinator: {
        ...(Object.fromEntries(files) as Record<string, SecretProperties>),
        ...(groups === undefined ? {} : { 'group-provider.properties': groups.properties }),
      },
    },
    secretFiles: [...authenticators.flatMap(({ secretFiles }) => secretFiles), ...(groups?.secretFiles ?? [])],
  };
}

function typesOf(authenticators: readonly Authenticator[]): readonly string[] {
  return [...new Set(authenticators.map(({ type }) => type))];
}

/** The chart writes a file of its own unless there is one with exactly this name. */
function fileName(authenticator: string, index: number): string {
  return index === 0 ? PASSWORD_FILE : PASSWORD_FILE.replace('.properties', `-${authenticator}.properties`);
}

/** Their paths, even of one: Trino's default is a path relative to wherever it is started. */
function passwordFiles(files: readonly string[]): SecretProperties {
  if (files.length === 0) return {};
  return { 'password-authenticator.config-files': files.map((file) => `${CONFIG_DIRECTORY}/${file}`).join(',') };
}

/** The combinations that authenticate nobody, or everybody as whom they say. */
export function authenticationViolations(
  { authenticators, groups, webUiSecret }: Authentication,
  tls: ClientTls,
): readonly Violation[] {
  return [
    ...authenticators.flatMap(({ violations }) => violations),
    ...(groups?.violations ?? []),
    ...(authenticators.length === 0 ? [NO_AUTHENTICATOR] : []),
    ...plainHttp(authenticators, tls),
    ...certificates(authenticators, tls),
    ...twice(authenticators),
    ...(webUiSecret === undefined ? [] : cookies(authenticators)),
  ];
}

const NO_AUTHENTICATOR: Violation = {
  path: 'authenticators',
  got: '[]',
  allowed: 'at least one',
  fix: 'add an authenticator, or leave authentication out and let the network decide who reaches Trino',
};

/** Over plain HTTP Trino believes every user name, whatever the authenticators say. */
function plainHttp(authenticators: readonly Authenticator[], { endsAt }: ClientTls): readonly Violation[] {
  if (endsAt !== 'nowhere' || authenticators.length === 0) return [];
  return [
    {
      path: 'clientTls',
      got: `plain HTTP with ${typesOf(authenticators).join(', ')}`,
      allowed: 'TLS at a load balancer or at the coordinator: over plain HTTP every user name is believed unasked',
      fix: 'use ClientTls.loadBalancer() (it sets http-server.process-forwarded=true) or ClientTls.coordinator(pem)',
    },
  ];
}

function certificates(authenticators: readonly Authenticator[], { endsAt }: ClientTls): readonly Violation[] {
  if (endsAt !== 'load-balancer' || !authenticators.some(({ type }) => type === 'CERTIFICATE')) return [];
  return [
    {
      path: 'authenticators',
      got: 'CERTIFICATE behind a load balancer that ends TLS',
      allowed: 'CERTIFICATE where the coordinator ends TLS: it never sees the certificate of a client otherwise',
      fix: 'use ClientTls.coordinator(pem), or another authenticator',
    },
  ];
}

/** Only password authenticators may be several; of the others Trino has one configuration. */
function twice(authenticators: readonly Authenticator[]): readonly Violation[] {
  return repeatedNames(authenticators.map(({ name }) => name)).map((name) => ({
    path: 'authenticators',
    got: `${show(name)} twice`,
    allowed: 'each kind once',
    fix: 'join the two into one, or use another kind for the second',
  }));
}

/** With OAuth 2 the web interface keeps the provider's token, and signs nothing itself. */
function cookies(authenticators: readonly Authenticator[]): readonly Violation[] {
  if (!authenticators.some(({ type }) => type === 'OAUTH2')) return [];
  return [
    {
      path: 'webUiSecret',
      got: 'a secret, with OAUTH2',
      allowed: 'nothing with OAUTH2: Trino does not know web-ui.shared-secret then and does not start',
      fix: 'leave webUiSecret out',
    },
  ];
}
