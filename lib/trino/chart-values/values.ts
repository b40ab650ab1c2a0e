/**
 * The values of the official Trino chart 1.42.2, as far as the library uses them. The chart ships no schema and ignores
 * unknown keys: this type and the key list in `lib/trino/data` stand in.
 * @see https://github.com/trinodb/charts/tree/trino-1.42.2/charts/trino
 */

/** A part of a Kubernetes object that goes into the pod as it is. */
export type PodSpecPart = Readonly<Record<string, unknown>>;
/** Texts by name: labels, annotations, files. */
export type TextMap = Readonly<Record<string, string>>;

/** Numbers of a probe; for a 0 the chart takes its own default. */
export interface ProbeValues {
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
}

/** What `coordinator` and `worker` have in common. */
export interface RoleValues {
  readonly deployment: { readonly strategy: PodSpecPart };
  readonly jvm: { readonly maxHeapSize: string; readonly minHeapSize: string };
  readonly config: {
    readonly query: { readonly maxMemoryPerNode: string };
    readonly memory: { readonly heapHeadroomPerNode: string };
  };
  readonly additionalJVMConfig: readonly string[];
  readonly resources: PodSpecPart;
  readonly startupProbe: ProbeValues;
  readonly nodeSelector: TextMap;
  readonly tolerations: readonly PodSpecPart[];
  readonly priorityClassName?: string;
  /** Templated. */
  readonly annotations: TextMap;
  /** Templated. */
  readonly additionalConfigFiles: TextMap;
  /** Templated. */
  readonly additionalVolumes: readonly PodSpecPart[];
  readonly additionalVolumeMounts: readonly PodSpecPart[];
}

/** `worker`: a role whose pods leave slowly and are spread over nodes and zones. */
export interface WorkerValues extends RoleValues {
  /** Templated. */
  readonly lifecycle: PodSpecPart;
  readonly terminationGracePeriodSeconds: number;
  readonly topologySpreadConstraints: readonly PodSpecPart[];
}

/** `server.keda`: a ScaledObject. */
export interface KedaValues {
  readonly enabled: boolean;
  readonly pollingInterval?: number;
  readonly cooldownPeriod?: number;
  readonly minReplicaCount?: number;
  readonly maxReplicaCount?: number;
  readonly fallback?: PodSpecPart;
  readonly advanced?: PodSpecPart;
  /** Templated. */
  readonly triggers?: readonly PodSpecPart[];
}

/** `server.autoscaling`: an autoscaler that looks at CPU and memory. */
export interface AutoscalingValues {
  readonly enabled: boolean;
  readonly maxReplicas?: number;
  /** A percentage; an empty text takes the metric out. */
  readonly targetCPUUtilizationPercentage?: number | '';
  readonly targetMemoryUtilizationPercentage?: number | '';
  readonly behavior?: PodSpecPart;
}

/** `server`: what all nodes share, and how many workers there are. */
export interface ServerValues {
  readonly workers: number;
  readonly node: { readonly environment: string };
  readonly config: {
    readonly authenticationType: string;
    readonly query: { readonly maxMemory: string };
    readonly https?: { readonly enabled: boolean; readonly port: number; readonly keystore: { readonly path: string } };
  };
  readonly exchangeManager?: { readonly name: string; readonly baseDir: readonly string[] };
  /** The last lines of the coordinator's `config.properties`. */
  readonly coordinatorExtraConfig: string;
  /** The last lines of the workers' `config.properties`. */
  readonly workerExtraConfig: string;
  readonly autoscaling: AutoscalingValues;
  readonly keda: KedaValues;
}

/** `accessControl`: rules files that the chart brings, or all lines of `access-control.properties`. */
export type AccessControlValues =
  | {
      readonly type: 'configmap';
      readonly refreshPeriod?: string;
      readonly configFile: string;
      readonly rules: TextMap;
    }
  | { readonly type: 'properties'; readonly properties: string };

/** All values that the library gives to the chart. */
export interface TrinoChartValues {
  readonly fullnameOverride: string;
  readonly image: {
    readonly registry?: string;
    readonly repository?: string;
    readonly tag: string;
    readonly digest?: string;
  };
  readonly imagePullSecrets?: readonly PodSpecPart[];
  readonly server: ServerValues;
  readonly accessControl?: AccessControlValues;
  readonly resourceGroups?: { readonly type: 'configmap'; readonly resourceGroupsConfig: string };
  readonly sessionProperties?: { readonly type: 'configmap'; readonly sessionPropertiesConfig: string };
  readonly additionalLogProperties: readonly string[];
  readonly additionalExchangeManagerProperties: readonly string[];
  /** Templated; a null takes out a catalog that comes with the chart. */
  readonly catalogs: Readonly<Record<string, string | null>>;
  readonly env: readonly PodSpecPart[];
  readonly securityContext: PodSpecPart;
  readonly serviceAccount: { readonly create: boolean; readonly name: string };
  readonly kafka: { readonly tableDescriptions: TextMap };
  readonly coordinator: RoleValues;
  readonly worker: WorkerValues;
}
