import { Duration, isToken } from '../core';
import { MAX_NODES } from './node-pool-options';

/**
 * How many nodes of a pool are replaced at a time when their image or their template changes: Trino's workers leave one
 * by one.
 */
export const MAX_UNAVAILABLE = 1;
/**
 * How long EKS waits for the pods of a node to leave, before it gives the update up.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
 */
export const NODE_DRAIN = Duration.minutes(15);
/** A machine is bought, boots and joins. */
const NODE_START = Duration.minutes(10);
/** What the provider gives an update by itself. */
const LEAST = Duration.hours(1);

/**
 * How long an update of all nodes of a pool may take. Terraform must not give up before EKS does: the next deployment
 * would meet an update that still runs.
 * @param maxSize of the pool; a placeholder counts as the most nodes that a pool can have
 */
export function updateTimeout(maxSize: number): Duration {
  const nodes = isToken(maxSize) ? MAX_NODES : maxSize;
  const each = NODE_DRAIN.plus(NODE_START);
  return Duration.max(each.times(Math.ceil(nodes / MAX_UNAVAILABLE)), LEAST);
}
