import { DataSize } from '../../../lib/core';
import { memoryOverrideViolations, planMemory, type MemoryProps } from '../../../lib/trino/memory';

const PROPS: MemoryProps = {
  coordinator: { memory: DataSize.gib(16) },
  workers: { memory: DataSize.gib(48), max: 6 },
};
const PLAN = planMemory(PROPS);

test('lines that are not about memory are passed over', () => {
  expect(memoryOverrideViolations(PLAN, { worker: { 'task.concurrency': '8' } })).toEqual([]);
});

test('a line that keeps the boot rule passes, as a size or as a share of the heap', () => {
  expect(memoryOverrideViolations(PLAN, { worker: { 'query.max-memory-per-node': '25GB' } })).toEqual([]);
  expect(memoryOverrideViolations(PLAN, { worker: { 'query.max-memory-per-node': '69%' } })).toEqual([]);
});

test.each([
  ['one size beside the planned headroom', { 'query.max-memory-per-node': '30GB' }],
  [
    'shares that add up to more than the heap',
    { 'query.max-memory-per-node': '60%', 'memory.heap-headroom-per-node': '50%' },
  ],
  ['a headroom beside the planned limit', { 'memory.heap-headroom-per-node': '51%' }],
])('fails when Trino would not boot: %s', (_, worker) => {
  expect(memoryOverrideViolations(PLAN, { worker })).toMatchObject([{ path: 'worker.query.max-memory-per-node' }]);
});

test('fails when a cluster limit is more than the workers can give', () => {
  expect(memoryOverrideViolations(PLAN, { coordinator: { 'query.max-memory': '115GB' } })).toEqual([]);
  expect(memoryOverrideViolations(PLAN, { coordinator: { 'query.max-memory': '280GB' } })).toMatchObject([
    { path: 'coordinator.query.max-memory', got: '280 GiB', fix: expect.stringContaining('117888MB') as string },
  ]);
});

test('fails when a line has no effect with task retries', () => {
  const plan = planMemory({ ...PROPS, retryPolicy: 'TASK' });
  const coordinator = { 'query.max-memory': '50GB' };
  expect(memoryOverrideViolations(PLAN, { coordinator })).toEqual([]);
  expect(memoryOverrideViolations(plan, { coordinator })).toMatchObject([{ path: 'coordinator.query.max-memory' }]);
});

test('a text that is no size is left to the check of properties', () => {
  expect(memoryOverrideViolations(PLAN, { worker: { 'query.max-memory-per-node': 'much' } })).toEqual([]);
});
