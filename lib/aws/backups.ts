import { BackupPlan, type BackupPlanRule } from '@cdktf/provider-aws/lib/backup-plan';
import { BackupRestoreTestingPlan } from '@cdktf/provider-aws/lib/backup-restore-testing-plan';
import { BackupRestoreTestingSelection } from '@cdktf/provider-aws/lib/backup-restore-testing-selection';
import { BackupSelection } from '@cdktf/provider-aws/lib/backup-selection';
import { BackupVault } from '@cdktf/provider-aws/lib/backup-vault';
import { BackupVaultLockConfiguration } from '@cdktf/provider-aws/lib/backup-vault-lock-configuration';
import { Lazy } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import {
  type Violation,
  isToken,
  matches,
  refuse,
  rule,
  show,
  violationsOf,
  wholeNumberIfKnown,
  withDefaults,
} from '../core';
import { EncryptionKey, type IEncryptionKey } from './encryption-key';
import { ServiceRole } from './service-role';

/** What AWS Backup needs to save and to restore databases and buckets. */
const SERVICE_POLICIES = [
  'service-role/AWSBackupServiceRolePolicyForBackup',
  'service-role/AWSBackupServiceRolePolicyForRestores',
  'AWSBackupServiceRolePolicyForS3Backup',
  'AWSBackupServiceRolePolicyForS3Restore',
] as const;

/** Clear of the daily window of the databases. In UTC. */
const DAILY = 'cron(0 5 * * ? *)';
const MONTHLY = 'cron(0 6 1 * ? *)';
/** A day after the monthly backup. */
const MONTHLY_TEST = 'cron(0 6 2 * ? *)';

/** What a restore test knows how to restore. */
export type BackupResourceType = 'RDS' | 'S3';

/** Saves resources by a plan. */
export interface IBackups extends IConstruct {
  /** @param arn of a database or bucket @param type tells a restore test how to restore it */
  addResource(arn: string, type: BackupResourceType): void;
}

/** The part of a definition of backups that a user chooses. */
export interface BackupsOptions {
  /** Name of vault and plan: `acme-dev`. */
  readonly name: string;
  /** How long daily backups are kept, in days, 1 to 36500. @default 35 */
  readonly keepDailyDays?: number;
  /** How long monthly backups are kept, in days, at least as long as the daily ones. @default 365 */
  readonly keepMonthlyDays?: number;
  /**
   * Nobody deletes a backup before its time, except who may take the lock away (governance mode).
   * @default false
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
   */
  readonly locked?: boolean;
  /** Restore the latest backup of each resource once a month, and throw the copy away. @default false */
  readonly restoreTesting?: boolean;
}

/** The definition of a plan of backups, with its key and what becomes of both on `destroy`. */
export interface BackupsProps extends BackupsOptions {
  /** @default - a key of the vault's own */
  readonly encryptionKey?: IEncryptionKey;
  /** Keep vault and key when the stack is destroyed (`prevent_destroy`). @default true */
  readonly retain?: boolean;
}

/** What has to be known of a backup plan that exists already. */
export interface BackupsAttributes {
  readonly planId: string;
  /** Role that AWS Backup works with. */
  readonly roleArn: string;
}

/** A hundred years, as a backup plan takes them. */
const MOST_DAYS = 36_500;
const DEFAULTS = {
  keepDailyDays: 35,
  keepMonthlyDays: 365,
  locked: false,
  restoreTesting: false,
  retain: true,
} as const;

/** Every option with its default. */
type CompletedBackups = Required<Omit<BackupsProps, 'encryptionKey'>>;

/** Everything that is wrong with a definition of backups. */
export function backupsViolations(options: BackupsOptions): readonly Violation[] {
  return violationsOf(withDefaults(DEFAULTS, options), [
    rule(
      ({ name }) => isToken(name) || matches(/^[A-Za-z0-9_-]{2,50}$/, name),
      ({ name }) => ({
        path: 'name',
        got: show(name),
        allowed: '2 to 50 letters, digits, hyphens and _, as a backup vault takes them',
        fix: 'choose a shorter name',
      }),
    ),
    ({ keepDailyDays }) =>
      wholeNumberIfKnown('keepDailyDays', keepDailyDays, { from: 1, to: MOST_DAYS }, 'leave it out for 35'),
    ({ keepDailyDays, keepMonthlyDays }) => {
      const range = { from: keepDailyDays, to: MOST_DAYS, note: 'keepDailyDays or more' };
      return wholeNumberIfKnown(
        'keepMonthlyDays',
        keepMonthlyDays,
        range,
        'raise keepMonthlyDays or lower keepDailyDays',
      );
    },
  ]);
}

/** ARNs that grow until synthesis. */
class Resources {
  private readonly byType = new Map<BackupResourceType, string[]>();

  public add(arn: string, type: BackupResourceType): void {
    const arns = this.byType.get(type) ?? [];
    if (!arns.includes(arn)) this.byType.set(type, [...arns, arn]);
  }

  public all(): string[] {
    return [...this.byType.values()].flat();
  }

  public of(type: BackupResourceType): string[] {
    return this.byType.get(type) ?? [];
  }
}

/**
 * A vault with a key of ours, daily and monthly backups of what is added to it, and on request a monthly proof that they
 * can be restored.
 *
 * Continuous backup stays off: it would take a database's own backup window and retention away from its definition. Any
 * minute is restored from the database's own backups; these are the ones that survive its deletion.
 */
export class Backups extends Construct implements IBackups {
  public readonly vaultName: string;
  private readonly resources = new Resources();
  private readonly roleArn: string;
  private readonly testingPlanName: string | undefined;

  /** @throws ConfigError with every violation of `backupsViolations` */
  public constructor(scope: Construct, id: string, props: BackupsProps) {
    super(scope, id);
    refuse(this.node.path, backupsViolations(props));
    const options: CompletedBackups = withDefaults(DEFAULTS, props);
    const vault = this.addVault(options, props.encryptionKey ?? this.addKey(options));
    this.roleArn = new ServiceRole(this, 'Role', {
      name: `${options.name}-backups`,
      service: 'backup.amazonaws.com',
      managedPolicies: SERVICE_POLICIES,
    }).roleArn;
    const plan = this.addPlan(options, vault.name);
    addSelection(this, 'Selection', { name: options.name, planId: plan.id, roleArn: this.roleArn }, this.resources);
    this.testingPlanName = options.restoreTesting ? this.addTestingPlan(options.name, vault.arn) : undefined;
    this.vaultName = vault.name;
    this.node.addValidation({ validate: () => (this.resources.all().length > 0 ? [] : [NOTHING_ADDED]) });
  }

  /** A plan that exists already: what is added here becomes one more selection of it. */
  public static fromAttributes(scope: Construct, id: string, attributes: BackupsAttributes): IBackups {
    return new ImportedBackups(scope, id, attributes);
  }

  public addResource(arn: string, type: BackupResourceType): void {
    this.resources.add(arn, type);
    if (this.testingPlanName === undefined || this.node.tryFindChild(`Test${type}`) !== undefined) return;
    new BackupRestoreTestingSelection(this, `Test${type}`, {
      name: type,
      restoreTestingPlanName: this.testingPlanName,
      protectedResourceType: type,
      protectedResourceArns: Lazy.listValue({ produce: () => this.resources.of(type) }),
      iamRoleArn: this.roleArn,
      validationWindowHours: 1,
    });
  }

  private addKey({ name, retain }: CompletedBackups): IEncryptionKey {
    return new EncryptionKey(this, 'Key', { name: `${name}-backups`, description: 'backups', retain });
  }

  private addVault({ name, retain, locked, keepDailyDays }: CompletedBackups, key: IEncryptionKey): BackupVault {
    const vault = new BackupVault(this, 'Resource', {
      name,
      kmsKeyArn: key.keyArn,
      forceDestroy: !retain,
      lifecycle: { preventDestroy: retain },
    });
    if (locked) {
      new BackupVaultLockConfiguration(this, 'Lock', { backupVaultName: vault.name, minRetentionDays: keepDailyDays });
    }
    return vault;
  }

  private addPlan({ name, keepDailyDays, keepMonthlyDays }: CompletedBackups, vault: string): BackupPlan {
    const ruleOf = (ruleName: string, schedule: string, deleteAfter: number): BackupPlanRule => ({
      ruleName,
      schedule,
      targetVaultName: vault,
      lifecycle: { deleteAfter },
    });
    return new BackupPlan(this, 'Plan', {
      name,
      rule: [ruleOf('daily', DAILY, keepDailyDays), ruleOf('monthly', MONTHLY, keepMonthlyDays)],
    });
  }

  /** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html */
  private addTestingPlan(name: string, vaultArn: string): string {
    return new BackupRestoreTestingPlan(this, 'TestingPlan', {
      name: name.replace(/[^A-Za-z0-9]+/g, '_'),
      scheduleExpression: MONTHLY_TEST,
      recoveryPointSelection: [
        { algorithm: 'LATEST_WITHIN_WINDOW', includeVaults: [vaultArn], recoveryPointTypes: ['SNAPSHOT'] },
      ],
    }).name;
  }
}

class ImportedBackups extends Construct implements IBackups {
  private readonly resources = new Resources();

  public constructor(
    scope: Construct,
    id: string,
    private readonly attributes: BackupsAttributes,
  ) {
    super(scope, id);
  }

  public addResource(arn: string, type: BackupResourceType): void {
    this.resources.add(arn, type);
    if (this.node.tryFindChild('Selection') !== undefined) return;
    addSelection(this, 'Selection', { name: this.node.id, ...this.attributes }, this.resources);
  }
}

const NOTHING_ADDED = 'nothing is backed up: call addResource, or leave the backups out';

interface SelectionTarget extends BackupsAttributes {
  readonly name: string;
}

function addSelection(scope: Construct, id: string, target: SelectionTarget, resources: Resources): void {
  new BackupSelection(scope, id, {
    name: target.name,
    planId: target.planId,
    iamRoleArn: target.roleArn,
    resources: Lazy.listValue({ produce: () => resources.all() }),
  });
}
