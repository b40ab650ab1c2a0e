/** Lines that runbooks for Trino pass on and that no longer hold, or never did, as a user would write them here. */
import { DataSize, Duration } from '../../lib/core';
import { drainViolations, planDrain } from '../../lib/trino/drain';
import { faultToleranceViolations } from '../../lib/trino/fault-tolerance';
import { memoryOverrideViolations, planMemory } from '../../lib/trino/memory';
import { planQueryLimits } from '../../lib/trino/query-limits';
import {
  DEFAULT_RESOURCE_GROUPS,
  renderResourceGroups,
  resourceGroupViolations,
  whichGroup,
} from '../../lib/trino/resource-groups';
import { planSpill, spillViolations } from '../../lib/trino/spill';

const MEMORY = planMemory({
  coordinator: { memory: DataSize.gib(16) },
  workers: { memory: DataSize.gib(16), max: 4 },
});

test('query.max-total-memory-per-node stops every node: no plan writes it', () => {
  const names = Object.values(MEMORY.properties).flatMap((lines) => Object.keys(lines));
  expect(names).not.toContain('query.max-total-memory-per-node');
});

test('fails when 8 GB per node and 4 GB of headroom are copied to a worker with a smaller heap', () => {
  const worker = { 'query.max-memory-per-node': '8GB', 'memory.heap-headroom-per-node': '4GB' };
  const small = planMemory({ coordinator: { memory: DataSize.gib(8) }, workers: { memory: DataSize.gib(12), max: 4 } });
  expect(memoryOverrideViolations(MEMORY, { worker })).toEqual([]);
  expect(memoryOverrideViolations(small, { worker })).toEqual([
    {
      path: 'worker.query.max-memory-per-node',
      got: '8 GiB per node + 4 GiB of headroom',
      allowed: 'a sum up to the heap of 9.6 GiB: Trino refuses to boot above it',
      fix: 'lower the limit per node to 5728MB, lower the headroom or raise the memory of the pod',
    },
  ]);
});

test('a script that kills queries above 1 h or 100 GB is two lines of configuration', () => {
  expect(planQueryLimits({}, { min: 1, max: 4 }).properties.coordinator).toMatchObject({
    'query.max-execution-time': '1h',
    'query.max-scan-physical-bytes': '100GB',
  });
});

test('max-spill-per-node=200GB is no use while one query is capped at 100 GB: both lines are written', () => {
  const policy = { volume: DataSize.gib(250), maxPerNode: DataSize.gib(200) };
  expect(spillViolations(policy, { retryPolicy: 'NONE' })).toEqual([]);
  expect(planSpill(policy).properties.worker).toMatchObject({
    'max-spill-per-node': '200GB',
    'query-max-spill-per-node': '200GB',
  });
});

test('fails when 200 GB may be spilled to a volume of 200 GiB, from which Kubernetes evicts', () => {
  const policy = { volume: DataSize.gib(200), maxPerNode: DataSize.gib(200) };
  expect(spillViolations(policy, { retryPolicy: 'NONE' })).toMatchObject([{ path: 'maxPerNode' }]);
});

test('kill_query does not queue behind the query that it is to end', () => {
  const kill = whichGroup({ user: 'admin', queryType: 'DATA_DEFINITION' }, DEFAULT_RESOURCE_GROUPS);
  const runaway = whichGroup({ user: 'analyst', queryType: 'SELECT' }, DEFAULT_RESOURCE_GROUPS);
  const rootOf = (id = '') => id.split('.')[0];
  expect(rootOf(kill?.group)).not.toBe(rootOf(runaway?.group));
});

test('fails when selectors name only the known sources: Trino rejects every other query', () => {
  const selectors = DEFAULT_RESOURCE_GROUPS.selectors.slice(0, -1);
  expect(resourceGroupViolations({ ...DEFAULT_RESOURCE_GROUPS, selectors })).toMatchObject([
    { path: 'selectors', fix: "end the list with { group: '…' }" },
  ]);
});

test('${USER} leaves this layer as Trino reads it: the text for Terraform is escaped at one place, once', () => {
  const groups = {
    rootGroups: [{ name: '${USER}', maxQueued: 10, hardConcurrencyLimit: 2 }],
    selectors: [{ group: '${USER}' }],
  };
  expect(renderResourceGroups(groups)).toContain('"${USER}"');
  expect(renderResourceGroups(groups)).not.toContain('$${');
});

test('fails when terminationGracePeriodSeconds is 600 and a query may run for an hour', () => {
  const hour = { maxExecutionTime: Duration.hours(1), retryPolicy: 'NONE', capacity: 'on-demand' } as const;
  const [violation] = drainViolations({ terminationGracePeriod: Duration.seconds(600) }, hour);
  expect(violation).toMatchObject({ path: 'terminationGracePeriod', got: '10m' });
  expect(planDrain({}, hour).terminationGracePeriod.toSeconds()).toBe(3690);
});

test('fails when retry-policy=TASK has no exchange: the server starts and then fails each query', () => {
  const context = {
    memory: MEMORY,
    capacity: 'on-demand',
    maxExecutionTime: Duration.hours(1),
  } as const;
  expect(faultToleranceViolations({ retryPolicy: 'TASK' }, context)).toMatchObject([{ path: 'exchange' }]);
});
