import type { Cpu, DataSize } from '../../core';
import type { RenderedCatalog } from '../catalog-config';
import type { DrainPlan } from '../drain';
import type { FaultTolerancePlan } from '../fault-tolerance';
import type { MemoryPlan } from '../memory';
import type { QueryLimitsPlan } from '../query-limits';
import type { TrinoRelease } from '../release';
import type { ResourceGroups } from '../resource-groups';
import type { ScalingBehavior, ScalingPlan } from '../scaling';
import type { ServerSettings } from '../server-config';
import type { SessionDefault } from '../session-default';
import type { SpillPlan } from '../spill';
import type { PodSpecPart, TextMap } from './values';

/** Who owns the number of workers. There is always exactly one owner: what scales, or this number. */
export type WorkerCount =
  /** KEDA, by the coordinator's own metrics. */
  | { readonly by: 'keda'; readonly plan: ScalingPlan }
  /** The chart's autoscaler, by CPU alone: a heap gives nothing back, so memory would only ever scale up. */
  | {
      readonly by: 'cpu';
      readonly min: number;
      readonly max: number;
      /** In per cent of the request. */
      readonly utilization: number;
      /** @default - that of Kubernetes, which knows nothing of drains */
      readonly behavior?: ScalingBehavior;
    }
  | { readonly by: 'number'; readonly count: number };

/** How the pods of a role are run; their memory is in the memory plan. */
export interface RolePods {
  /** Request; pods may use more when the node has it. */
  readonly cpu: Cpu;
  readonly nodeSelector?: TextMap;
  readonly tolerations?: readonly PodSpecPart[];
  /** The class must exist before the release. */
  readonly priorityClassName?: string;
}

/** How the pods of workers are run: they are spread over zones, too. */
export interface WorkerPods extends RolePods {
  /** Zones over which workers are spread. @default - wherever there is room */
  readonly zones?: number;
  /** Whether a worker waits rather than lands in the wrong zone. @default false */
  readonly strictZones?: boolean;
}

/** The container image, and how nodes may pull it. */
export interface ImageProps {
  /** A mirror: `123456789012.dkr.ecr.eu-west-1.amazonaws.com`. @default - Docker Hub */
  readonly registry?: string;
  /** @default 'trinodb/trino' */
  readonly repository?: string;
  /** @default - the release */
  readonly tag?: string;
  /** `sha256:…`; it goes before the tag. */
  readonly digest?: string;
  readonly pullSecrets?: readonly string[];
}

/** The Kubernetes Secrets that something else makes, with the keys of the plan's `env` and `secretFiles`. */
export interface SecretNames {
  /** One key for each variable. */
  readonly env: string;
  /** One key for each file. */
  readonly files: string;
}

/** Everything that a release of the chart is made of: plans and texts, no policy is decided here. */
export interface TrinoChartConfig {
  /** `fullnameOverride`, and the name of the Helm release. */
  readonly name: string;
  readonly release: TrinoRelease;
  readonly server: ServerSettings;
  readonly memory: MemoryPlan;
  readonly coordinator: RolePods;
  readonly worker: WorkerPods;
  readonly workerCount: WorkerCount;
  readonly limits: QueryLimitsPlan;
  readonly drain: DrainPlan;
  readonly spill?: SpillPlan;
  readonly faultTolerance?: FaultTolerancePlan;
  readonly resourceGroups?: ResourceGroups;
  readonly sessionDefaults?: readonly SessionDefault[];
  readonly catalogs: readonly RenderedCatalog[];
  readonly secrets: SecretNames;
  readonly serviceAccount: string;
  readonly image?: ImageProps;
  /** A volume for the dump that the JVM writes when its heap is full; it must be larger than the heap. @default - no dump */
  readonly heapDumps?: DataSize;
  /** Merged over everything else: at one's own risk. What the library cannot allow is refused. */
  readonly extraValues?: object;
}
