import { DataSize, Duration } from '../../lib/core';
import { planDrain } from '../../lib/trino/drain';
import { planFaultTolerance } from '../../lib/trino/fault-tolerance';
import { planMemory } from '../../lib/trino/memory';
import { onEveryNode, type Properties } from '../../lib/trino/policy';
import { checkProperties } from '../../lib/trino/properties';
import { planQueryLimits } from '../../lib/trino/query-limits';
import { TrinoRelease } from '../../lib/trino/release';
import { planSpill } from '../../lib/trino/spill';

const HOUR = Duration.hours(1);
const MEMORY = planMemory({
  ...{ coordinator: { memory: DataSize.gib(4) }, workers: { memory: DataSize.gib(4), max: 7 } },
  retryPolicy: 'TASK',
});
const EXCHANGE = { baseDirectories: ['s3://b'], region: 'eu-west-1', endpoint: 'http://s3', pathStyleAccess: true };
const LIMITS = {
  maxRunTime: Duration.hours(2),
  maxPlanningTime: HOUR,
  maxCpuTime: Duration.days(1),
  clientTimeout: HOUR,
};

/** Every line that a policy can write, in plans that would not stand side by side. */
function plans(release: TrinoRelease) {
  const context = { memory: MEMORY, capacity: 'spot', maxExecutionTime: HOUR, release } as const;
  const tasks = { retryPolicy: 'TASK', exchange: EXCHANGE, retryAttempts: 2, encryption: false } as const;
  return {
    memory: MEMORY,
    tasks: planFaultTolerance(tasks, context),
    queries: planFaultTolerance({ retryPolicy: 'QUERY', retryAttempts: 2 }, context),
    spill: planSpill({ volume: DataSize.gib(100), encryption: true }),
    limits: planQueryLimits(LIMITS, { min: 1, max: 7 }),
    drain: planDrain({}, { maxExecutionTime: HOUR, retryPolicy: 'TASK', capacity: 'spot' }),
  };
}

function errors(release: TrinoRelease, component: string, entries: Properties, role: 'coordinator' | 'worker') {
  const findings = checkProperties(release, { component, entries, role });
  return findings.filter(({ severity }) => severity === 'error').map(({ property, kind }) => `${kind}: ${property}`);
}

describe.each(TrinoRelease.KNOWN)('Trino %s', (version) => {
  const release = TrinoRelease.of(version);

  test.each(Object.entries(plans(release)))(
    'accepts every line of %s on the role that it is for',
    (_, { properties }) => {
      for (const role of ['coordinator', 'worker'] as const) {
        const entries = { 'node.environment': 'test', ...properties[role] };
        expect(errors(release, 'server', entries, role)).toEqual([]);
      }
    },
  );

  test('accepts every line of the exchange manager', () => {
    const { exchangeManager = {} } = plans(release).tasks;
    expect(errors(release, 'exchange-manager:filesystem', exchangeManager, 'worker')).toEqual([]);
  });
});

test('a limit on bytes written is a line since Trino 477', () => {
  const limit = planQueryLimits({ maxWritePhysicalSize: DataSize.gib(1) }, { min: 1, max: 7 });
  const entries = { 'node.environment': 'test', ...limit.properties.coordinator };
  expect(errors(TrinoRelease.of('480'), 'server', entries, 'coordinator')).toEqual([]);
  expect(errors(TrinoRelease.of('476'), 'server', entries, 'coordinator')).toHaveLength(1);
});

test('the lines of every node are the same on both roles', () => {
  expect(onEveryNode({ a: '1' })).toEqual({ coordinator: { a: '1' }, worker: { a: '1' } });
});
