import { PriorityClass, type PriorityClassOptions, priorityClassViolations } from '../../lib/kubernetes/priority-class';
import { paths } from '../aws/support';
import { one, synth } from '../support/synth';
import { clusterStack, terraformProblems } from './support/platform';

const COORDINATOR: PriorityClassOptions = { name: 'trino-coordinator', value: 1000, description: 'one for all' };

test('pods of the class go first, and push others away only when that is wanted', async () => {
  const json = (options: PriorityClassOptions) =>
    synth(clusterStack((stack) => new PriorityClass(stack, 'It', options)));
  expect(one(json(COORDINATOR), 'kubernetes_priority_class_v1').args).toMatchObject({
    metadata: { name: 'trino-coordinator' },
    value: 1000,
    description: 'one for all',
    preemption_policy: 'PreemptLowerPriority',
  });
  const waiting = json({ ...COORDINATOR, preempts: false });
  expect(one(waiting, 'kubernetes_priority_class_v1').args).toMatchObject({ preemption_policy: 'Never' });
  expect(await terraformProblems(waiting)).toEqual([]);
});

test.each([-(2 ** 31), 0, 1_000_000_000])('%d is a priority', (value) => {
  expect(priorityClassViolations({ ...COORDINATOR, value })).toEqual([]);
});

test.each([0.5, 1_000_000_001, -(2 ** 31) - 1, NaN, undefined as unknown as number])(
  'fails when the priority is %d',
  (value) => {
    expect(paths(priorityClassViolations({ ...COORDINATOR, value }))).toEqual(['value']);
  },
);

test.each(['system-mine', 'Mine'])('fails when it is called %s', (name) => {
  expect(paths(priorityClassViolations({ ...COORDINATOR, name }))).toEqual(['name']);
});
