import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { ICluster } from '../../aws/cluster';
import { Connections } from '../../aws/connections';
import type { IMySqlDatabase } from '../../aws/mysql-database';
import type { Placement } from '../../aws/node-pool';
import { refuse, type Violation } from '../../core';
import { authorityConfigMap, type DatabaseAuthority, RDS_AUTHORITY } from '../database-trust';
import type { ISecretStore } from '../external-secrets';
import { labelNameViolations } from '../names';
import type { INamespace } from '../namespace';
import { ANYWHERE, networkPolicy, TO_DNS, TO_HTTPS } from '../network-policy';
import { KubernetesObjects } from '../objects';
import { SecretDelivery } from '../secret-delivery';
import { ADMIN_PASSWORD, bootstrapJob, type BootstrapNames, connectionOf } from './job';
import { bootstrapSql, contentsViolations, type DatabaseContents, passwordVariable } from './sql';

/** The part of a bootstrap's definition that can be wrong. */
export interface DatabaseBootstrapOptions extends DatabaseContents {
  /** Name of its objects in the namespace. @default 'database-bootstrap' */
  readonly name?: string;
}

/** The databases and users to make, with the server that gets them and the cluster that runs the job. */
export interface DatabaseBootstrapProps extends DatabaseBootstrapOptions {
  readonly cluster: ICluster;
  readonly namespace: INamespace;
  readonly database: IMySqlDatabase;
  readonly secretStore: ISecretStore;
  /**
   * Raise it to run again although nothing else has changed: in a deployment after the one of new passwords, or when AWS
   * has put an empty server in the place of the old one. A whole number.
   * @default 1
   */
  readonly run?: number;
  /** Whom to believe that the database is what it says. @default - the authorities of RDS, as AWS publishes them */
  readonly databaseAuthority?: DatabaseAuthority;
  /** @default - any node without a taint */
  readonly placement?: Placement;
}

const NAME = 'database-bootstrap';
/** The names of its Secrets carry the number of the run, too. */
const LONGEST_NAME = 36;

/**
 * Databases and users of a MySQL server, made from inside of the cluster: nobody else reaches the server. It runs when
 * something of it changes, may run any number of times, and takes nothing away but rights that are no longer asked for.
 * Who uses a database or a user depends on `release`.
 */
export class DatabaseBootstrap extends Construct {
  /** For what connects as one of the users: the job has ended well. */
  public readonly release: ITerraformDependable;

  /** @throws ConfigError with every violation of `databaseBootstrapViolations` */
  public constructor(scope: Construct, id: string, props: DatabaseBootstrapProps) {
    super(scope, id);
    refuse(this.node.path, databaseBootstrapViolations(props));
    const { cluster, database, namespace, databaseAuthority: authority = RDS_AUTHORITY } = props;
    const { securityGroupId } = cluster.connections;
    const connections = new Connections({ scope: this, securityGroupId });
    database.connections.allowDefaultPortFrom({ connections }, 'databases and users');
    const passwords = this.deliverPasswords(props);
    const names = namesOf(props.name ?? NAME, passwords.variablesSecret);
    const sql = bootstrapSql(props);
    const connection = connectionOf(database);
    const job = bootstrapJob({ names, connection, authority, sql, users: props.users.length, ...jobOptions(props) });
    this.release = new KubernetesObjects(this, 'Objects', {
      releaseName: names.base,
      namespace,
      objects: [
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: names.configMap },
          data: { ...files(sql), ...connection },
        },
        authorityConfigMap(names.authorityConfigMap, authority),
        networkPolicy({
          name: names.base,
          pods: names.pods,
          egress: [TO_DNS, TO_HTTPS, { peer: ANYWHERE, ports: [database.endpoint.port] }],
        }),
        job,
      ],
      dependsOn: [passwords.ready],
    }).release;
  }

  private deliverPasswords(props: DatabaseBootstrapProps): SecretDelivery {
    const { secretStore: store, namespace, database, users, name = NAME, run = 1 } = props;
    const delivery = new SecretDelivery(this, 'Passwords', { store, namespace, name: ofRun(name, run) });
    delivery.addVariable({ name: ADMIN_PASSWORD, secret: database.credentials.password });
    users.forEach(({ password }, index) => {
      delivery.addVariable({ name: passwordVariable(index), secret: password });
    });
    return delivery;
  }
}

/** Everything that is wrong with a bootstrap's definition. */
export function databaseBootstrapViolations({
  name = NAME,
  ...contents
}: DatabaseBootstrapOptions): readonly Violation[] {
  return [...labelNameViolations('name', name, LONGEST_NAME), ...contentsViolations(contents)];
}

function namesOf(base: string, passwordSecret: string): BootstrapNames {
  return {
    base,
    passwordSecret,
    configMap: `${base}-sql`,
    authorityConfigMap: `${base}-authority`,
    pods: { 'app.kubernetes.io/name': base },
  };
}

/** Each run waits for a Secret of its own: in that of the run before, a new password may be minutes away. */
function ofRun(name: string, run: number): string {
  return run === 1 ? name : `${name}-${run}`;
}

function jobOptions({ run = 1, placement }: DatabaseBootstrapProps): { run: number; placement: Placement | undefined } {
  return { run, placement };
}

function files(sql: string): Record<string, string> {
  return { 'bootstrap.sql': sql, 'run.sh': readFileSync(join(__dirname, 'run.sh'), 'utf8') };
}
