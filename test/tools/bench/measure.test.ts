import { compare, median, output } from '../../../tools/bench/measure';

test('the median is the value in the middle, whatever the order', () => {
  expect(median([9, 1, 3])).toBe(3);
  expect(median([100, 1, 2, 3])).toBe(3);
});

test('both are run in turns, and the first turn does not count', () => {
  const calls: string[] = [];
  const timer = (name: string, times: number[]) => () => {
    calls.push(name);
    return times.shift() ?? NaN;
  };
  const comparison = compare(3, timer('ours', [999, 30, 10, 20]), timer('theirs', [999, 10, 10, 10]));
  expect(comparison).toEqual({ ours: 20, theirs: 10, ratio: 2 });
  expect(calls.join(' ')).toBe('ours theirs ours theirs ours theirs ours theirs');
});

test('fails when the measured program fails', () => {
  expect(() => output(['-e', 'throw new Error("no such environment")'])).toThrow(/no such environment/);
});
