import type { BackupsOptions } from '../lib/aws/backups';
import type { EksClusterOptions } from '../lib/aws/eks-cluster-options';
import type { ExchangeBucketOptions } from '../lib/aws/exchange-bucket';
import type { KafkaOptions } from '../lib/aws/kafka-options';
import type { LakeBucketOptions } from '../lib/aws/lake-bucket';
import type { MySqlOptions } from '../lib/aws/mysql-options';
import type { NetworkOptions } from '../lib/aws/network';
import type { NodePoolOptions } from '../lib/aws/node-pool-options';
import type { ICatalog } from '../lib/catalogs';
import type { PlatformRole, PlatformWorkers, RetryOptions, TrinoPlatformOptions } from '../lib/platform';
import type { HiveMetastoreOptions } from '../lib/kubernetes/hive-metastore';
import type { PrometheusOptions } from '../lib/kubernetes/prometheus';
import type { ExistingPrometheus } from './monitoring';
import type { Sources } from './sources';

/** What an environment says of one of its parts: names and protection follow from the environment. */
type Part<Options> = Omit<Options, 'name' | 'retain'>;

/** An environment as plain data: everything that its stacks are made of. */
export interface EnvironmentConfig {
  /** First word of every physical name; names of buckets are unique in the world. Small letters, digits, hyphens. */
  readonly organization: string;
  /** `eu-west-1`. */
  readonly region: string;
  /** The 12 digits of the only account that Terraform may touch. @default - whichever account the credentials belong to */
  readonly accountId?: string;
  /** Where Terraform keeps its state: the bucket that `bootstrap-<environment>` makes. */
  readonly state: { readonly bucket: string };
  /**
   * Protect what holds data, and the network below it, from being destroyed, in Terraform and in AWS. Switching it off
   * takes a second edit: `dataLossAccepted`.
   * @default true
   */
  readonly retainData?: boolean;
  /** The environment's own name, as a second signature under `retainData: false`. @default - nobody has accepted it */
  readonly dataLossAccepted?: string;
  /**
   * Tags of every resource, nodes among them: a change replaces every node, which docs/operations.md says how to go
   * about.
   * @default - Environment, Layer and ManagedBy only
   */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default - three zones in 10.0.0.0/16, a NAT gateway in each */
  readonly network?: NetworkOptions;
  /** Where tables live. @default - old versions kept for 30 days */
  readonly lake?: Part<LakeBucketOptions>;
  /** Where fault-tolerant execution exchanges data. @default - objects expire after a day */
  readonly exchange?: Part<ExchangeBucketOptions>;
  /** The database of the metastore, the audit log and the products. @default - none is made, nor a metastore */
  readonly mysql?: Part<MySqlOptions>;
  /**
   * How the database is backed up, besides RDS's own snapshots. Written, if only as `{}`, when `retainData` becomes false:
   * a vault that leaves the definition in the same edit cannot be deleted.
   * @default - with `retainData` daily for 35 days and monthly for a year, else not at all
   */
  readonly backups?: Part<BackupsOptions>;
  /** How the metastore runs, which stands before `mysql`. @default - two replicas of a public image */
  readonly metastore?: Part<HiveMetastoreOptions>;
  /** Databases of products in MySQL, made if need be, that queries may read. @default - none */
  readonly databases?: readonly string[];
  /**
   * Brokers for catalogs to read. With `retainData`, brokers whose section is taken out stay in AWS, and Terraform forgets
   * them.
   * @default - none are made
   */
  readonly kafka?: Part<KafkaOptions>;
  /**
   * Raise it to run the jobs again that make databases, users, the metastore's schema and topics: with another server
   * behind the same definition. A whole number from 1.
   * @default 1
   */
  readonly jobRun?: number;
  readonly cluster: EksClusterOptions;
  readonly nodePools: NodePools;
  /** Prometheus and Grafana, by whose series workers are scaled. @default - ours, ten days and 50 GiB */
  readonly monitoring?: PrometheusOptions | ExistingPrometheus;
  readonly trino: TrinoConfig;
  /** What can be queried, made of what the environment declares. */
  readonly catalogs: (sources: Sources) => readonly ICatalog[];
}

/**
 * Trino, but for what follows from the environment: names, cluster, nodes, exchange, region. Queries are recorded in
 * MySQL, where there is one and `audit` names no other place.
 */
export interface TrinoConfig extends Omit<TrinoPlatformOptions, 'faultTolerance'> {
  /** Tasks that are retried exchange their data in the environment's bucket. @default - nothing is retried */
  readonly faultTolerance?: RetryOptions;
  /** @default - one pod on a node of the pool `coordinator` */
  readonly coordinator?: Omit<PlatformRole, 'nodes'>;
  /** On nodes of the pool `workers`. */
  readonly workers: Omit<PlatformWorkers, 'nodes' | 'capacity'>;
}

/**
 * Pools by name: three that the platform is placed on, and as many others as you like. Nodes of the coordinator and of
 * the workers take no other pods, unless their `taints` say otherwise.
 */
export interface NodePools extends Readonly<Record<string, NodePoolOptions>> {
  /** Controllers, metastore, monitoring: always there, never tainted. */
  readonly system: NodePoolOptions;
  /** The one coordinator: on demand, because its loss ends every query. */
  readonly coordinator: NodePoolOptions;
  readonly workers: NodePoolOptions;
}
