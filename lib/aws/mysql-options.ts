import {
  type Rule,
  type Violation,
  inside,
  isToken,
  matches,
  placeholderViolations,
  rule,
  show,
  violationsOf,
  wholeNumberIfKnown,
  withDefaults,
} from '../core';
import { LOG_RETENTION_DAYS, logRetentionViolations } from './log-group';
import { instanceClassViolations } from './mysql-instance-classes';

/** The part of a database's definition that a user chooses. */
export interface MySqlOptions {
  /** Identifier in RDS and first part of every physical name: `acme-dev-shop`. */
  readonly name: string;
  /**
   * `8.4` leaves the choice of the patch to AWS, which installs new ones in the maintenance window. A full version like
   * `8.4.9` pins it: the window then installs none, because Terraform would ask for a step back, which RDS refuses.
   * @default '8.4'
   */
  readonly version?: string;
  /** @default 'db.m7g.large' */
  readonly instanceClass?: string;
  /** Disk when created, in GiB, 20 to 59578, with which it can still grow. @default 100 */
  readonly storageGiB?: number;
  /** How far RDS may grow the disk, in GiB, at least a tenth more than storageGiB. @default - four times storageGiB */
  readonly maxStorageGiB?: number;
  /** A standby in another zone takes over within a minute or two. @default true */
  readonly multiAz?: boolean;
  /** The TCP port. @default 3306 */
  readonly port?: number;
  /** Name of the administrator. @default 'platform_root' */
  readonly adminUser?: string;
  /** How far back any minute can be restored, in days: 14 to 35, from 1 without `retain`. @default 14 */
  readonly backupRetentionDays?: number;
  /** When the daily snapshot is taken, in UTC. @default '02:00-03:00' */
  readonly backupWindow?: string;
  /** When AWS may restart the server, in UTC, clear of the backup window. @default 'sun:03:30-sun:04:30' */
  readonly maintenanceWindow?: string;
  /** Make changes that restart the server at once instead of in the maintenance window. @default false */
  readonly applyImmediately?: boolean;
  /** How long exported logs are kept, in days. @default 365 */
  readonly logRetentionDays?: number;
  /** Statements slower than this are logged, in seconds. @default 2 */
  readonly longQuerySeconds?: number;
  /** Further server parameters, by MySQL's names. A change of theirs waits for the next restart. @default - none */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * Keep the database when the stack is destroyed, by two protections; where they are lifted by hand, Terraform leaves a
   * final snapshot. With false there is none, and the automated backups go with the database.
   * @default true
   */
  readonly retain?: boolean;
}

/** Every option with its default. */
export type CompletedMySqlOptions = Required<MySqlOptions>;

/** The newest release that RDS is known to offer. @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html */
export const NEWEST_MYSQL_VERSION = '8.4.9';

const STORAGE_GIB = { min: 20, max: 65_536, growth: 1.1, defaultGrowth: 4 } as const;
/** RDS wants a tenth more to grow into. */
const LARGEST_FIRST_GIB = Math.floor(STORAGE_GIB.max / STORAGE_GIB.growth);
const PITR_DAYS = { retained: 14, min: 1, max: 35 } as const;
const DEFAULTS = {
  version: '8.4',
  instanceClass: 'db.m7g.large',
  storageGiB: 100,
  multiAz: true,
  port: 3306,
  adminUser: 'platform_root',
  backupRetentionDays: 14,
  backupWindow: '02:00-03:00',
  maintenanceWindow: 'sun:03:30-sun:04:30',
  applyImmediately: false,
  logRetentionDays: LOG_RETENTION_DAYS,
  longQuerySeconds: 2,
  parameters: {},
  retain: true,
} as const;

/** The options with every default filled in. */
export function completed(options: MySqlOptions): CompletedMySqlOptions {
  const storageGiB = options.storageGiB ?? DEFAULTS.storageGiB;
  const maxStorageGiB = Math.min(STORAGE_GIB.max, storageGiB * STORAGE_GIB.defaultGrowth);
  return withDefaults({ ...DEFAULTS, maxStorageGiB }, options);
}

/**
 * Parameters of the server, ours and the user's: TLS or nothing, UTF-8, UTC, slow statements to a file.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-ssl-connections.html
 */
export function parametersOf({ parameters, longQuerySeconds }: CompletedMySqlOptions): readonly ServerParameter[] {
  const managed = { ...MANAGED_PARAMETERS, long_query_time: String(longQuerySeconds) };
  return [
    // RDS sets a static parameter at a restart only, and which of them are static is not known here.
    ...Object.entries(parameters).map(([name, value]) => ({ name, value, applyMethod: 'pending-reboot' })),
    ...Object.entries(managed).map(([name, value]) => ({ name, value })),
  ];
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_Parameter.html */
export interface ServerParameter {
  readonly name: string;
  readonly value: string;
  /** @default 'immediate' */
  readonly applyMethod?: string;
}

const MANAGED_PARAMETERS = {
  require_secure_transport: '1',
  character_set_server: 'utf8mb4',
  collation_server: 'utf8mb4_0900_ai_ci',
  time_zone: 'UTC',
  slow_query_log: '1',
  log_output: 'FILE',
} as const;

/** Everything that is wrong with a database's definition; placeholders are not judged. */
export function mySqlViolations(options: MySqlOptions): readonly Violation[] {
  const { storageGiB, maxStorageGiB } = options;
  const unknown =
    maxStorageGiB === undefined ? placeholderViolations('storageGiB', storageGiB, 'name maxStorageGiB, too') : [];
  return unknown.length > 0 ? unknown : violationsOf(completed(options), RULES);
}

const RULES: readonly Rule<CompletedMySqlOptions>[] = [
  rule(
    // @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html (DBInstanceIdentifier)
    ({ name }) => isToken(name) || (matches(/^[a-z](-?[a-z0-9])*$/, name) && name.length <= 63),
    ({ name }) => ({
      path: 'name',
      got: show(name),
      allowed: 'up to 63 small letters, digits and single hyphens, with a letter first and no hyphen last',
      fix: 'choose another name',
    }),
  ),
  rule(
    ({ version }) => isToken(version) || matches(/^8\.4(\.\d+)?$/, version),
    ({ version }) => ({
      path: 'version',
      got: show(version),
      allowed: `'8.4' or a release of it, up to '${NEWEST_MYSQL_VERSION}' as far as is known (8.0 is out of support)`,
      fix: "leave it out for '8.4'",
    }),
  ),
  ({ instanceClass }) => instanceClassViolations(instanceClass),
  ({ storageGiB }) => {
    const range = { from: STORAGE_GIB.min, to: LARGEST_FIRST_GIB, note: 'a tenth below the largest disk (gp3)' };
    return wholeNumberIfKnown(
      'storageGiB',
      storageGiB,
      range,
      'start with what is needed now: the disk grows by itself',
    );
  },
  ({ storageGiB, maxStorageGiB }) => {
    const range = { from: grown(storageGiB), to: STORAGE_GIB.max, note: 'storageGiB and a tenth, or more' };
    return wholeNumberIfKnown('maxStorageGiB', maxStorageGiB, range, 'raise maxStorageGiB or lower storageGiB');
  },
  ({ port }) => {
    const fix = 'leave it out for 3306, or use 3316 where an audit wants another one';
    return wholeNumberIfKnown('port', port, { from: 1150, to: 65_535, note: 'as RDS takes them' }, fix);
  },
  rule(
    ({ adminUser }) =>
      isToken(adminUser) || (matches(/^[a-zA-Z][a-zA-Z0-9_]{0,15}$/, adminUser) && !RESERVED_USERS.includes(adminUser)),
    ({ adminUser }) => ({
      path: 'adminUser',
      got: show(adminUser),
      allowed: `1 to 16 letters, digits and _, with a letter first, and none of the names that everybody tries first: ${RESERVED_USERS.join(', ')}`,
      fix: "leave it out for 'platform_root'",
    }),
  ),
  ({ backupRetentionDays, retain }) => {
    const range = { from: retain ? PITR_DAYS.retained : PITR_DAYS.min, to: PITR_DAYS.max };
    const fix = retain ? 'keep 14 days or more, or set retain to false where the data may be lost' : 'use 1 or more';
    return wholeNumberIfKnown('backupRetentionDays', backupRetentionDays, range, fix);
  },
  windowsRule,
  ({ logRetentionDays }) => logRetentionViolations(logRetentionDays, 'logRetentionDays'),
  rule(
    ({ longQuerySeconds }) => isToken(longQuerySeconds) || longQuerySeconds >= 0,
    ({ longQuerySeconds }) => ({
      path: 'longQuerySeconds',
      got: show(longQuerySeconds),
      allowed: 'a number from 0',
      fix: 'leave it out for 2 seconds',
    }),
  ),
  ({ parameters }) => inside('parameters', Object.keys(parameters).flatMap(managedViolation)),
];

/** `admin` is RDS's own proposal; RDS itself refuses the others. */
const RESERVED_USERS: readonly string[] = ['admin', 'root', 'mysql', 'rdsadmin', 'rdsrepladmin'];

/** The least that RDS lets a disk grow to. */
function grown(storageGiB: number): number {
  return isToken(storageGiB) ? storageGiB : Math.ceil(Math.min(storageGiB, LARGEST_FIRST_GIB) * STORAGE_GIB.growth);
}

function managedViolation(parameter: string): readonly Violation[] {
  if (parameter === 'long_query_time') {
    return [
      {
        path: parameter,
        got: 'a value',
        allowed: 'parameters without an option of their own',
        fix: "use 'longQuerySeconds'",
      },
    ];
  }
  if (!(parameter in MANAGED_PARAMETERS)) return [];
  return [
    {
      path: parameter,
      got: 'a value',
      allowed: 'parameters that the construct does not set itself',
      fix: 'leave it out',
    },
  ];
}

const DAYS: readonly string[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const DAY_MINUTES = 24 * 60;

/** Both windows are well formed, last half an hour or more, and do not overlap on any day. */
function windowsRule({ backupWindow, maintenanceWindow }: CompletedMySqlOptions): readonly Violation[] {
  if (isToken([backupWindow, maintenanceWindow])) return [];
  const backup = parseBackupWindow(backupWindow);
  const maintenance = parseMaintenanceWindow(maintenanceWindow);
  if (backup === undefined) return [badWindow('backupWindow', backupWindow, '02:00-03:00')];
  if (maintenance === undefined) return [badWindow('maintenanceWindow', maintenanceWindow, 'sun:03:30-sun:04:30')];
  const overlap = DAYS.some((_, day) => overlaps(maintenance, shift(backup, day * DAY_MINUTES)));
  if (!overlap) return [];
  return [
    {
      path: 'maintenanceWindow',
      got: show(maintenanceWindow),
      allowed: `a time that does not touch the daily backupWindow (${backupWindow}), as RDS wants it`,
      fix: 'move one of the windows',
    },
  ];
}

/** Minutes since Monday 00:00; the end may lie in the next week. */
interface Window {
  readonly start: number;
  readonly end: number;
}

function parseBackupWindow(text: string): Window | undefined {
  const [, from, to] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(text) ?? [];
  return windowOf(minutes(from), minutes(to), DAY_MINUTES);
}

function parseMaintenanceWindow(text: string): Window | undefined {
  const [, fromDay, from, toDay, to] = /^([a-z]{3}):(\d\d:\d\d)-([a-z]{3}):(\d\d:\d\d)$/.exec(text) ?? [];
  return windowOf(minutes(from, fromDay), minutes(to, toDay), DAYS.length * DAY_MINUTES);
}

function minutes(time: string | undefined, day = 'mon'): number {
  const [hour = NaN, minute = NaN] = (time ?? '').split(':').map(Number);
  const index = DAYS.indexOf(day);
  return index >= 0 && hour < 24 && minute < 60 ? index * DAY_MINUTES + hour * 60 + minute : NaN;
}

function windowOf(start: number, end: number, period: number): Window | undefined {
  const length = (end - start + period) % period;
  return length >= 30 ? { start, end: start + length } : undefined;
}

function shift({ start, end }: Window, by: number): Window {
  return { start: start + by, end: end + by };
}

function overlaps(a: Window, b: Window): boolean {
  const week = DAYS.length * DAY_MINUTES;
  return [-week, 0, week].map((by) => shift(b, by)).some((other) => a.start < other.end && other.start < a.end);
}

function badWindow(path: string, got: string, example: string): Violation {
  return { path, got: show(got), allowed: `at least 30 minutes in UTC, like ${example}`, fix: 'leave it out for that' };
}
