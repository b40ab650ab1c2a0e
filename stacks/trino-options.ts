import type { PlatformNodes, TrinoPlatformOptions, TrinoPlatformProps } from '../lib/platform';
import type { EnvironmentConfig } from './environment-config';

/** Where pods of each pool go and what one node of it offers; a `NodePool` says both. */
export type PlacedPools = Readonly<Record<'system' | 'coordinator' | 'workers', PlatformNodes>>;

/** Trino as its section says, on the pools of the environment. */
export function trinoOptions(
  { trino, nodePools }: Pick<EnvironmentConfig, 'trino' | 'nodePools'>,
  pools: Pick<PlacedPools, 'coordinator' | 'workers'>,
): TrinoPlatformOptions & Pick<TrinoPlatformProps, 'coordinator' | 'workers'> {
  const { capacity = 'on-demand' } = nodePools.workers;
  return {
    ...trino,
    coordinator: { ...trino.coordinator, nodes: pools.coordinator },
    workers: { ...trino.workers, nodes: pools.workers, capacity },
  };
}
