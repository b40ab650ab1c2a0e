import { Annotations, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { Account } from '../../aws/account';
import type { ICluster } from '../../aws/cluster';
import { Connections, type IConnectable } from '../../aws/connections';
import type { ILakeBucket } from '../../aws/lake-bucket';
import type { IMySqlDatabase } from '../../aws/mysql-database';
import type { Placement } from '../../aws/node-pool';
import type { Credentials } from '../../aws/secret';
import { WorkloadRole } from '../../aws/workload-role';
import {
  Cpu,
  DataSize,
  matches,
  onePortViolations,
  physicalName,
  portsIn,
  refuse,
  rule,
  show,
  type Violation,
  violationsOf,
  wholeNumber,
  withDefaults,
} from '../../core';
import { authorityConfigMap, type DatabaseAuthority, RDS_AUTHORITY } from '../database-trust';
import type { ISecretStore } from '../external-secrets';
import { labelNameViolations } from '../names';
import type { INamespace } from '../namespace';
import { ANYWHERE, type NetworkPeer, networkPolicy, TO_AWS } from '../network-policy';
import { KubernetesObjects } from '../objects';
import type { ContainerSize } from '../pods';
import { SecretDelivery } from '../secret-delivery';
import { type MetastoreNames, namesOf } from './names';
import { configMap, deployment, disruptionBudget, schemaJob, service, serviceAccount } from './objects';
import { configurationFiles, type MetastorePod, TRUST_STORE } from './pod';
import { metastoreSite, PASSWORD_VARIABLE, THRIFT_PORT } from './site';
import { DEFAULT_HIVE_VERSION, hiveVersion, hiveVersionViolations } from './version';

/** A Hive Metastore, run by us or by others. */
export interface IHiveMetastore extends IConnectable {
  /** `thrift://host:9083`. */
  readonly thriftUri: string;
  /** Its release, `4.0.1`. */
  readonly version: string;
}

/** The part of a metastore's definition that can be wrong. */
export interface HiveMetastoreOptions {
  /** Name of its objects in the namespace. @default 'hive-metastore' */
  readonly name?: string;
  /** One of `HIVE_VERSIONS`. @default DEFAULT_HIVE_VERSION */
  readonly version?: string;
  /** At least 1; with one of them, a drained node interrupts. @default 2 */
  readonly replicas?: number;
  /** At least 1 GiB of memory. @default - 500m CPU, 2 GiB */
  readonly size?: ContainerSize;
  /** Where tables without a place of their own go, below the bucket. @default 'warehouse' */
  readonly prefix?: string;
  /**
   * An image of your own with everything in it, the production choice: `docker/hive-metastore/Dockerfile` makes one.
   * @default - a public image, completed from Maven Central when a pod starts, each file by its checksum
   */
  readonly image?: string;
  /** Where the default image's missing parts come from. @default - Maven Central */
  readonly mavenRepository?: string;
}

/** The options of a metastore, with where it runs, the database of its schema and the bucket of its tables. */
export interface HiveMetastoreProps extends HiveMetastoreOptions {
  readonly cluster: ICluster;
  /** First part of the role's name: `acme-dev`. */
  readonly environmentName: string;
  readonly namespace: INamespace;
  /** Holds the schema; `DatabaseBootstrap` makes the database and the user. */
  readonly database: IMySqlDatabase;
  /** Name of the database in it. @default 'metastore' */
  readonly databaseName?: string;
  /** The user of the schema: everything on that database, nothing else. */
  readonly credentials: Credentials;
  /** Brings the password. */
  readonly secretStore: ISecretStore;
  /** Where tables go: the metastore makes and removes their folders. */
  readonly warehouse: ILakeBucket;
  /** Who may ask it: no other pod reaches its port. */
  readonly clients: readonly NetworkPeer[];
  /** Whom to believe that the database is what it says. @default - the authorities of RDS, as AWS publishes them */
  readonly databaseAuthority?: DatabaseAuthority;
  /**
   * Raise it to make the schema again although nothing else has changed, as when AWS has put an empty server in the place
   * of the old one. A whole number.
   * @default 1
   */
  readonly run?: number;
  /** @default - any node without a taint */
  readonly placement?: Placement;
  /** What must be there first, besides namespace and store: the database and its user. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

const DEFAULTS = {
  name: 'hive-metastore',
  version: DEFAULT_HIVE_VERSION,
  replicas: 2,
  size: { cpu: Cpu.millis(500), memory: DataSize.gib(2) },
  prefix: 'warehouse',
  databaseName: 'metastore',
} as const;
const LEAST_MEMORY = DataSize.gib(1);
/** Hive's own tables; apart from all others, because Hive removes their files. */
const MANAGED = 'managed';

/**
 * A Hive Metastore in the cluster: stateless replicas in front of a MySQL schema, which a job brings up to date before
 * they start. The connection to the database is encrypted and the server's certificate and name are verified; the
 * password comes as a variable; S3 is read with the pods' own role; only the named clients reach it.
 * @see https://hive.apache.org/docs/latest/adminmanual-metastore-3-0-administration_75978150/
 */
export class HiveMetastore extends Construct implements IHiveMetastore {
  public readonly thriftUri: string;
  public readonly version: string;
  public readonly connections: Connections;
  /** For what must not start before the metastore answers. */
  public readonly release: ITerraformDependable;

  /** @throws ConfigError with every violation of `hiveMetastoreViolations` */
  public constructor(scope: Construct, id: string, props: HiveMetastoreProps) {
    super(scope, id);
    refuse(this.node.path, hiveMetastoreViolations(props));
    const all = withDefaults(DEFAULTS, props);
    const names = namesOf(all.name);
    this.version = all.version;
    this.thriftUri = `thrift://${names.base}.${props.namespace.name}.svc:${THRIFT_PORT}`;
    this.connections = this.connect(props);
    const role = this.addRole(props, names);
    const password = this.deliverPassword(props, names);
    const pod = this.pod(props, names, password.variablesSecret);
    this.warnOf(pod);
    const schema = this.addSchema(props, pod, [role.association, password.ready, ...(props.dependsOn ?? [])]);
    this.release = new KubernetesObjects(this, 'Servers', {
      releaseName: names.base,
      namespace: props.namespace,
      objects: [deployment(pod, all.replicas), service(names), disruptionBudget(names)],
      dependsOn: [schema],
    }).release;
  }

  /**
   * A metastore that exists already.
   * @param thriftUri `thrift://host:9083`; of several, joined by commas, the port is the same one
   * @param securityGroupId the group that lets clients in, by that port
   * @throws ConfigError when the addresses have different ports
   */
  public static fromUri(
    scope: Construct,
    thriftUri: string,
    securityGroupId: string,
    version = DEFAULT_HIVE_VERSION,
  ): IHiveMetastore {
    refuse('HiveMetastore.fromUri', onePortViolations('thriftUri', thriftUri));
    const defaultPort = portsIn(thriftUri)[0] ?? THRIFT_PORT;
    return { thriftUri, version, connections: new Connections({ scope, securityGroupId, defaultPort }) };
  }

  /** The pods have the group of their nodes; what they reach is asked for in this scope, not in the cluster's. */
  private connect({ cluster, database }: HiveMetastoreProps): Connections {
    const { securityGroupId } = cluster.connections;
    const connections = new Connections({ scope: this, securityGroupId, defaultPort: THRIFT_PORT });
    database.connections.allowDefaultPortFrom({ connections }, 'Hive Metastore');
    return connections;
  }

  private addRole(props: HiveMetastoreProps, { base }: MetastoreNames): WorkloadRole {
    const role = new WorkloadRole(this, 'Role', {
      cluster: props.cluster,
      namespace: props.namespace.name,
      serviceAccount: base,
      name: physicalName(props.environmentName, base),
    });
    props.warehouse.grantReadWrite(role);
    return role;
  }

  private deliverPassword(props: HiveMetastoreProps, { base }: MetastoreNames): SecretDelivery {
    const { secretStore: store, namespace, credentials } = props;
    const delivery = new SecretDelivery(this, 'Password', { store, namespace, name: base });
    delivery.addVariable({ name: PASSWORD_VARIABLE, secret: credentials.password });
    return delivery;
  }

  private pod(props: HiveMetastoreProps, names: MetastoreNames, passwordSecret: string): MetastorePod {
    const all = withDefaults(DEFAULTS, props);
    return {
      names,
      passwordSecret,
      hive: hiveVersion(all.version),
      image: props.image,
      mavenRepository: props.mavenRepository,
      authority: props.databaseAuthority ?? RDS_AUTHORITY,
      size: all.size,
      placement: props.placement,
    };
  }

  private warnOf({ hive, image }: MetastorePod): void {
    if (hive.caution === undefined || image !== undefined) return;
    Annotations.of(this).addWarning(`${this.node.path}: Hive ${hive.version}: ${hive.caution}`);
  }

  private addSchema(
    props: HiveMetastoreProps,
    pod: MetastorePod,
    dependsOn: readonly ITerraformDependable[],
  ): ITerraformDependable {
    const { names, hive, authority } = pod;
    return new KubernetesObjects(this, 'Schema', {
      releaseName: `${names.base}-schema`,
      namespace: props.namespace,
      objects: [
        serviceAccount(names),
        configMap(names, configurationFiles(this.site(props), hive)),
        authorityConfigMap(names.authorityConfigMap, authority),
        this.network(props, names),
        schemaJob(pod, props.run ?? 1),
      ],
      dependsOn,
    }).release;
  }

  private site(props: HiveMetastoreProps): string {
    const { databaseName, prefix } = withDefaults(DEFAULTS, props);
    return metastoreSite({
      jdbcUrl: props.database.jdbcUrl(databaseName, { sslMode: 'VERIFY_IDENTITY', ...TRUST_STORE }),
      username: props.credentials.username,
      managedWarehouse: props.warehouse.uri(MANAGED),
      externalWarehouse: props.warehouse.uri(prefix),
      region: Account.of(this).region,
    });
  }

  private network({ clients, database }: HiveMetastoreProps, names: MetastoreNames): NetworkObject {
    return networkPolicy({
      name: names.base,
      pods: names.allPods,
      ingress: clients.map((peer) => ({ peer, ports: [THRIFT_PORT] })),
      egress: [...TO_AWS, { peer: ANYWHERE, ports: [database.endpoint.port] }],
    });
  }
}

type NetworkObject = ReturnType<typeof networkPolicy>;

/** Everything that is wrong with a metastore's definition. */
export function hiveMetastoreViolations(options: HiveMetastoreOptions): readonly Violation[] {
  return violationsOf(withDefaults(DEFAULTS, options), [
    ({ name }) => labelNameViolations('name', name, 40),
    ({ version }) => hiveVersionViolations(version),
    ({ replicas }) => wholeNumber('replicas', replicas, { from: 1 }, 'use 2'),
    rule(
      ({ size }) => !size.memory.isLessThan(LEAST_MEMORY),
      ({ size }) => ({
        path: 'size.memory',
        got: show(size.memory),
        allowed: `at least ${LEAST_MEMORY}`,
        fix: 'leave it out for 2 GiB',
      }),
    ),
    rule(
      ({ prefix }) => matches(/^[\w.-]+(\/[\w.-]+)*$/, prefix) && prefix.split('/')[0] !== MANAGED,
      ({ prefix }) => ({
        path: 'prefix',
        got: show(prefix),
        allowed: `a path of letters, digits and ._- outside of '${MANAGED}', which is Hive's own`,
        fix: "use 'warehouse'",
      }),
    ),
  ]);
}
