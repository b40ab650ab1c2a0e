import type { SecretRef } from '../core';
import {
  ClientTls,
  type ExchangeStorage,
  type FaultTolerancePolicy,
  type NamedCatalog,
  type RoleDefinition,
  type TrinoDefinition,
} from '../trino';
import type { PlatformNames } from './names';
import type { PlatformRole, RetryOptions, TrinoPlatformOptions, TrinoPlatformProps } from './trino-platform-props';

/** A platform as plain data: what its constructs say is here as text and numbers. */
export interface PlatformData
  extends TrinoPlatformOptions, Pick<TrinoPlatformProps, 'region' | 'coordinator' | 'workers' | 'clientTls'> {
  /** Zones of the network. */
  readonly zones: number;
  /** The bucket for exchange data. @default - none */
  readonly exchange?: ExchangeStorage;
  /** @default - nobody scrapes */
  readonly prometheusUrl?: string;
}

/** The model's view of a platform: what `planTrino` takes. */
export function definitionOf(
  data: PlatformData,
  names: PlatformNames,
  sharedSecret: SecretRef,
  catalogs: readonly NamedCatalog[],
): TrinoDefinition {
  const { faultTolerance, exchange, ...options } = data;
  const { coordinator, workers, ingress, clientTls = ClientTls.none() } = options;
  const retries = retriesOf(faultTolerance, exchange);
  return {
    ...options,
    ...(retries === undefined ? {} : { faultTolerance: retries }),
    name: names.chart.fullname,
    environment: names.environment,
    coordinator: roleOf(coordinator),
    workers: { ...workers, ...roleOf(workers) },
    catalogs,
    clientTls: ingress === undefined ? clientTls : ClientTls.loadBalancer(),
    sharedSecret,
    seriesLabels: { namespace: names.namespace },
    secrets: names.secrets,
    serviceAccount: names.serviceAccount,
    placement: placementOf(options, names),
  };
}

/** Tasks are retried where their output can outlive a worker, unless somebody says otherwise. */
function retriesOf(
  options: RetryOptions | undefined,
  exchange: ExchangeStorage | undefined,
): FaultTolerancePolicy | undefined {
  if (options === undefined && exchange === undefined) return undefined;
  const retryPolicy = options?.retryPolicy ?? (exchange === undefined ? 'NONE' : 'TASK');
  return { ...options, retryPolicy, ...(exchange === undefined || retryPolicy === 'NONE' ? {} : { exchange }) };
}

function roleOf({ nodes, memory, cpu, memoryPolicy }: PlatformRole): RoleDefinition {
  return {
    node: nodes.capacityPerNode,
    ...(memory === undefined ? {} : { memory }),
    ...(cpu === undefined ? {} : { cpu }),
    ...(memoryPolicy === undefined ? {} : { memoryPolicy }),
  };
}

function placementOf(
  { coordinator, workers, zones }: Pick<PlatformData, 'coordinator' | 'workers' | 'zones'>,
  { priority }: PlatformNames,
): NonNullable<TrinoDefinition['placement']> {
  const { strictZones } = workers;
  return {
    coordinator: { ...podsOf(coordinator), priorityClassName: priority.coordinator },
    worker: {
      ...podsOf(workers),
      priorityClassName: priority.worker,
      zones,
      ...(strictZones === undefined ? {} : { strictZones }),
    },
  };
}

function podsOf({ nodes }: PlatformRole) {
  const { nodeSelector, tolerations } = nodes.placement;
  return { nodeSelector, tolerations: tolerations.map((toleration) => ({ ...toleration })) };
}
