import { Duration } from '../../core';
import type { DrainContext, DrainPolicy } from './shapes';

/** Trino's own limit for closing down once its tasks are done: `NodeStateManager`. */
export const STOP = Duration.seconds(30);
/**
 * How long a coordinator may go on sending tasks to a worker that leaves: it asks each node for its state every five
 * seconds, and acts on the answer a round later (`DiscoveryNodeManager` of 476, `CoordinatorNodeManager` of 483).
 */
export const NOTICE = Duration.seconds(10);
/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html */
export const SPOT_NOTICE = Duration.minutes(2);
/** @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html */
export const NODE_DRAIN = Duration.minutes(15);
/** Cluster autoscaler's own default: there is no reason to go below it. */
const AUTOSCALER_DEFAULT = Duration.minutes(10);
/** Time that passes between the moment a node starts to drain and the pod's turn. */
const NODE_MARGIN = Duration.minutes(1);
const SPOT_MARGIN = Duration.seconds(10);
const NOTHING = Duration.millis(0);

/** The numbers of a drain, whether they contradict each other or not. */
export interface DrainChain {
  readonly gracePeriod: Duration;
  readonly longestTask: Duration;
  readonly longestTaskReason: string;
  /** What the parts add up to. */
  readonly needed: Duration;
  readonly terminationGracePeriod: Duration;
  readonly autoscalerMaxGracefulTermination: Duration;
  readonly user: string;
}

export function drainChain(policy: DrainPolicy, context: DrainContext): DrainChain {
  const gracePeriod = policy.gracePeriod ?? Duration.seconds(context.capacity === 'spot' ? 15 : 30);
  const { longestTask, longestTaskReason } = longestTaskOf(policy, context, gracePeriod);
  const needed = fixedPart(gracePeriod).plus(longestTask);
  const terminationGracePeriod = policy.terminationGracePeriod ?? needed;
  return {
    ...{ gracePeriod, longestTask, longestTaskReason, needed, terminationGracePeriod },
    autoscalerMaxGracefulTermination:
      policy.autoscalerMaxGracefulTermination ?? Duration.max(terminationGracePeriod, AUTOSCALER_DEFAULT),
    user: policy.user ?? 'drain',
  };
}

/** What a drain takes when no task runs. */
export function fixedPart(gracePeriod: Duration): Duration {
  return gracePeriod.times(2).plus(STOP);
}

function longestTaskOf(policy: DrainPolicy, context: DrainContext, gracePeriod: Duration) {
  const { longestTask } = policy;
  if (longestTask !== undefined) return { longestTask, longestTaskReason: 'as asked' };
  const { maxExecutionTime } = context;
  const outside = outsideTime(policy, context);
  const room = outside && lessOrNothing(outside.at, fixedPart(gracePeriod));
  if (room === undefined || !room.isLessThan(maxExecutionTime)) {
    return {
      longestTask: maxExecutionTime,
      longestTaskReason: 'as long as a query may run, by limits and session defaults',
    };
  }
  return { longestTask: room, longestTaskReason: `what ${outside?.name} leaves; a task that is cut off runs again` };
}

/** The time that a node gives, where what it cuts off is not lost; undefined where every task must finish. */
function outsideTime({ nodeDrain = NODE_DRAIN }: DrainPolicy, { capacity, retryPolicy }: DrainContext) {
  if (capacity === 'spot') return { name: 'the spot notice', at: SPOT_NOTICE.minus(SPOT_MARGIN) };
  if (retryPolicy === 'TASK') return { name: 'the node drain', at: lessOrNothing(nodeDrain, NODE_MARGIN) };
  return undefined;
}

function lessOrNothing(whole: Duration, part: Duration): Duration {
  return whole.isLessThan(part) ? NOTHING : whole.minus(part);
}
