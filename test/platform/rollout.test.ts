import fc from 'fast-check';
import { Duration } from '../../lib/core';
import { progressDeadline, rolloutTimeout } from '../../lib/platform/rollout';

const drain = (minutes: number) => ({ terminationGracePeriod: Duration.minutes(minutes) });

test('a quarter of the workers at a time: each drains, and its successor starts', () => {
  expect(rolloutTimeout(8, drain(20)).toString()).toBe(Duration.minutes(4 * 30).toString());
  expect(rolloutTimeout(1, drain(20)).toString()).toBe(Duration.minutes(30).toString());
});

test('whatever the number of workers, all of them find the time to leave one after another', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 90 }), (workers, minutes) => {
      const atOnce = Math.max(1, Math.floor(workers / 4));
      const needed = Duration.minutes(minutes).times(workers / atOnce);
      expect(rolloutTimeout(workers, drain(minutes)).isGreaterThan(needed)).toBe(true);
    }),
  );
});

test('a worker that drains as long as it may is no rollout that is stuck, and Helm waits longer than that', () => {
  const deadline = progressDeadline(drain(90));
  expect(deadline.isGreaterThan(Duration.minutes(90))).toBe(true);
  expect(rolloutTimeout(1, drain(90)).isLessThan(deadline)).toBe(false);
});
