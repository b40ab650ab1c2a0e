import { inside, isToken, rule, type SecretRef, show, type Violation, violationsOf } from '../core';
import {
  type AccessControl,
  accessRuleCautions,
  type OperationUsers,
  renderAccessRules,
  workerAccessRules,
} from './access-control';
import { auditCautions, type AuditProps, auditPart, auditViolations } from './audit';
import { type Authentication, authenticationPart, authenticationViolations } from './authentication';
import type { ClientTls } from './client-tls';
import { CONFIG_DIRECTORY } from './container';
import { JMX_OBJECTS } from './metrics';
import type { Caution } from './policy';
import { checkLines, componentOf, errorsOf } from './properties';
import type { TrinoRelease } from './release';
import { type SecretProperties, textViolations } from './secret-text';
import { partViolations, type ServerPart } from './server-part';

/**
 * How serious a message must be to be written, least serious first.
 * @see https://trino.io/docs/current/admin/logging.html
 */
export type LogLevel = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

/** Lines for `config.properties` that the library has no prop for. */
export interface ExtraProperties {
  /** For every node that knows them: what only a coordinator knows goes to the coordinator alone. */
  readonly all?: SecretProperties;
  readonly coordinator?: SecretProperties;
  readonly worker?: SecretProperties;
}

/** What all of a server's files are made of, but for memory, queries and catalogs. */
export interface ServerSettings {
  /** `node.environment`, the same on every node: small letters, digits and `_`. */
  readonly environment: string;
  /** What the nodes prove to each other that they belong together with; long and random. */
  readonly sharedSecret: SecretRef;
  readonly clientTls: ClientTls;
  /** @default - every user name is believed: for networks in which only trusted clients reach Trino */
  readonly authentication?: Authentication;
  /** @default - Trino's own: everybody may do everything but impersonate and shut down */
  readonly accessControl?: AccessControl;
  /** @default - no query is kept */
  readonly audit?: AuditProps;
  readonly users: OperationUsers;
  /** Levels by logger: `{ 'org.apache.kafka': 'WARN' }`. @default - none but `io.trino=INFO` */
  readonly logLevels?: Readonly<Record<string, LogLevel>>;
  readonly extraProperties?: ExtraProperties;
}

/** Where a worker's rules file is; the coordinator's is where the chart puts it. */
const WORKER_RULES = 'worker-access-rules.json';

/** What the settings add to the files of every node. */
export function serverParts(settings: ServerSettings, release: TrinoRelease): readonly ServerPart[] {
  return [
    essentials(settings, release),
    settings.clientTls.part,
    ...(settings.authentication === undefined ? [] : [authenticated(settings, settings.authentication)]),
    workerAccess(settings.users),
    ...(settings.audit === undefined ? [] : [auditPart(settings.audit, release)]),
    extras(settings.extraProperties ?? {}, release),
  ];
}

/** The shared secret stands even where nobody logs in: without one, nodes believe whoever knows the environment's name. */
function essentials({ sharedSecret }: ServerSettings, release: TrinoRelease): ServerPart {
  const lines: SecretProperties = {
    'internal-communication.shared-secret': sharedSecret,
    // `log.format` is about the log file; containers are read from standard output.
    'log.console-format': 'JSON',
    // The objects themselves contain commas.
    [release.jmxObjectNames]: JMX_OBJECTS.join('|'),
  };
  return { name: 'server', config: { coordinator: lines, worker: lines } };
}

/** With authentication a scrape inside the cluster has no password to give: over plain HTTP it is the metrics user. */
function authenticated({ users }: ServerSettings, authentication: Authentication): ServerPart {
  const part = authenticationPart(authentication);
  return { ...part, config: { coordinator: { ...part.config?.coordinator, 'management.user': users.metrics } } };
}

function workerAccess(users: OperationUsers): ServerPart {
  return {
    name: 'workerAccess',
    files: {
      worker: {
        'access-control.properties': {
          'access-control.name': 'file',
          'security.config-file': `${CONFIG_DIRECTORY}/${WORKER_RULES}`,
        },
        [WORKER_RULES]: renderAccessRules(workerAccessRules(users)),
      },
    },
  };
}

function extras({ all = {}, coordinator = {}, worker = {} }: ExtraProperties, release: TrinoRelease): ServerPart {
  return {
    name: 'extraProperties',
    config: {
      coordinator: { ...all, ...coordinator },
      worker: { ...workersShare(all, release), ...worker },
    },
  };
}

/** The properties that a worker knows: one that only a coordinator knows would stop it. */
export function workersShare(properties: SecretProperties, release: TrinoRelease): SecretProperties {
  const server = componentOf(release, 'server');
  const known = Object.entries(properties).filter(([name]) => server?.properties.get(name)?.role !== 'coordinator');
  return Object.fromEntries(known);
}

/** Everything that is wrong with the settings. @param more parts of other policies, which may set a line, too */
export function serverViolations(
  settings: ServerSettings,
  release: TrinoRelease,
  more: readonly ServerPart[] = [],
): readonly Violation[] {
  return [
    ...settingsViolations(settings),
    ...userViolations(settings.users),
    ...partViolations([...more, ...serverParts(settings, release)]),
  ];
}

/** What is wrong with what people say of a server, whatever it is planned to be. */
export function settingsViolations(
  settings: Pick<ServerSettings, 'environment' | 'authentication' | 'accessControl' | 'audit' | 'clientTls'>,
): readonly Violation[] {
  const { authentication, accessControl, audit, clientTls } = settings;
  return [
    ...violationsOf(settings, [environmentRule]),
    ...(authentication === undefined
      ? []
      : inside('authentication', authenticationViolations(authentication, clientTls))),
    ...inside('accessControl', accessControl?.violations ?? []),
    ...(audit === undefined ? [] : inside('audit', auditViolations(audit))),
  ];
}

/** What is wrong with each line alone, under the name that it was given by. */
export function extraPropertyViolations(extra: ExtraProperties, release: TrinoRelease): readonly Violation[] {
  const roles = { all: 'coordinator', coordinator: 'coordinator', worker: 'worker' } as const;
  return (['all', 'coordinator', 'worker'] as const).flatMap((nodes) => {
    const entries = extra[nodes] ?? {};
    const unreadable = textViolations(entries);
    if (unreadable.length > 0) return inside(nodes, unreadable);
    return inside(nodes, errorsOf(checkLines(release, { component: 'server', role: roles[nodes], entries })));
  });
}

const environmentRule = rule<Pick<ServerSettings, 'environment'>>(
  ({ environment }) => isToken(environment) || /^[a-z0-9][_a-z0-9]*$/.test(environment),
  ({ environment }) => ({
    path: 'environment',
    got: show(environment),
    allowed: 'small letters, digits and _, no _ first: Trino does not start with another',
    fix: `write ${show(
      environment
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '_')
        .replace(/^_+|_+$/g, ''),
    )}`,
  }),
);

function userViolations(users: OperationUsers): readonly Violation[] {
  return (['drain', 'metrics'] as const)
    .filter((role) => !/^[\w.-]+$/.test(users[role]))
    .map((role) => ({
      path: `users.${role}`,
      got: show(users[role]),
      allowed: 'letters, digits, dot, hyphen and underscore: it is sent in a header',
      fix: `choose a plain name, for example '${role}'`,
    }));
}

/** What works, but may surprise. */
export function serverCautions(settings: ServerSettings, release: TrinoRelease): readonly Caution[] {
  const { accessControl, audit } = settings;
  return [
    ...under('accessControl', accessControl?.rules === undefined ? [] : accessRuleCautions(accessControl.rules)),
    ...groupCautions(settings),
    ...metricsCautions(settings),
    ...under('audit', audit === undefined ? [] : auditCautions(audit, release)),
  ];
}

function under(name: string, cautions: readonly Caution[]): readonly Caution[] {
  return cautions.map(({ path, text }) => ({ path: `${name}.${path}`, text }));
}

function groupCautions({ accessControl, authentication }: ServerSettings): readonly Caution[] {
  const sections = Object.entries(accessControl?.rules ?? {}) as [string, readonly object[]][];
  if (authentication?.groups !== undefined) return [];
  return sections
    .filter(([, rules]) => rules.some((rule) => 'group' in rule || 'original_group' in rule))
    .map(([name]) => ({
      path: `accessControl.${name}`,
      text: 'rules name groups, and no user is in one: set authentication.groups',
    }));
}

function metricsCautions({ accessControl, users }: ServerSettings): readonly Caution[] {
  const name = accessControl?.properties['access-control.name'];
  if (name !== 'opa' && name !== 'ranger') return [];
  const text = `let the user ${users.metrics} read system information there, or /metrics of the coordinator answers 403`;
  return [{ path: 'accessControl', text }];
}
