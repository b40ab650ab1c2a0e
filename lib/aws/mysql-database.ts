import { DbEventSubscription } from '@cdktf/provider-aws/lib/db-event-subscription';
import { DbInstance, type DbInstanceConfig } from '@cdktf/provider-aws/lib/db-instance';
import { DbOptionGroup } from '@cdktf/provider-aws/lib/db-option-group';
import { DbParameterGroup } from '@cdktf/provider-aws/lib/db-parameter-group';
import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Construct, type IConstruct } from 'constructs';
import { SecretRef, hostViolations, isToken, jdbcParameters, refuse } from '../core';
import { Connections, type IConnectable } from './connections';
import { EncryptionKey, type IEncryptionKey } from './encryption-key';
import type { IGrantable } from './grants';
import { LogGroup, logsPrincipal } from './log-group';
import { hasInsights } from './mysql-instance-classes';
import {
  type CompletedMySqlOptions,
  type MySqlOptions,
  completed,
  mySqlViolations,
  parametersOf,
} from './mysql-options';
import type { INetwork } from './network';
import { type Credentials, grantReadSecret } from './secret';
import { ServiceRole } from './service-role';

/** The log files that RDS can export; the audit log comes from the plugin of our option group. */
const LOG_TYPES = ['audit', 'error', 'slowquery'] as const;
/** The certificate authority whose certificates live until 2061. @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html */
const CERTIFICATE_AUTHORITY = 'rds-ca-rsa2048-g1';
const DEFAULT_PORT = 3306;
const MONITORING_INTERVAL_SECONDS = 60;
/**
 * What a gp3 disk has from this size on, and RDS takes no less. Said aloud, because the provider sends along what a smaller
 * disk had when it grows.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html#gp3-storage
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/28382
 */
const STRIPED = { fromGiB: 400, performance: { iops: 12_000, storageThroughput: 500 } } as const;
/** Included in the price. */
const INSIGHTS_RETENTION_DAYS = 7;

/** Where a database listens. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** A MySQL server that catalogs, the metastore and the audit log use. */
export interface IMySqlDatabase extends IConstruct, IConnectable {
  readonly endpoint: Endpoint;
  /** The administrator, who makes the databases and users of everybody else. */
  readonly credentials: Credentials;
  /**
   * `jdbc:mysql://host:3306/<database>?sslMode=REQUIRED`.
   * @param database name of the database @default - none, as Trino's connector wants it
   * @param parameters Connector/J's, as they are: they are encoded here; `sslMode: 'VERIFY_IDENTITY'` needs a trust store with the authority of RDS
   * @see https://dev.mysql.com/doc/connector-j/en/connector-j-connp-props-security.html
   */
  jdbcUrl(database?: string, parameters?: Readonly<Record<string, string>>): string;
  /** May read the administrator's password, decryption included. */
  grantReadCredentials(grantee: IGrantable): void;
}

/** What has to be known of a database that exists already. */
export interface MySqlDatabaseAttributes {
  readonly host: string;
  /** @default 3306 */
  readonly port?: number;
  readonly securityGroupId: string;
  readonly credentials: Credentials;
  /** Encrypts the secret of the credentials. @default - the key that AWS manages, which needs no grant */
  readonly credentialsKey?: IEncryptionKey;
}

/** The options of a database, with its network, its key and who hears of its events. */
export interface MySqlDatabaseProps extends MySqlOptions {
  /** Its data subnets take the database. */
  readonly network: INetwork;
  /**
   * Encrypts storage, logs, insights and the administrator's password; its policy lets CloudWatch Logs use it.
   * @default - a key of the database's own
   */
  readonly encryptionKey?: IEncryptionKey;
  /** SNS topic that hears of failures, maintenance and changes. @default - nobody is told */
  readonly eventTopicArn?: string;
}

abstract class MySqlDatabaseBase extends Construct implements IMySqlDatabase {
  public abstract readonly endpoint: Endpoint;
  public abstract readonly credentials: Credentials;
  public abstract readonly connections: Connections;
  protected abstract readonly credentialsKey: IEncryptionKey | undefined;

  public jdbcUrl(database = '', parameters: Readonly<Record<string, string>> = {}): string {
    const { host, port } = this.endpoint;
    return `jdbc:mysql://${host}:${port}/${database}?${jdbcParameters({ sslMode: 'REQUIRED', ...parameters })}`;
  }

  public grantReadCredentials(grantee: IGrantable): void {
    grantReadSecret(this, grantee, this.credentials.password.secret, this.credentialsKey);
  }
}

/**
 * RDS for MySQL 8.4 in the data subnets: multi-AZ, TLS only, encrypted with a key of ours, audited, backed up to the
 * minute. AWS makes and rotates the administrator's password; no plan and no state ever holds it.
 */
export class MySqlDatabase extends MySqlDatabaseBase {
  public readonly endpoint: Endpoint;
  public readonly credentials: Credentials;
  public readonly connections: Connections;
  /** For backups. */
  public readonly instanceArn: string;
  protected readonly credentialsKey: IEncryptionKey;

  /** @throws ConfigError with every violation of `mySqlViolations` */
  public constructor(scope: Construct, id: string, props: MySqlDatabaseProps) {
    super(scope, id);
    refuse(this.node.path, mySqlViolations(props));
    const options = completed(props);
    this.credentialsKey = props.encryptionKey ?? this.addKey(options.name, options.retain);
    const group = this.addSecurityGroup(options.name, props.network.vpcId);
    const instance = this.addInstance(options, props.network, group);
    if (props.eventTopicArn !== undefined) this.subscribe(options.name, props.eventTopicArn, instance);
    this.endpoint = { host: instance.address, port: options.port };
    this.credentials = { username: options.adminUser, password: passwordOf(instance) };
    this.connections = new Connections({ scope: this, securityGroupId: group.id, defaultPort: options.port });
    this.instanceArn = instance.arn;
  }

  /** A database that exists already, made by whatever means. @throws ConfigError when the host is more than a name, or none */
  public static fromAttributes(scope: Construct, id: string, attributes: MySqlDatabaseAttributes): IMySqlDatabase {
    return new ImportedMySqlDatabase(scope, id, attributes);
  }

  private addInstance(options: CompletedMySqlOptions, network: INetwork, group: SecurityGroup): DbInstance {
    const { keyArn } = this.credentialsKey;
    const monitoring = this.addMonitoringRole(options.name);
    return new DbInstance(this, 'Resource', {
      ...engine(options),
      ...storage(options, keyArn),
      ...backups(options),
      ...insights(options.instanceClass, keyArn),
      ...access(options, keyArn),
      enabledCloudwatchLogsExports: [...LOG_TYPES],
      monitoringInterval: MONITORING_INTERVAL_SECONDS,
      monitoringRoleArn: monitoring.roleArn,
      identifier: options.name,
      instanceClass: options.instanceClass,
      multiAz: options.multiAz,
      dbSubnetGroupName: this.addSubnetGroup(options.name, network).name,
      vpcSecurityGroupIds: [group.id],
      parameterGroupName: this.addParameterGroup(options).name,
      optionGroupName: this.addOptionGroup(options).name,
      applyImmediately: options.applyImmediately,
      lifecycle: { preventDestroy: options.retain },
      dependsOn: [...this.addLogGroups(options, this.credentialsKey), ...monitoring.attachments],
    });
  }

  private addKey(name: string, retain: boolean): IEncryptionKey {
    const services = [logsPrincipal(this)];
    return new EncryptionKey(this, 'Key', { name: `${name}-mysql`, description: 'a MySQL database', services, retain });
  }

  /** Without a rule of its own: those who come in bring theirs, and a database calls nobody. */
  private addSecurityGroup(name: string, vpcId: string): SecurityGroup {
    return new SecurityGroup(this, 'SecurityGroup', {
      name: `${name}-mysql`,
      description: 'MySQL database',
      vpcId,
      // Rules of stacks that are deployed later name it, and AWS deletes no group that a rule names.
      revokeRulesOnDelete: true,
    });
  }

  private addSubnetGroup(name: string, network: INetwork): DbSubnetGroup {
    return new DbSubnetGroup(this, 'Subnets', {
      name,
      description: 'Data subnets, one of each zone',
      subnetIds: [...network.dataSubnetIds],
    });
  }

  private addParameterGroup(options: CompletedMySqlOptions): DbParameterGroup {
    const { name } = options;
    return new DbParameterGroup(this, 'Parameters', {
      name,
      family: 'mysql8.4',
      description: 'TLS, UTF-8, UTC',
      parameter: [...parametersOf(options)],
    });
  }

  /**
   * The audit plugin. A snapshot keeps its option group in use, so that group outlives a database that leaves one.
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.MySQL.Options.AuditPlugin.html
   */
  private addOptionGroup({ name, retain }: CompletedMySqlOptions): DbOptionGroup {
    const events = { name: 'SERVER_AUDIT_EVENTS', value: 'CONNECT,QUERY_DDL,QUERY_DCL' };
    return new DbOptionGroup(this, 'Options', {
      name,
      engineName: 'mysql',
      majorEngineVersion: '8.4',
      optionGroupDescription: 'Audit log of connections and of changes to tables and rights',
      option: [{ optionName: 'MARIADB_AUDIT_PLUGIN', optionSettings: [events] }],
      skipDestroy: retain,
    });
  }

  private addLogGroups(options: CompletedMySqlOptions, encryptionKey: IEncryptionKey): LogGroup['resource'][] {
    return LOG_TYPES.map((type) => {
      const name = `/aws/rds/instance/${options.name}/${type}`;
      const retentionDays = options.logRetentionDays;
      return new LogGroup(this, `Log-${type}`, { name, encryptionKey, retentionDays }).resource;
    });
  }

  /** RDS checks the role's permissions: they come first. @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html */
  private addMonitoringRole(name: string): ServiceRole {
    return new ServiceRole(this, 'MonitoringRole', {
      name: `${name}-mysql-monitoring`,
      service: 'monitoring.rds.amazonaws.com',
      managedPolicies: ['service-role/AmazonRDSEnhancedMonitoringRole'],
    });
  }

  /** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html */
  private subscribe(name: string, snsTopic: string, instance: DbInstance): void {
    new DbEventSubscription(this, 'Events', {
      name,
      snsTopic,
      sourceType: 'db-instance',
      sourceIds: [instance.identifier],
      eventCategories: ['configuration change', 'failover', 'failure', 'low storage', 'maintenance'],
    });
  }
}

class ImportedMySqlDatabase extends MySqlDatabaseBase {
  public readonly endpoint: Endpoint;
  public readonly credentials: Credentials;
  public readonly connections: Connections;
  protected readonly credentialsKey: IEncryptionKey | undefined;

  public constructor(scope: Construct, id: string, attributes: MySqlDatabaseAttributes) {
    super(scope, id);
    const { host, port = DEFAULT_PORT, securityGroupId, credentials, credentialsKey } = attributes;
    refuse(this.node.path, hostViolations(host));
    this.endpoint = { host, port };
    this.credentials = credentials;
    this.credentialsKey = credentialsKey;
    this.connections = new Connections({ scope: this, securityGroupId, defaultPort: port });
  }
}

/** Upgrades by AWS only where the version leaves room for them: see `MySqlOptions.version`. */
function engine({ version }: CompletedMySqlOptions): Partial<DbInstanceConfig> {
  const autoMinorVersionUpgrade = !isToken(version) && version.split('.').length < 3;
  return { engine: 'mysql', engineVersion: version, autoMinorVersionUpgrade, allowMajorVersionUpgrade: false };
}

/** With a maximum, the provider ignores by itself that RDS has grown the disk. */
function storage(options: CompletedMySqlOptions, kmsKeyId: string): Partial<DbInstanceConfig> {
  const { storageGiB: allocatedStorage, maxStorageGiB: maxAllocatedStorage } = options;
  return {
    storageType: 'gp3',
    allocatedStorage,
    maxAllocatedStorage,
    ...(allocatedStorage < STRIPED.fromGiB ? {} : STRIPED.performance),
    storageEncrypted: true,
    kmsKeyId,
  };
}

function backups({ name, retain, ...options }: CompletedMySqlOptions): Partial<DbInstanceConfig> {
  return {
    backupRetentionPeriod: options.backupRetentionDays,
    backupWindow: options.backupWindow,
    maintenanceWindow: options.maintenanceWindow,
    copyTagsToSnapshot: true,
    deletionProtection: retain,
    deleteAutomatedBackups: !retain,
    skipFinalSnapshot: !retain,
    ...(retain ? { finalSnapshotIdentifier: `${name}-final` } : {}),
  };
}

function insights(instanceClass: string, performanceInsightsKmsKeyId: string): Partial<DbInstanceConfig> {
  if (!hasInsights(instanceClass)) return { performanceInsightsEnabled: false };
  return {
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId,
    performanceInsightsRetentionPeriod: INSIGHTS_RETENTION_DAYS,
  };
}

/** How one gets in: from the VPC, over TLS, with a password that AWS makes. */
function access(
  { port, adminUser }: CompletedMySqlOptions,
  masterUserSecretKmsKeyId: string,
): Partial<DbInstanceConfig> {
  return {
    port,
    publiclyAccessible: false,
    caCertIdentifier: CERTIFICATE_AUTHORITY,
    username: adminUser,
    manageMasterUserPassword: true,
    masterUserSecretKmsKeyId,
    iamDatabaseAuthenticationEnabled: true,
  };
}

/** RDS keeps the administrator's password as JSON with `username` and `password`. */
function passwordOf(instance: DbInstance): SecretRef {
  return SecretRef.of(instance.masterUserSecret.get(0).secretArn, 'password');
}
