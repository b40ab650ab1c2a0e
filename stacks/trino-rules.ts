import { DEFAULT_EXCHANGE_EXPIRY } from '../lib/aws/exchange-bucket';
import { nodePoolCapacity } from '../lib/aws/node-pool-options';
import { rule, show, type Violation, violationsOf } from '../lib/core';
import { type PlatformData, platformViolations } from '../lib/platform';
import { podsPerNode } from '../lib/trino';
import type { EnvironmentConfig } from './environment-config';
import { type EnvironmentNames, PLATFORM_INSTANCE } from './environment-names';
import { trinoOptions } from './trino-options';

/** What is wrong with Trino on the pools of its environment. @param config one whose pools are fine */
export function trinoViolations(
  config: EnvironmentConfig,
  names: EnvironmentNames,
  zones: number,
): readonly Violation[] {
  const data = dataOf(config, names, zones);
  const own = platformViolations(names.prefix, PLATFORM_INSTANCE, data);
  return [...own, ...violationsOf({ data, config }, ROOM_RULES)];
}

/** There always is one, and no rule reads where. */
const PROMETHEUS = 'http://prometheus';

/** The platform before anything is made: where pods go does not matter for what they need. */
function dataOf(config: EnvironmentConfig, names: EnvironmentNames, zones: number): PlatformData {
  const { trino, nodePools, region, exchange } = config;
  const { expireAfter = DEFAULT_EXCHANGE_EXPIRY } = exchange ?? {};
  const pools = { coordinator: nodeOf(nodePools.coordinator), workers: nodeOf(nodePools.workers) };
  return {
    ...trinoOptions(config, pools),
    ...{ region, zones, prometheusUrl: PROMETHEUS },
    ...(trino.faultTolerance === undefined
      ? {}
      : { exchange: { baseDirectories: [`s3://${names.exchangeBucket}`], region, expireAfter } }),
  };
}

function nodeOf(pool: EnvironmentConfig['nodePools']['workers']) {
  return { placement: { nodeSelector: {}, tolerations: [] }, capacityPerNode: nodePoolCapacity(pool) };
}

interface Placed {
  readonly data: PlatformData;
  readonly config: EnvironmentConfig;
}

const ROOM_RULES = [
  rule<Placed>(
    ({ data, config }) => data.workers.max <= roomOf({ data, config }),
    ({ data, config }) => ({
      path: 'workers.max',
      got: show(data.workers.max),
      allowed: `up to ${roomOf({ data, config })}: the pool has up to ${config.nodePools.workers.maxSize} nodes, and ${workersPerNode(data)} workers fit one`,
      fix: 'raise nodePools.workers.maxSize, lower workers.max, or make the pods smaller',
    }),
  ),
];

function roomOf({ data, config }: Placed): number {
  return config.nodePools.workers.maxSize * workersPerNode(data);
}

function workersPerNode({ workers: { nodes, ...workers } }: PlatformData): number {
  return podsPerNode({ ...workers, node: nodes.capacityPerNode });
}
