import { Duration, refuse } from '../../core';
import { HTTP_PORT } from '../container';
import type { Caution, Reason } from '../policy';
import { drainChain, NODE_DRAIN, SPOT_NOTICE, STOP, type DrainChain } from './chain';
import { preStopCommand } from './pre-stop';
import { drainViolations } from './rules';
import type { DrainContext, DrainLimit, DrainPlan, DrainPolicy, DrainStep } from './shapes';

/**
 * The whole chain of a worker's leave: grace, tasks, grace, stop; and what outside of the pod must wait for it.
 *
 * A task may go on as long as a query may run. With retries of tasks, or on spot, it may go on as long as the node waits,
 * because what is cut off runs again elsewhere.
 * @throws ConfigError when `drainViolations` finds something
 */
export function planDrain(policy: DrainPolicy, context: DrainContext): DrainPlan {
  refuse('drain', drainViolations(policy, context));
  const chain = drainChain(policy, context);
  const limits = limitsOf(policy, context, chain);
  return {
    gracePeriod: chain.gracePeriod,
    longestTask: chain.longestTask,
    terminationGracePeriod: chain.terminationGracePeriod,
    autoscalerMaxGracefulTermination: chain.autoscalerMaxGracefulTermination,
    user: chain.user,
    properties: { coordinator: {}, worker: { 'shutdown.grace-period': chain.gracePeriod.toTrino() } },
    preStop: preStopCommand(chain.user, HTTP_PORT),
    timeline: timelineOf(chain),
    limits,
    reasons: reasonsOf(chain),
    cautions: limits.filter(({ suffices }) => !suffices).map((limit) => cautionOf(limit, chain)),
  };
}

function timelineOf({ gracePeriod, longestTask }: DrainChain): readonly DrainStep[] {
  const tasksEnd = gracePeriod.plus(longestTask);
  return [
    {
      name: 'grace',
      start: Duration.millis(0),
      length: gracePeriod,
      reason: 'SHUTTING_DOWN: the coordinator notices and sends no more tasks',
    },
    {
      name: 'tasks',
      start: gracePeriod,
      length: longestTask,
      reason: 'running tasks finish; it ends early when they do',
    },
    { name: 'grace', start: tasksEnd, length: gracePeriod, reason: 'the coordinator reads the last results' },
    {
      name: 'stop',
      start: tasksEnd.plus(gracePeriod),
      length: STOP,
      reason: 'the server closes its connections and ends',
    },
  ];
}

function limitsOf(policy: DrainPolicy, context: DrainContext, chain: DrainChain): readonly DrainLimit[] {
  const limit = (name: string, at: Duration, reason: string): DrainLimit => {
    return { name, at, reason, suffices: !at.isLessThan(chain.terminationGracePeriod) };
  };
  const autoscaler = chain.autoscalerMaxGracefulTermination;
  return [
    limit('cluster autoscaler', autoscaler, 'max-graceful-termination-sec, after which it kills the pods of a node'),
    limit(
      'node drain',
      policy.nodeDrain ?? NODE_DRAIN,
      'an update or a rebalance of a managed node group waits this long',
    ),
    ...(context.capacity === 'spot' ? [limit('spot notice', SPOT_NOTICE, 'AWS takes the node away at this time')] : []),
  ];
}

function cautionOf({ name, at }: DrainLimit, { terminationGracePeriod }: DrainChain): Caution {
  const text = `${name} ends a drain after ${at.toString()} of ${terminationGracePeriod.toString()}: a query that still runs then is lost`;
  return { path: 'maxExecutionTime', text: `${text}; lower maxExecutionTime or use retryPolicy 'TASK'` };
}

function reasonsOf(chain: DrainChain): readonly Reason[] {
  const { gracePeriod, longestTask, longestTaskReason, terminationGracePeriod } = chain;
  return [
    {
      name: 'shutdown.grace-period',
      value: gracePeriod.toString(),
      reason: 'time for the coordinator to notice, waited before and after the tasks',
    },
    { name: 'longest task', value: longestTask.toString(), reason: longestTaskReason },
    {
      name: 'terminationGracePeriodSeconds',
      value: terminationGracePeriod.toString(),
      reason: `2 x ${gracePeriod.toString()} of grace + ${longestTask.toString()} of tasks + ${STOP.toString()} to stop`,
    },
    {
      name: 'max-graceful-termination-sec',
      value: chain.autoscalerMaxGracefulTermination.toString(),
      reason: 'the cluster autoscaler kills pods after it, so it must not be shorter than the drain',
    },
  ];
}
