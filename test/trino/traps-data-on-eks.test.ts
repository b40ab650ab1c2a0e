/** Faults of a public reference stack for Trino on EKS, written as its users would write them here. */
import { DataSize } from '../../lib/core';
import { memoryOverrideViolations, memoryViolations, planMemory, type MemoryProps } from '../../lib/trino/memory';
import { metricsOf } from '../../lib/trino/metrics';
import { TrinoRelease } from '../../lib/trino/release';

/** Ten workers of 40 GiB whose queries get 6 GB each. */
const STACK: MemoryProps = {
  coordinator: { memory: DataSize.gib(40) },
  workers: { memory: DataSize.gib(40), memoryPolicy: { maxMemoryPerNode: DataSize.gib(6) }, max: 10 },
};

test('fails when query.max-memory is 280 GB and ten workers give a query 60 GB', () => {
  expect(memoryViolations({ ...STACK, memory: { maxMemory: DataSize.gib(280) } })).toEqual([
    {
      path: 'memory.maxMemory',
      got: '280 GiB',
      allowed: 'up to 60 GiB, what 10 workers can give one query',
      fix: 'lower it to 60GB or leave it out; a limit above what exists protects nothing',
    },
  ]);
});

test('fails when the same line comes as text', () => {
  expect(memoryOverrideViolations(planMemory(STACK), { coordinator: { 'query.max-memory': '280GB' } })).toMatchObject([
    { path: 'coordinator.query.max-memory', fix: expect.stringContaining('60GB') as string },
  ]);
});

test('fails when memory limits stand beside retry-policy=TASK, where Trino ignores them', () => {
  const inert = memoryViolations({ ...STACK, memory: { maxMemory: DataSize.gib(60) }, retryPolicy: 'TASK' });
  expect(inert.map(({ path }) => path)).toEqual(['memory.maxMemory', 'workers.memoryPolicy.maxMemoryPerNode']);
  expect(inert[0]?.fix).toBe('leave it out and size tasks with faultTolerance.taskMemory');
});

test('fails when 12 GB of a 40 GiB pod are heap and 28 GiB are paid for and unused', () => {
  const workers = { memory: DataSize.gib(40), memoryPolicy: { heapFraction: 0.3 }, max: 10 };
  expect(memoryViolations({ ...STACK, workers })).toEqual([
    {
      path: 'workers.memoryPolicy.heapFraction',
      got: '0.3',
      allowed: 'a number from 0.5 to 0.85',
      fix: 'leave it out (80 % of this pod); less wastes memory, more gets the pod killed',
    },
  ]);
});

test.each(TrinoRelease.KNOWN)('workers of %s scale by series that the coordinator exports', (version) => {
  const { runningQueries, queuedQueries, requiredWorkers } = metricsOf(TrinoRelease.of(version));
  expect([runningQueries, queuedQueries, requiredWorkers].flatMap(({ roles }) => roles)).toEqual(
    Array(3).fill('coordinator'),
  );
});
