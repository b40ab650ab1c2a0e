import { DEFAULT_EXCHANGE_EXPIRY } from '../lib/aws/exchange-bucket';
import { nodePoolCapacity, type NodePoolOptions, nodePoolViolations } from '../lib/aws/node-pool-options';
import { Cpu, DataSize, rule, type Violation, violationsOf } from '../lib/core';
import { type PlatformData, type PlatformNodes, platformViolations } from '../lib/platform';
import type { EnvironmentConfig } from './environment-config';
import { type EnvironmentNames, PLATFORM_INSTANCE } from './environment-names';
import { trinoOptions } from './trino-options';

/** What is wrong with Trino on the pools of its environment; where a pool is wrong, by itself. */
export function trinoViolations(
  config: EnvironmentConfig,
  names: EnvironmentNames,
  zones: number,
): readonly Violation[] {
  const data = dataOf(config, names, zones);
  const own = platformViolations(names.prefix, PLATFORM_INSTANCE, data);
  return [...own, ...(data.workers.nodes === ANY_NODES ? [] : violationsOf({ data, config }, POOL_RULES))];
}

/** There always is one, and no rule reads where. */
const PROMETHEUS = 'http://prometheus';

/** The platform before anything is made: where pods go does not matter for what they need. */
function dataOf(config: EnvironmentConfig, names: EnvironmentNames, zones: number): PlatformData {
  const { trino, nodePools, region, exchange } = config;
  const { expireAfter = DEFAULT_EXCHANGE_EXPIRY } = exchange ?? {};
  const coordinator = nodesOf('coordinator', nodePools.coordinator, zones);
  const workers = nodesOf('workers', nodePools.workers, zones);
  return {
    ...trinoOptions(config, { coordinator, workers }),
    ...{ region, zones, prometheusUrl: PROMETHEUS },
    ...(trino.faultTolerance === undefined
      ? {}
      : { exchange: { baseDirectories: [`s3://${names.exchangeBucket}`], region, expireAfter } }),
  };
}

const ANYWHERE = { nodeSelector: {}, tolerations: [] };

/** As many nodes as Trino likes, with room for everything: what is wrong with a pool is told of the pool. */
const ANY_NODES: PlatformNodes = {
  placement: ANYWHERE,
  capacityPerNode: { memory: DataSize.tib(1), cpu: Cpu.cores(128), ephemeralStorage: DataSize.tib(10) },
};

function nodesOf(name: string, pool: NodePoolOptions, zones: number): PlatformNodes {
  if (nodePoolViolations(name, pool, zones).length > 0) return ANY_NODES;
  return { placement: ANYWHERE, capacityPerNode: nodePoolCapacity(pool), maxSize: pool.maxSize };
}

interface Placed {
  readonly data: PlatformData;
  readonly config: EnvironmentConfig;
}

const POOL_RULES = [
  rule<Placed>(
    ({ data, config }) => data.workers.strictZones !== true || config.nodePools.workers.zone === undefined,
    ({ data, config }) => ({
      path: 'workers.strictZones',
      got: `true, with all nodes in zone ${config.nodePools.workers.zone}`,
      allowed: `nodes in all ${data.zones} zones: while some have no worker, none has two, so only one would ever run`,
      fix: 'leave strictZones out, or nodePools.workers.zone',
    }),
  ),
  /**
   * The cluster autoscaler takes every node that a group could get for one of a zone in which it has one, or, where there
   * is none, of the group's first zone.
   * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/aws_manager.go (getAsgTemplate)
   */
  rule<Placed>(
    ({ data: { workers, zones }, config: { nodePools } }) => {
      const { minSize, zone } = nodePools.workers;
      return workers.strictZones !== true || zone !== undefined || minSize >= zones;
    },
    ({ data, config }) => ({
      path: 'workers.strictZones',
      got: `true, on a pool whose minSize is ${config.nodePools.workers.minSize}`,
      allowed: `from ${data.zones} nodes, one in each zone: for a zone without any, the autoscaler never adds the first`,
      fix: `raise nodePools.workers.minSize to ${data.zones}, or leave strictZones out`,
    }),
  ),
];
