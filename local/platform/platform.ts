import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Construct } from 'constructs';
import { type DataSize, isSecretRef } from '../../lib/core';
import { planTrino, type TrinoDefinition, type TrinoPlan, TrinoRelease } from '../../lib/trino';
import { findJava } from '../servers/jdk';
import { startTlsFront, type TlsFront } from '../servers/tls-front';
import { TrinoClient } from '../servers/trino-client';
import { trinoServer } from '../servers/trino-server';
import { prepareDatabases } from './databases';
import type { LocalUser } from './local-authentication';
import { type LocalDefinition, localDefinition, neededServers } from './overlay';
import { type KnownSecret, SecretValues } from './secret-values';
import { type Servers, startServers } from './servers';
import { SILENT, type Steps } from './steps';
import { type ClientOptions, TrinoCluster } from './trino-cluster';

export interface PlatformProps {
  /** From `definitionOf(environment)`, or any other. */
  readonly definition: TrinoDefinition;
  /** Everything that it leaves on disk. Data of servers are kept for a second start. */
  readonly folder: string;
  /** @default LOCAL_RELEASE, the newest complete server that package registries have */
  readonly release?: TrinoRelease;
  /** An unpacked server of that release. @default - from the user's cache, downloaded when it is not there */
  readonly home?: string;
  /** @default 1 */
  readonly workers?: number;
  /** What one pod gets. @default - the smallest that the library plans */
  readonly pod?: DataSize;
  /** Who may log in where the environment asks for passwords. @default - LOCAL_USER, whose password is in the folder */
  readonly users?: readonly LocalUser[];
  /** Servers that run already, and that are left running. @default - those that the definition needs are started */
  readonly servers?: Servers;
  /** The last word on the definition, when it is ready for this machine. @default - it stays */
  readonly adjust?: (definition: TrinoDefinition) => TrinoDefinition;
  /** Values of secrets that `adjust` brings in. @default - random ones */
  readonly secrets?: readonly KnownSecret[];
  /** @default - nobody looks */
  readonly steps?: Steps;
  /** Called with one line when there is something to download. @default - nobody is told */
  readonly say?: (line: string) => void;
}

/** A running platform. */
export interface LocalPlatform {
  /** The definition that was planned, and what in it is of this machine. */
  readonly local: LocalDefinition;
  readonly plan: TrinoPlan;
  readonly cluster: TrinoCluster;
  readonly servers: Servers;
  /** Where clients connect: with TLS, wherever it ends. */
  readonly url: string;
  readonly users: readonly LocalUser[];
  /** Asks as clients do: through the front, with the password of a user who has one. */
  readonly client: (user: string, options?: ClientOptions) => TrinoClient;
  stop(): Promise<void>;
}

export const LOCAL_RELEASE = '476';
export const LOCAL_USER = 'analyst';
/** The name of Trino's own step; those of the servers are their kinds. */
export const TRINO_STEP = 'trino';

/**
 * Starts the platform of a definition on this machine.
 * @throws MissingToolError ConfigError TrinoBootError
 */
export async function startPlatform(props: PlatformProps): Promise<LocalPlatform> {
  const { definition, folder, steps = SILENT, say = () => undefined } = props;
  mkdirSync(folder, { recursive: true });
  const kinds = neededServers(definition);
  const servers = props.servers ?? (await startServers({ folder: join(folder, 'servers'), kinds, steps, say }));
  const leave = () => (props.servers === undefined ? servers.stop() : Promise.resolve());
  try {
    return await steps.run(TRINO_STEP, () => startTrino(props, servers, leave));
  } catch (error) {
    await leave();
    throw error;
  }
}

async function startTrino(props: PlatformProps, servers: Servers, leave: () => Promise<void>): Promise<LocalPlatform> {
  const { folder, workers = 1, users = [localUser(folder)], say = () => undefined } = props;
  const release = props.release ?? TrinoRelease.of(LOCAL_RELEASE);
  const local = adjusted(props, servers, release, users);
  const plan = planTrino(local.definition);
  const secrets = new SecretValues([...local.secrets, ...(props.secrets ?? [])]);
  await prepareDatabases(local, servers.mysql, secrets, release);
  const home = props.home ?? (await trinoServer(release.version, say));
  const java = findJava(release.javaVersion);
  const cluster = await explained(local.definition, () =>
    TrinoCluster.start({ plan, home, java, secrets, workers, folder: join(folder, 'trino') }),
  );
  const front = await frontOf(local.definition, cluster, servers).catch(async (error: unknown) => {
    await cluster.stop();
    throw error;
  });
  return platformOf({ local, plan, cluster, servers, users }, front, leave);
}

function adjusted(
  { definition, workers = 1, pod, adjust = (it) => it }: PlatformProps,
  { endpoints }: Servers,
  release: TrinoRelease,
  users: readonly LocalUser[],
): LocalDefinition {
  const overlay = { endpoints, release, workers, users, ...(pod === undefined ? {} : { pod }) };
  const local = localDefinition(definition, overlay);
  return { ...local, definition: adjust(local.definition) };
}

function platformOf(
  parts: Pick<LocalPlatform, 'local' | 'plan' | 'cluster' | 'servers' | 'users'>,
  front: TlsFront | undefined,
  leave: () => Promise<void>,
): LocalPlatform {
  const { cluster, servers, users, local } = parts;
  const url = addressOf(cluster, local.definition, front);
  const ca = readFileSync(servers.certificates.authority, 'utf8');
  const client = (user: string, options: ClientOptions = {}) => {
    const password = local.definition.authentication && users.find(({ name }) => name === user)?.password;
    return new TrinoClient({ url, user, ca, ...(password === undefined ? {} : { password }), ...options });
  };
  const stop = async () => {
    await front?.stop();
    await cluster.stop();
    await leave();
  };
  return { ...parts, url, client, stop };
}

function addressOf(
  { coordinator, httpsPort }: TrinoCluster,
  { clientTls }: TrinoDefinition,
  front: TlsFront | undefined,
): string {
  return front?.url ?? (clientTls.endsAt === 'coordinator' ? `https://localhost:${httpsPort}` : coordinator.url);
}

/** A failure tells the definition, too. */
async function explained<T>(definition: TrinoDefinition, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof Error) error.message += `\n\nThe definition:\n${textOf(definition)}`;
    throw error;
  }
}

/** Quantities and references in their own words; an environment's definition brings constructs along, which say nothing. */
function textOf(definition: TrinoDefinition): string {
  const readable = (_key: string, value: unknown): unknown => {
    if (Construct.isConstruct(value)) return undefined;
    return isSecretRef(value) || isQuantity(value) ? String(value) : value;
  };
  return JSON.stringify(definition, readable, 2);
}

function isQuantity(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'quantity' in value;
}

async function frontOf(
  { clientTls }: TrinoDefinition,
  { coordinator }: TrinoCluster,
  { certificates }: Servers,
): Promise<TlsFront | undefined> {
  if (clientTls.endsAt !== 'load-balancer') return undefined;
  return startTlsFront({ certificates, target: coordinator.port });
}

/** One who may log in, with a password of this folder. */
function localUser(folder: string): LocalUser {
  const file = passwordFile(folder);
  if (!existsSync(file)) writeFileSync(file, randomBytes(12).toString('hex'), { mode: 0o600 });
  return { name: LOCAL_USER, password: readFileSync(file, 'utf8') };
}

/** Where the password of LOCAL_USER is. */
export function passwordFile(folder: string): string {
  return join(folder, 'password');
}
