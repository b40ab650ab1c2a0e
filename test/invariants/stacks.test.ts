import { environmentNames, findEnvironment } from '../../stacks/environments';
import { stacksOf } from '../support/environments';
import { EVERYWHERE, notWaived, WAIVERS, WHERE_DATA_IS_KEPT } from './index';

const environments = environmentNames().map((name) => {
  const config = findEnvironment(name);
  return { name, stacks: Object.values(stacksOf(name, config)), keepsData: config.retainData ?? true };
});

describe.each(environments)('every stack of $name', ({ stacks, keepsData }) => {
  const promises = { ...EVERYWHERE, ...(keepsData ? WHERE_DATA_IS_KEPT : {}) };
  test.each(Object.entries(promises))('%s', (_name, invariant) => {
    expect(notWaived(stacks.flatMap(invariant))).toEqual([]);
  });
});

test('at least one environment keeps its data', () => {
  expect(environments.some(({ keepsData }) => keepsData)).toBe(true);
});

test.each(WAIVERS)('the exception $where is still needed', ({ where }) => {
  const all = Object.values({ ...EVERYWHERE, ...WHERE_DATA_IS_KEPT });
  const findings = environments.flatMap(({ stacks }) => all.flatMap((invariant) => stacks.flatMap(invariant)));
  expect(findings).toContainEqual(expect.stringMatching(where));
});
