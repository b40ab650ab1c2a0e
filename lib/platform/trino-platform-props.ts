import type { ICluster, IConnectable, IExchangeBucket, Placement } from '../aws';
import type { ICatalog } from '../catalogs';
import type { Cpu, DataSize } from '../core';
import type { ITerraformDependable } from 'cdktf';
import type { IPrometheus, ISecretStore } from '../kubernetes';
import type {
  Capacity,
  ClientTls,
  FaultTolerancePolicy,
  ImageProps,
  NodeMemoryPolicy,
  NodeShape,
  TrinoOptions,
} from '../trino';
import type { IngressOptions } from './ingress';

/** Nodes that are alike: a `NodePool`, or what is known of somebody else's. */
export interface PlatformNodes {
  /** Puts pods onto them. */
  readonly placement: Placement;
  /** What pods can have of one node. */
  readonly capacityPerNode: NodeShape;
  /** As many of them as there can be. @default - not known: nobody asks whether all workers find room */
  readonly maxSize?: number;
}

/** The pods of a role. */
export interface PlatformRole {
  /** Where they run. */
  readonly nodes: PlatformNodes;
  /** The pod's memory. @default - all of a node, less what daemon sets take */
  readonly memory?: DataSize;
  /** The pod's CPU request. @default - all of a node, less what daemon sets take */
  readonly cpu?: Cpu;
  /** How the pod's memory is divided. @default - see `NodeMemoryPolicy` */
  readonly memoryPolicy?: NodeMemoryPolicy;
}

/** The pods of the workers: how many, on which capacity, and how strictly zones share them. */
export interface PlatformWorkers extends PlatformRole {
  /** Workers that always run. */
  readonly min: number;
  readonly max: number;
  /** How their nodes are bought; on spot, something must be retried: `faultTolerance`. @default 'on-demand' */
  readonly capacity?: Capacity;
  /**
   * Whether a worker waits rather than lands in a zone that has one more already. Every zone must then always have a node
   * for workers: the cluster autoscaler never adds the first one of a zone for such a worker.
   * @default false
   */
  readonly strictZones?: boolean;
}

/** What is retried when a worker is lost; where data is exchanged follows from `exchange`. */
export type RetryOptions = Partial<Omit<FaultTolerancePolicy, 'exchange'>>;

/** What a person decides about a platform: the model's options, and those that only a cluster knows. */
export interface TrinoPlatformOptions extends Omit<TrinoOptions, 'faultTolerance'> {
  /** @default - tasks are retried where there is an `exchange`, nothing where there is none */
  readonly faultTolerance?: RetryOptions;
  /**
   * An address inside of the VPC with TLS: an internal load balancer. The cluster must run the AWS Load Balancer
   * Controller, and keep it for a while when the ingress is taken out.
   * @default - only pods of the cluster reach Trino, at its Service: over plain HTTP, or by `clientTls`
   */
  readonly ingress?: IngressOptions;
  /** @default - the official image of the release */
  readonly image?: ImageProps;
}

/** The options of a platform, with its names, the cluster it runs on and the nodes of each role. */
export interface TrinoPlatformProps extends TrinoPlatformOptions {
  /** First part of physical names: `acme-dev`. */
  readonly name: string;
  /** Name inside of the cluster: of the namespace, the Helm release and the service account. @default 'trino' */
  readonly instance?: string;
  readonly cluster: ICluster;
  /** The AWS region of the cluster: `eu-west-1`. */
  readonly region: string;
  readonly coordinator: PlatformRole;
  readonly workers: PlatformWorkers;
  /** Brings secrets to the pods. */
  readonly secretStore: ISecretStore;
  /** More can be added later. @default - none */
  readonly catalogs?: readonly ICatalog[];
  /** Where tasks leave their output for each other. @default - workers hand it on directly, and nothing is retried by task */
  readonly exchange?: IExchangeBucket;
  /**
   * Scrapes the nodes; workers are then scaled by queries, for which the cluster must run KEDA.
   * @default - nobody scrapes, and workers are scaled by CPU alone
   */
  readonly prometheus?: IPrometheus;
  /**
   * The database of `audit`, where its security group is known: by its port, no other address is reached then.
   * @default - any address is, by the port of `audit`
   */
  readonly auditDatabase?: IConnectable;
  /** Where TLS ends, without `ingress`. @default - nowhere: plain HTTP */
  readonly clientTls?: ClientTls;
  /** What must be in the cluster first: KEDA, the load balancer controller. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}
