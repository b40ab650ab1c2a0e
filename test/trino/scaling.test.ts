import { Duration } from '../../lib/core';
import { planDrain, type DrainContext } from '../../lib/trino/drain';
import {
  cpuScalingViolations,
  planCpuScaling,
  planScaling,
  scalingViolations,
  type ScalingContext,
  type ScalingPolicy,
} from '../../lib/trino/scaling';

const POLICY: ScalingPolicy = { min: 2, max: 10 };
const DRAIN: DrainContext = { maxExecutionTime: Duration.hours(1), retryPolicy: 'NONE', capacity: 'on-demand' };

function context(drain: Partial<DrainContext> = {}, requiredWorkers = 1): ScalingContext {
  return {
    prometheusUrl: 'http://prometheus.monitoring:9090',
    labels: { namespace: 'trino', app_kubernetes_io_component: 'coordinator' },
    metrics: {
      runningQueries: 'running_queries',
      queuedQueries: 'queued_queries',
      requiredWorkers: 'required_workers',
    },
    drain: planDrain({}, { ...DRAIN, ...drain }),
    requiredWorkers,
  };
}

test('workers follow running and waiting queries of the coordinator, and their own CPU', () => {
  const { triggers, minReplicaCount, maxReplicaCount } = planScaling(POLICY, context());
  expect([minReplicaCount, maxReplicaCount]).toEqual([2, 10]);
  const series = (name: string, threshold: string) => ({
    type: 'prometheus',
    metricType: 'AverageValue',
    metadata: {
      serverAddress: 'http://prometheus.monitoring:9090',
      query: `max(${name}{namespace="trino",app_kubernetes_io_component="coordinator"})`,
      threshold,
      ignoreNullValues: 'false',
    },
  });
  expect(triggers).toEqual([
    series('running_queries', '5'),
    series('queued_queries', '2'),
    { type: 'cpu', metricType: 'Utilization', metadata: { value: '70' } },
  ]);
});

test('thresholds are what was asked for', () => {
  const policy = {
    ...POLICY,
    runningPerWorker: 8,
    queuedPerWorker: 1,
    cpuUtilization: 50,
    pollingInterval: Duration.seconds(30),
  };
  const plan = planScaling(policy, context());
  expect(plan.triggers.map(({ metadata }) => metadata['threshold'] ?? metadata['value'])).toEqual(['8', '1', '50']);
  expect(plan.pollingInterval).toBe(30);
});

test('a query that waits for workers starts them: it neither runs nor queues', () => {
  const series = (policy: ScalingPolicy, required: number) =>
    planScaling(policy, context({}, required)).triggers.flatMap(({ metadata }) => metadata['query'] ?? []);
  expect(series({ min: 0, max: 10 }, 1).join()).toContain('required_workers');
  expect(series({ min: 2, max: 10 }, 4).join()).toContain('required_workers');
  expect(series({ min: 2, max: 10 }, 2).join()).not.toContain('required_workers');
});

test.each<[string, Partial<DrainContext>, number]>([
  ['a drain of an hour: as long as Kubernetes accepts', {}, 3600],
  ['a drain of 14 minutes: as long', { retryPolicy: 'TASK' }, 840],
  ['a drain of two minutes: ten minutes at least', { retryPolicy: 'TASK', capacity: 'spot' }, 600],
])('the lull before a worker goes follows %s', (_, drain, seconds) => {
  const { behavior, cooldownPeriod } = planScaling(POLICY, context(drain));
  expect([behavior.scaleDown.stabilizationWindowSeconds, cooldownPeriod]).toEqual([seconds, seconds]);
});

test('workers come by doubling and go one at a time', () => {
  const { behavior } = planScaling(POLICY, context());
  expect(behavior.scaleUp).toMatchObject({ stabilizationWindowSeconds: 0, selectPolicy: 'Max' });
  expect(behavior.scaleDown.policies).toEqual([{ type: 'Pods', value: 1, periodSeconds: 120 }]);
});

test('without its series KEDA keeps the workers that run', () => {
  expect(planScaling(POLICY, context()).fallback).toEqual({
    ...{ failureThreshold: 3, replicas: 2 },
    behavior: 'currentReplicasIfHigher',
  });
  const none = { min: 0, max: 10 };
  expect(planScaling(none, context()).fallback.replicas).toBe(1);
});

test('a label with quotes stays one label', () => {
  const { triggers } = planScaling(POLICY, { ...context(), labels: { team: 'a "b"' } });
  expect(triggers[0]?.metadata['query']).toBe('max(running_queries{team="a \\"b\\""})');
});

describe('rules', () => {
  const paths = (policy: ScalingPolicy) => scalingViolations(policy).map(({ path }) => path);

  test('the defaults pass, also from none', () => {
    expect(paths(POLICY)).toEqual([]);
    expect(paths({ min: 0, max: 1 })).toEqual([]);
  });

  test.each([
    { min: 3, max: 2 },
    { min: 0, max: 0 },
    { min: -1, max: 2 },
    { min: 1.5, max: 2 },
  ])('fails when the range is %j', (policy) => {
    expect(paths(policy)).toContain('min');
  });

  test.each<[string, Partial<ScalingPolicy>]>([
    ['runningPerWorker', { runningPerWorker: 0 }],
    ['queuedPerWorker', { queuedPerWorker: -1 }],
    ['cpuUtilization', { cpuUtilization: 101 }],
    ['pollingInterval', { pollingInterval: Duration.millis(1500) }],
  ])('fails when %s is out of its range', (path, policy) => {
    expect(paths({ ...POLICY, ...policy })).toEqual([path]);
  });
});

describe('by CPU alone', () => {
  const drain = (changes: Partial<DrainContext> = {}) => planDrain({}, { ...DRAIN, ...changes });

  test('workers come above 70 per cent, or what was asked for', () => {
    expect(planCpuScaling(POLICY, drain())).toMatchObject({ min: 2, max: 10, utilization: 70 });
    expect(planCpuScaling({ ...POLICY, cpuUtilization: 90 }, drain()).utilization).toBe(90);
  });

  test('they come and go as fast as with KEDA, whatever their drain', () => {
    for (const changes of [{}, { retryPolicy: 'TASK' }, { retryPolicy: 'TASK', capacity: 'spot' }] as const) {
      const { behavior } = planScaling(POLICY, context(changes));
      expect(planCpuScaling(POLICY, drain(changes)).behavior).toEqual(behavior);
    }
  });

  test('each number has its reason', () => {
    const reasons = planCpuScaling(POLICY, drain({ retryPolicy: 'TASK' })).reasons;
    expect(reasons.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'workers: 2 to 10',
      'scale-down stabilization: 14m',
    ]);
    expect(reasons[0]?.reason).toContain('70 %');
  });

  const paths = (policy: Partial<ScalingPolicy>) =>
    cpuScalingViolations({ ...POLICY, ...policy }).map(({ path }) => path);

  test('the share of the CPU passes, and nothing else is needed', () => {
    expect(paths({})).toEqual([]);
    expect(paths({ cpuUtilization: 100 })).toEqual([]);
  });

  test.each<[string, Partial<ScalingPolicy>]>([
    ['min', { min: 11 }],
    ['cpuUtilization', { cpuUtilization: -5 }],
    ['runningPerWorker', { runningPerWorker: 5 }],
    ['queuedPerWorker', { queuedPerWorker: 2 }],
    ['pollingInterval', { pollingInterval: Duration.seconds(15) }],
  ])('fails when %s is out of its range, or needs Prometheus', (path, policy) => {
    expect(paths(policy)).toEqual([path]);
  });
});
