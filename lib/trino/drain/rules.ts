import { Duration, rule, show, violationsOf, type Rule, type Violation } from '../../core';
import { optional } from '../policy';
import { drainChain, fixedPart, NODE_DRAIN, NOTICE, SPOT_NOTICE, type DrainChain } from './chain';
import type { DrainContext, DrainPolicy } from './shapes';

interface Checked {
  readonly policy: DrainPolicy;
  readonly context: DrainContext;
  readonly chain: DrainChain;
}

/** Numbers of the chain that contradict each other. */
export function drainViolations(policy: DrainPolicy, context: DrainContext): readonly Violation[] {
  return violationsOf({ policy, context, chain: drainChain(policy, context) }, RULES);
}

const RULES: readonly Rule<Checked>[] = [
  optional(
    ({ policy }) => policy.user,
    (user) => /^[\w.-]+$/.test(user),
    (user) => ({
      path: 'user',
      got: show(user),
      allowed: 'letters, digits, dot, hyphen and underscore',
      fix: 'leave it out (drain) or choose a plain name',
    }),
  ),
  optional(
    ({ policy }) => policy.gracePeriod,
    (grace) => !grace.isLessThan(NOTICE),
    (grace) => ({
      path: 'gracePeriod',
      got: grace.toString(),
      allowed: `from ${NOTICE.toString()}: for so long a coordinator may send tasks to a worker that leaves, and they are lost`,
      fix: 'leave it out (30s; 15s on spot)',
    }),
  ),
  optional(
    ({ policy }) => policy.longestTask,
    (longest, { context }) =>
      context.retryPolicy === 'TASK' || context.capacity === 'spot' || !longest.isLessThan(context.maxExecutionTime),
    (longest, { context }) => ({
      path: 'longestTask',
      got: longest.toString(),
      allowed: `from maxExecutionTime (${context.maxExecutionTime.toString()}): a leaving worker would end longer queries`,
      fix: "leave it out, lower maxExecutionTime or use retryPolicy 'TASK'",
    }),
  ),
  optional(
    ({ policy }) => policy.terminationGracePeriod,
    (termination, { chain }) => !termination.isLessThan(chain.needed),
    (termination, { chain }) => ({
      path: 'terminationGracePeriod',
      got: termination.toString(),
      allowed: `from ${chain.needed.toString()}: 2 x ${chain.gracePeriod.toString()} of grace, ${chain.longestTask.toString()} of tasks, 30s to stop`,
      fix: 'leave it out, or lower gracePeriod or maxExecutionTime',
    }),
  ),
  optional(
    ({ policy }) => policy.autoscalerMaxGracefulTermination,
    (autoscaler, { chain }) => !autoscaler.isLessThan(chain.terminationGracePeriod),
    (autoscaler, { chain }) => ({
      path: 'autoscalerMaxGracefulTermination',
      got: autoscaler.toString(),
      allowed: `from terminationGracePeriod (${chain.terminationGracePeriod.toString()}): the autoscaler kills pods after it`,
      fix: 'leave it out',
    }),
  ),
  optional(
    ({ policy }) => policy.nodeDrain,
    (nodeDrain, { chain }) => !nodeDrain.isLessThan(chain.terminationGracePeriod),
    (nodeDrain, { chain }) => ({
      path: 'nodeDrain',
      got: nodeDrain.toString(),
      allowed: `from terminationGracePeriod (${chain.terminationGracePeriod.toString()})`,
      fix: longestQueryFix(nodeDrain, chain),
    }),
  ),
  rule(
    ({ context, chain }) => context.capacity !== 'spot' || !chain.terminationGracePeriod.isGreaterThan(SPOT_NOTICE),
    ({ chain }) => ({
      path: 'gracePeriod',
      got: `a drain of ${chain.terminationGracePeriod.toString()} with a grace of ${chain.gracePeriod.toString()}`,
      allowed: `up to the spot notice of ${SPOT_NOTICE.toString()}`,
      fix: 'leave gracePeriod, longestTask and terminationGracePeriod out, or run the workers on demand',
    }),
  ),
];

function longestQueryFix(nodeDrain: Duration, { gracePeriod }: DrainChain): string {
  const fixed = fixedPart(gracePeriod);
  const least = `raise nodeDrain (${NODE_DRAIN.toString()} on a managed node group)`;
  if (!nodeDrain.isGreaterThan(fixed)) return least;
  return `lower maxExecutionTime to ${nodeDrain.minus(fixed).toTrino()}, use retryPolicy 'TASK', or ${least}`;
}
