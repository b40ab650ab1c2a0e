import type { NodePoolOptions } from '../lib/aws/node-pool-options';
import { withDefaults } from '../lib/core';
import type { NodePools } from './environment-config';

/** Key of the taint of the nodes that are Trino's alone. */
const DEDICATED_TAINT = 'cdktf-trino/dedicated';

/**
 * The pools with their defaults: a pod of Trino fills its node, so a stray pod of somebody else would keep it away.
 * Nodes of the coordinator and of the workers are tainted unless the environment says otherwise.
 */
export function completedPools({ coordinator, workers, ...others }: NodePools): NodePools {
  return { ...others, coordinator: dedicated('coordinator', coordinator), workers: dedicated('workers', workers) };
}

function dedicated(value: string, options: NodePoolOptions): NodePoolOptions {
  const taints = [{ key: DEDICATED_TAINT, value, effect: 'NoSchedule' }] as const;
  return withDefaults({ taints }, options);
}
