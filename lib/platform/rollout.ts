import { Duration } from '../core';
import type { DrainPlan } from '../trino';

/** A node is bought, joins and pulls the image; Trino starts. */
const START = Duration.minutes(10);
/** Of the workers leave at a time: the chart's `maxUnavailable`. */
const BATCH = 0.25;

/**
 * How long a change of all workers may take: they fill their nodes, so a new one starts where an old one has drained,
 * a quarter of them at a time. Helm must not give up before: it would roll back what is fine.
 * @param workers as many as there may be
 */
export function rolloutTimeout(
  workers: number,
  { terminationGracePeriod }: Pick<DrainPlan, 'terminationGracePeriod'>,
): Duration {
  const batches = Math.ceil(workers / Math.max(1, Math.floor(workers * BATCH)));
  return terminationGracePeriod.plus(START).times(batches);
}

/**
 * How long no worker may come or go before Kubernetes calls the change stuck: one that drains, and its successor's start.
 * The ten minutes of the chart would call every drain of a long query so.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds
 */
export function progressDeadline({ terminationGracePeriod }: Pick<DrainPlan, 'terminationGracePeriod'>): Duration {
  return terminationGracePeriod.plus(START);
}
