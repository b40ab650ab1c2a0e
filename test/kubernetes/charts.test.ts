import { KUBERNETES_VERSIONS, kubernetesVersion } from '../../lib/aws/kubernetes-version';
import { chartKeyViolations } from '../../lib/core';
import { CHART_NAMES, pinnedChart } from '../../lib/kubernetes/charts';

test.each(CHART_NAMES)('%s is one version from one repository, with its keys', (name) => {
  const { chart, version, repository, values } = pinnedChart(name);
  expect(chart).toBe(name);
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(repository).toMatch(/^https:\/\//);
  expect(values.length).toBeGreaterThan(100);
});

test('every version of Kubernetes names the chart of the cluster autoscaler that is pinned', () => {
  const { version } = pinnedChart('cluster-autoscaler');
  expect(KUBERNETES_VERSIONS.map((it) => kubernetesVersion(it).clusterAutoscaler.chart)).toEqual(
    KUBERNETES_VERSIONS.map(() => version),
  );
});

test('what a chart documents only in comments is known too', () => {
  expect(chartKeyViolations(pinnedChart('cluster-autoscaler'), { podDisruptionBudget: { minAvailable: 1 } })).toEqual(
    [],
  );
});

test('fails when a key belongs to another version or is misspelt', () => {
  const values = { metricServer: { replicaCount: 2 }, operator: { replicaCounts: 2 }, watchLabelSelector: 'a' };
  expect(chartKeyViolations(pinnedChart('keda'), values).map(({ path, fix }) => `${path}: ${fix}`)).toEqual([
    'metricServer: did you mean metricsServer?',
    'operator.replicaCounts: did you mean replicaCount?',
    'watchLabelSelector: correct the key, or leave it out',
  ]);
});
