import type { Cpu, DataSize, SecretRef } from '../../core';
import type { AccessControl, OperationUsers } from '../access-control';
import type { AuditProps } from '../audit';
import type { Authentication } from '../authentication';
import type { CatalogConfig } from '../catalog-config';
import type { ImageProps, RolePods, SecretNames, TrinoChartPlan, WorkerPods } from '../chart-values';
import type { ClientTls } from '../client-tls';
import type { DrainPlan, DrainPolicy } from '../drain';
import type { Capacity, FaultTolerancePlan, FaultTolerancePolicy } from '../fault-tolerance';
import type { MemoryPlan, NodeMemoryPolicy, QueryMemory } from '../memory';
import type { Caution, Reason } from '../policy';
import type { QueryLimits, QueryLimitsPlan } from '../query-limits';
import type { TrinoRelease } from '../release';
import type { ResourceGroups } from '../resource-groups';
import type { CpuScalingPlan, ScalingPlan, ScalingPolicy } from '../scaling';
import type { ExtraProperties, LogLevel } from '../server-config';
import type { SessionDefault } from '../session-default';
import type { SpillPlan, SpillPolicy } from '../spill';

/** What one node can give to pods. */
export interface NodeShape {
  readonly memory: DataSize;
  readonly cpu: Cpu;
  readonly ephemeralStorage: DataSize;
}

/** The pods of a role on the nodes that they get. */
export interface RoleDefinition {
  /** A node of the role's pool. */
  readonly node: NodeShape;
  /** The pod's memory. @default - all of a node, less what daemon sets take (`DAEMON_SET_SHARE`) */
  readonly memory?: DataSize;
  /** The pod's CPU request. @default - all of a node, less what daemon sets take */
  readonly cpu?: Cpu;
  readonly memoryPolicy?: NodeMemoryPolicy;
}

/** The pods of the workers, how many there may be, and how their nodes are bought. */
export interface WorkersDefinition extends RoleDefinition {
  /** Workers that always run. */
  readonly min: number;
  readonly max: number;
  /** @default 'on-demand' */
  readonly capacity?: Capacity;
}

/** What a person decides about a Trino cluster; the arithmetic is `planTrino`'s. Every part has a default that works. */
export interface TrinoOptions {
  /** @default TrinoRelease.DEFAULT */
  readonly release?: TrinoRelease;
  /** @default - one hour and 100 GiB a query */
  readonly limits?: QueryLimits;
  /** `query.max-memory` and `query.max-total-memory`. @default - from the largest number of workers */
  readonly memory?: QueryMemory;
  /** @default - nothing is retried */
  readonly faultTolerance?: FaultTolerancePolicy;
  /** @default - queries that do not fit into memory fail */
  readonly spill?: SpillPolicy;
  /** @default - derived from the query limit */
  readonly drain?: DrainPolicy;
  /** When workers come and go: by queries where Prometheus is known, else by CPU alone. @default - see `ScalingPolicy` */
  readonly scaling?: Omit<ScalingPolicy, 'min' | 'max'>;
  /** @default DEFAULT_RESOURCE_GROUPS: ETL 40, BI 20, ad hoc 10 per cent */
  readonly resourceGroups?: ResourceGroups;
  /** @default - none */
  readonly sessionDefaults?: readonly SessionDefault[];
  /** @default - every user name is believed */
  readonly authentication?: Authentication;
  /** @default - everybody may do everything but impersonate and shut down */
  readonly accessControl?: AccessControl;
  /** @default - no query is kept */
  readonly audit?: AuditProps;
  /** @default - none but `io.trino=INFO` */
  readonly logLevels?: Readonly<Record<string, LogLevel>>;
  /** Lines for `config.properties` that have no option of their own. @default - none */
  readonly extraProperties?: ExtraProperties;
  /** A volume for the JVM's dump when its heap is full, larger than the heap. @default - no dump */
  readonly heapDumps?: DataSize;
  /** Merged over the chart's values at last, at one's own risk. @default - none */
  readonly extraValues?: object;
}

/** Options with the surroundings that a platform, or a laptop, gives them. */
export interface TrinoDefinition extends TrinoOptions {
  /** Name of the Helm release and of everything in it: `trino`. */
  readonly name: string;
  /** `node.environment`: small letters, digits and `_`. */
  readonly environment: string;
  readonly coordinator: RoleDefinition;
  readonly workers: WorkersDefinition;
  readonly catalogs: readonly NamedCatalog[];
  readonly clientTls: ClientTls;
  readonly sharedSecret: SecretRef;
  /** Where Prometheus answers, for scaling by queries. @default - workers are scaled by CPU alone */
  readonly prometheusUrl?: string;
  /** Labels of the coordinator's series in Prometheus. @default - none */
  readonly seriesLabels?: Readonly<Record<string, string>>;
  /** Kubernetes Secrets that hold variables and files. */
  readonly secrets: SecretNames;
  readonly serviceAccount: string;
  /** Where pods go, besides their CPU request. @default - anywhere */
  readonly placement?: {
    readonly coordinator?: Omit<RolePods, 'cpu'>;
    readonly worker?: Omit<WorkerPods, 'cpu'>;
  };
  /** @default - the official image of the release */
  readonly image?: ImageProps;
}

/** A catalog under the name that queries use. */
export interface NamedCatalog {
  readonly name: string;
  readonly config: CatalogConfig;
}

/** Everything that follows from a definition. */
export interface TrinoPlan {
  readonly release: TrinoRelease;
  readonly memory: MemoryPlan;
  readonly limits: QueryLimitsPlan;
  readonly drain: DrainPlan;
  /** By queries; undefined where Prometheus is not known. */
  readonly scaling: ScalingPlan | undefined;
  /** By CPU alone; undefined where queries are counted, and where the number of workers never changes. */
  readonly cpuScaling: CpuScalingPlan | undefined;
  readonly spill: SpillPlan | undefined;
  readonly faultTolerance: FaultTolerancePlan | undefined;
  readonly users: OperationUsers;
  readonly chart: TrinoChartPlan;
  /** Why each number is what it is, part by part: `coordinator`, `worker`, `memory`, `drain`, … */
  readonly reasons: readonly { readonly part: string; readonly reasons: readonly Reason[] }[];
  /** What works but may surprise. */
  readonly cautions: readonly Caution[];
}
