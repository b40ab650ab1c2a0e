import { Cpu, DataSize, isSecretRef, SecretRef } from '../../lib/core';
import {
  type AuditDatabase,
  ClientTls,
  type NamedCatalog,
  type RoleDefinition,
  type TrinoDefinition,
  TrinoRelease,
} from '../../lib/trino';
import type { LocalEndpoints, ServerKind } from './endpoints';
import { type LocalUser, localAuthentication } from './local-authentication';
import { localCatalog, serversFor } from './local-catalogs';
import type { KnownSecret } from './secret-values';

/** How an environment's platform is made to fit this machine: everything that differs from the cluster is in here. */
export interface Overlay {
  readonly endpoints: LocalEndpoints;
  /** The release that runs here. */
  readonly release: TrinoRelease;
  /** Workers that run here. */
  readonly workers: number;
  /** What one pod gets. @default DEFAULT_POD, the smallest that the library plans */
  readonly pod?: DataSize;
  /** Who may log in where the environment asks for passwords. */
  readonly users: readonly LocalUser[];
}

/** One thing that is different here. */
export interface Change {
  /** As the definition calls it: `catalogs.lake`. */
  readonly path: string;
  readonly here: string;
}

/** A user that the local MariaDB must have. */
export interface NeededDatabaseUser {
  readonly name: string | SecretRef;
  readonly password: SecretRef;
  readonly purpose: 'audit' | 'catalog';
}

/** An environment's definition, for this machine. */
export interface LocalDefinition {
  readonly definition: TrinoDefinition;
  readonly secrets: readonly KnownSecret[];
  readonly databaseUsers: readonly NeededDatabaseUser[];
  readonly changes: readonly Change[];
}

export const DEFAULT_POD = DataSize.gib(2);
/** Data that a worker may spill here. */
const SPILL = DataSize.gib(4);
const DISK = DataSize.gib(64);
const AUDIT_DATABASE = 'trino_audit';

/** The servers without which nothing of a definition can be asked. */
export function neededServers({ catalogs, audit }: TrinoDefinition): ReadonlySet<ServerKind> {
  return new Set([
    ...catalogs.flatMap((catalog) => serversFor(catalog) ?? []),
    ...(audit === undefined ? [] : (['mysql'] as const)),
  ]);
}

/** The same definition with the servers, secrets and memory of this machine; `planTrino` plans it like any other. */
export function localDefinition(definition: TrinoDefinition, overlay: Overlay): LocalDefinition {
  const parts = [
    sized(definition, overlay),
    releasedAs(definition, overlay),
    withCatalogs(definition, overlay),
    withSessions(definition, overlay),
    withAudit(definition, overlay),
    withLogin(definition, overlay),
    withAccess(definition),
  ];
  const changed = Object.assign({}, ...parts.map((part) => part.definition)) as Partial<TrinoDefinition>;
  const users = databaseUsers({ ...definition, ...changed });
  const { password: value } = overlay.endpoints.mysql;
  return {
    definition: without({ ...definition, ...changed }, removed(parts)),
    secrets: [...parts.flatMap(({ secrets = [] }) => secrets), ...users.map(({ password: ref }) => ({ ref, value }))],
    databaseUsers: users,
    changes: parts.flatMap(({ changes }) => changes),
  };
}

/** What one part of the overlay does. */
interface Part {
  readonly definition: Partial<TrinoDefinition>;
  readonly removed?: readonly Removable[];
  readonly secrets?: readonly KnownSecret[];
  readonly changes: readonly Change[];
}

/** What an environment may have and a laptop may not. */
type Removable = 'prometheusUrl' | 'scaling' | 'memory' | 'accessControl';

function removed(parts: readonly Part[]): readonly Removable[] {
  return parts.flatMap((part) => part.removed ?? []);
}

/** The same without some of its members. */
export function without<T extends object, K extends keyof T>(whole: T, names: readonly K[]): Omit<T, K> {
  const kept = Object.entries(whole).filter(([name]) => !names.some((other) => other === name));
  return Object.fromEntries(kept) as Omit<T, K>;
}

function sized({ limits, spill, faultTolerance, workers }: TrinoDefinition, overlay: Overlay): Part {
  const { pod = DEFAULT_POD, workers: count } = overlay;
  const role: RoleDefinition = { node: nodeFor(pod), memory: pod, cpu: Cpu.cores(1) };
  const { capacity } = workers;
  const { requiredWorkers } = limits ?? {};
  return {
    definition: {
      coordinator: role,
      workers: { ...role, min: count, max: count, ...(capacity === undefined ? {} : { capacity }) },
      ...(requiredWorkers === undefined
        ? {}
        : { limits: { ...limits, requiredWorkers: Math.min(requiredWorkers, count) } }),
      ...(spill === undefined ? {} : { spill: smallSpill(spill) }),
      ...(faultTolerance === undefined ? {} : { faultTolerance: without(faultTolerance, ['taskMemory']) }),
    },
    // One number of workers, which nobody scales; limits of memory that fit this machine.
    removed: ['prometheusUrl', 'scaling', 'memory'],
    changes: [
      { path: 'workers', here: `${count} instead of ${workers.min} to ${workers.max}` },
      { path: 'coordinator, workers', here: `pods of ${pod.toString()}; every limit of memory is derived from that` },
      ...(spill === undefined ? [] : [{ path: 'spill', here: `up to ${SPILL.toString()} in the node's folder` }]),
      ...(faultTolerance?.exchange === undefined
        ? []
        : [{ path: 'faultTolerance.exchange', here: 'a folder: no S3 emulator takes what the exchange sends' }]),
    ],
  };
}

/** A node that holds one such pod, and what every node has besides. */
function nodeFor(pod: DataSize): RoleDefinition['node'] {
  return { memory: pod.plus(DataSize.gib(1)), cpu: Cpu.cores(2), ephemeralStorage: DISK };
}

function smallSpill(spill: NonNullable<TrinoDefinition['spill']>): NonNullable<TrinoDefinition['spill']> {
  return { ...without(spill, ['maxPerNode', 'maxPerQuery']), volume: DataSize.min(spill.volume, SPILL) };
}

function releasedAs({ release = TrinoRelease.DEFAULT }: TrinoDefinition, overlay: Overlay): Part {
  const here = overlay.release;
  const changes =
    here.version === release.version
      ? []
      : [{ path: 'release', here: `${here.version} instead of ${release.version}` }];
  return { definition: { release: here }, changes };
}

function withCatalogs({ catalogs }: TrinoDefinition, { endpoints, release }: Overlay): Part {
  const local = catalogs.map((catalog) => ({ catalog, local: localCatalog(catalog, endpoints, release) }));
  return {
    definition: {
      catalogs: local.flatMap((it) => (it.local === undefined ? [] : [named(it.catalog, it.local.config)])),
    },
    secrets: local.flatMap((it) => it.local?.secrets ?? []),
    changes: local.map((it) => ({
      path: `catalogs.${it.catalog.name}`,
      here: it.local?.change ?? `left out: no server for ${it.catalog.config.connector} is on this machine`,
    })),
  };
}

function named({ name }: NamedCatalog, config: NamedCatalog['config']): NamedCatalog {
  return { name, config };
}

/** Trino fails queries that get a default of a catalog that is not there, and lets them wait for workers that are not. */
function withSessions({ sessionDefaults, catalogs }: TrinoDefinition, { workers }: Overlay): Part {
  if (sessionDefaults === undefined) return { definition: {}, changes: [] };
  const gone = catalogs.filter((catalog) => serversFor(catalog) === undefined).map(({ name }) => `${name}.`);
  const isHere = ([name]: readonly [string, string]): boolean => !gone.some((prefix) => name.startsWith(prefix));
  const value = (name: string, text: string) =>
    name === 'required_workers_count' ? String(Math.min(Number(text), workers)) : text;
  const localized = sessionDefaults.map(({ sessionProperties, ...entry }) => {
    const kept = Object.entries(sessionProperties).filter(isHere);
    return { ...entry, sessionProperties: Object.fromEntries(kept.map(([name, text]) => [name, value(name, text)])) };
  });
  return { definition: { sessionDefaults: localized }, changes: [] };
}

function withAudit({ audit }: TrinoDefinition, { endpoints: { mysql } }: Overlay): Part {
  if (audit === undefined) return { definition: {}, changes: [] };
  const database = { ...auditDatabase(audit.database), host: mysql.host, port: mysql.port };
  return {
    definition: { audit: { database, ...(audit.required === undefined ? {} : { required: audit.required }) } },
    changes: [{ path: 'audit', here: `MariaDB at ${mysql.host}:${mysql.port}` }],
  };
}

/** A URL in a secret says all at once: here its parts are given. */
function auditDatabase(database: AuditDatabase | SecretRef): AuditDatabase {
  if (!isSecretRef(database)) return database;
  return { host: '', database: AUDIT_DATABASE, username: AUDIT_DATABASE, password: SecretRef.of('local/audit') };
}

const SERVER_PEM = SecretRef.of('local/server.pem');

function withLogin({ authentication, clientTls }: TrinoDefinition, { users, endpoints }: Overlay): Part {
  const tls =
    clientTls.endsAt === 'coordinator'
      ? { clientTls: ClientTls.coordinator(SERVER_PEM), secrets: [{ ref: SERVER_PEM, value: endpoints.serverPem }] }
      : { clientTls, secrets: [] };
  if (authentication === undefined)
    return { definition: { clientTls: tls.clientTls }, secrets: tls.secrets, changes: [] };
  const login = localAuthentication(authentication, users);
  return {
    definition: { clientTls: tls.clientTls, authentication: login.authentication },
    secrets: [...tls.secrets, ...login.secrets],
    changes: [{ path: 'authentication', here: login.change }],
  };
}

/** Whoever decides over the network is not here. */
function withAccess({ accessControl }: TrinoDefinition): Part {
  const name = accessControl?.properties['access-control.name'];
  if (name !== 'opa' && name !== 'ranger') return { definition: {}, changes: [] };
  const here = `Trino's own instead of ${name}, which is not on this machine`;
  return { definition: {}, removed: ['accessControl'], changes: [{ path: 'accessControl', here }] };
}

function databaseUsers({ catalogs, audit }: TrinoDefinition): readonly NeededDatabaseUser[] {
  const readers = catalogs.flatMap(({ config: { connector, properties } }) => {
    const { 'connection-user': name, 'connection-password': password } = properties;
    if (connector !== 'mysql' || name === undefined || !isSecretRef(password)) return [];
    return [{ name, password, purpose: 'catalog' as const }];
  });
  if (audit === undefined || isSecretRef(audit.database)) return readers;
  const { username: name, password } = audit.database;
  return [...readers, { name, password, purpose: 'audit' }];
}
