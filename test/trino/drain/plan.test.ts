import fc from 'fast-check';
import { ConfigError, Duration } from '../../../lib/core';
import {
  drainViolations,
  planDrain,
  type DrainContext,
  type DrainPlan,
  type DrainPolicy,
} from '../../../lib/trino/drain';

const HOUR: DrainContext = { maxExecutionTime: Duration.hours(1), retryPolicy: 'NONE', capacity: 'on-demand' };
const TASK: DrainContext = { ...HOUR, retryPolicy: 'TASK' };
const SPOT: DrainContext = { ...TASK, capacity: 'spot' };

function numbers(plan: DrainPlan) {
  return {
    grace: plan.gracePeriod.toString(),
    tasks: plan.longestTask.toString(),
    termination: plan.terminationGracePeriod.toSeconds(),
    autoscaler: plan.autoscalerMaxGracefulTermination.toSeconds(),
  };
}

test('without retries a leaving worker finishes whatever may run: 2 x 30 s + 1 h + 30 s', () => {
  expect(numbers(planDrain({}, HOUR))).toEqual({ grace: '30s', tasks: '1h', termination: 3690, autoscaler: 3690 });
});

test('with retries of tasks it works as long as a managed node group waits, less a minute', () => {
  expect(numbers(planDrain({}, TASK))).toEqual({ grace: '30s', tasks: '12m30s', termination: 840, autoscaler: 840 });
});

test('on spot everything fits two minutes', () => {
  expect(numbers(planDrain({}, SPOT))).toEqual({ grace: '15s', tasks: '50s', termination: 110, autoscaler: 600 });
});

test('a short limit of queries makes a short drain everywhere', () => {
  const maxExecutionTime = Duration.minutes(5);
  expect(planDrain({}, { ...TASK, maxExecutionTime }).terminationGracePeriod.toSeconds()).toBe(390);
  expect(planDrain({}, { ...SPOT, maxExecutionTime: Duration.seconds(20) }).longestTask.toString()).toBe('20s');
});

test('only workers get the grace period: a coordinator cannot shut down gracefully', () => {
  expect(planDrain({}, HOUR).properties).toEqual({ coordinator: {}, worker: { 'shutdown.grace-period': '30s' } });
});

test('the timeline has no gap and ends when the pod is killed', () => {
  const { timeline, terminationGracePeriod } = planDrain({}, HOUR);
  expect(timeline.map(({ name, start, length }) => [name, start.toString(), length.toString()])).toEqual([
    ['grace', '0s', '30s'],
    ['tasks', '30s', '1h'],
    ['grace', '1h30s', '30s'],
    ['stop', '1h1m', '30s'],
  ]);
  expect(terminationGracePeriod.toString()).toBe('1h1m30s');
});

test('a node that waits for less than the drain is a caution with what to change', () => {
  const { limits, cautions } = planDrain({}, HOUR);
  expect(limits.map(({ name, suffices }) => [name, suffices])).toEqual([
    ['cluster autoscaler', true],
    ['node drain', false],
  ]);
  expect(cautions).toMatchObject([
    { text: expect.stringContaining('node drain ends a drain after 15m of 1h1m30s') as string },
  ]);
  expect(planDrain({}, TASK).cautions).toEqual([]);
  expect(planDrain({}, SPOT).cautions).toEqual([]);
});

test('every number has a reason', () => {
  const { reasons } = planDrain({}, TASK);
  expect(reasons.map(({ name, reason }) => [name, reason])).toEqual([
    ['shutdown.grace-period', 'time for the coordinator to notice, waited before and after the tasks'],
    ['longest task', 'what the node drain leaves; a task that is cut off runs again'],
    ['terminationGracePeriodSeconds', '2 x 30s of grace + 12m30s of tasks + 30s to stop'],
    [
      'max-graceful-termination-sec',
      'the cluster autoscaler kills pods after it, so it must not be shorter than the drain',
    ],
  ]);
});

test('whatever the rules accept, nothing that we set ends a drain before its end', () => {
  const seconds = (max: number) => fc.integer({ min: 1, max }).map(Duration.seconds);
  const policies: fc.Arbitrary<DrainPolicy> = fc.record(
    {
      gracePeriod: seconds(120),
      longestTask: seconds(7200),
      terminationGracePeriod: seconds(9000),
      nodeDrain: seconds(9000),
    },
    { requiredKeys: [] },
  );
  const contexts: fc.Arbitrary<DrainContext> = fc.record({
    maxExecutionTime: seconds(7200),
    retryPolicy: fc.constantFrom('NONE', 'QUERY', 'TASK'),
    capacity: fc.constantFrom('spot', 'on-demand'),
  });
  fc.assert(
    fc.property(policies, contexts, (policy, context) => {
      if (drainViolations(policy, context).length > 0) return true;
      const plan = planDrain(policy, context);
      const needed = plan.timeline.reduce((sum, { length }) => sum.plus(length), Duration.millis(0));
      const bounds = [plan.terminationGracePeriod, plan.autoscalerMaxGracefulTermination];
      return bounds.every((bound) => !bound.isLessThan(needed));
    }),
  );
});

describe('rules', () => {
  const paths = (policy: DrainPolicy, context = HOUR) => drainViolations(policy, context).map(({ path }) => path);

  test.each([HOUR, TASK, SPOT, { ...HOUR, capacity: 'spot' as const, retryPolicy: 'QUERY' as const }])(
    'the defaults pass for %j',
    (context) => {
      expect(paths({}, context)).toEqual([]);
    },
  );

  test('fails when tasks may still come to a worker after its grace', () => {
    expect(paths({ gracePeriod: Duration.seconds(10) })).toEqual([]);
    expect(paths({ gracePeriod: Duration.seconds(9) })).toEqual(['gracePeriod']);
    expect(paths({ gracePeriod: Duration.seconds(9) }, SPOT)).toEqual(['gracePeriod']);
  });

  test('fails when the termination is shorter than the chain, with the sum', () => {
    expect(paths({ terminationGracePeriod: Duration.seconds(3690) })).toEqual([]);
    expect(drainViolations({ terminationGracePeriod: Duration.minutes(10) }, HOUR)).toMatchObject([
      { path: 'terminationGracePeriod', allowed: 'from 1h1m30s: 2 x 30s of grace, 1h of tasks, 30s to stop' },
    ]);
  });

  test('fails when the autoscaler kills pods before they have ended', () => {
    expect(paths({ autoscalerMaxGracefulTermination: Duration.seconds(3690) })).toEqual([]);
    expect(paths({ autoscalerMaxGracefulTermination: Duration.minutes(10) })).toEqual([
      'autoscalerMaxGracefulTermination',
    ]);
  });

  test('fails when the node drain that was asked for is too short, with the limit of queries that fits', () => {
    const nodeDrain = Duration.minutes(15);
    expect(paths({ nodeDrain }, TASK)).toEqual([]);
    expect(paths({ nodeDrain: Duration.hours(2) })).toEqual([]);
    expect(drainViolations({ nodeDrain }, HOUR)).toMatchObject([
      { path: 'nodeDrain', fix: expect.stringContaining('lower maxExecutionTime to 810s') as string },
    ]);
    expect(drainViolations({ nodeDrain: Duration.seconds(60) }, HOUR)).toMatchObject([
      { fix: 'raise nodeDrain (15m on a managed node group)' },
    ]);
  });

  test('fails when a leaving worker would end queries that may still run', () => {
    const longestTask = Duration.minutes(10);
    expect(paths({ longestTask })).toEqual(['longestTask']);
    expect(paths({ longestTask }, TASK)).toEqual([]);
  });

  test('fails when the drain of a spot worker is longer than the notice', () => {
    expect(paths({ gracePeriod: Duration.seconds(40) }, SPOT)).toEqual([]);
    expect(paths({ gracePeriod: Duration.seconds(60) }, SPOT)).toEqual(['gracePeriod']);
    expect(paths({ terminationGracePeriod: Duration.minutes(3) }, SPOT)).toEqual(['gracePeriod']);
  });

  test.each(["o'hara", 'a b', '$(id)', ''])(
    'fails when the user is %j, which a shell or a header would change',
    (user) => {
      expect(paths({ user: 'drain-7f3a.ops' })).toEqual([]);
      expect(paths({ user })).toEqual(['user']);
    },
  );

  test('fails as one error when a plan is made of numbers that contradict each other', () => {
    expect(() => planDrain({ terminationGracePeriod: Duration.seconds(30) }, HOUR)).toThrow(ConfigError);
  });
});
