import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { Duration } from '../../lib/core';
import { addClusterProviders } from '../../lib/kubernetes/cluster-providers';
import { pinnedChart } from '../../lib/kubernetes/charts';
import { HelmChart, type HelmChartProps, releaseViolations } from '../../lib/kubernetes/helm-chart';
import { KubernetesNamespace } from '../../lib/kubernetes/namespace';
import { paths } from '../aws/support';
import { importedCluster } from '../support/cluster';
import { resources, synth, testApp, testStack } from '../support/synth';
import { clusterStack, release, SPACE, terraformProblems, valuesOf } from './support/platform';

const chart = pinnedChart('reloader');
const reloader = (props: Partial<HelmChartProps> = {}): ReturnType<typeof synth> =>
  synth(
    clusterStack(
      (stack) => new HelmChart(stack, 'It', { chart, releaseName: 'it', namespace: SPACE, values: {}, ...props }),
    ),
  );

test('a release is of one version, waited for, and taken away when its first install fails', async () => {
  const json = reloader();
  expect(release(json, 'it')).toMatchObject({
    chart: 'reloader',
    version: chart.version,
    repository: 'https://stakater.github.io/stakater-charts',
    namespace: 'space',
    atomic: true,
    upgrade_install: true,
    wait: true,
    wait_for_jobs: true,
    timeout: 900,
  });
  expect(await terraformProblems(json)).toEqual([]);
});

test('values are text of people: what looks like syntax of Terraform stays text, and null reaches Helm', () => {
  const values = { reloader: { deployment: { labels: { a: '${ENV:X} %{if}' } }, service: null } };
  expect(valuesOf(release(reloader({ values }), 'it'))).toEqual({
    reloader: { deployment: { labels: { a: '$${ENV:X} %%{if}' } }, service: null },
  });
});

test('values may refer to another stack, and may grow until the stack is synthesized', () => {
  const app = testApp();
  const bucket = new S3Bucket(testStack(undefined, { app, id: 'data' }), 'Bucket', {});
  const labels: Record<string, string> = {};
  const stack = testStack(
    (it) => {
      addClusterProviders(it, importedCluster(it));
      const values = () => ({ reloader: { deployment: { labels } } });
      new HelmChart(it, 'It', { chart, releaseName: 'it', namespace: SPACE, values });
    },
    { app, id: 'platform' },
  );
  labels['bucket'] = bucket.bucket;
  expect(valuesOf(release(synth(stack), 'it'))).toEqual({
    reloader: {
      deployment: { labels: { bucket: expect.stringMatching(/^\$\{data\.terraform_remote_state\./) as string } },
    },
  });
});

test('it waits for its namespace and for what it is told to', () => {
  const json = synth(
    clusterStack((stack) => {
      const namespace = new KubernetesNamespace(stack, 'Namespace', { name: 'tools' });
      const bucket = new S3Bucket(stack, 'Bucket', {});
      new HelmChart(stack, 'It', { chart, releaseName: 'it', namespace, values: {}, dependsOn: [bucket] });
    }),
  );
  expect(release(json, 'it')['depends_on']).toEqual([
    expect.stringMatching(/^kubernetes_namespace_v1\./),
    'aws_s3_bucket.Bucket',
  ]);
  expect(resources(json, 'kubernetes_namespace_v1')).toHaveLength(1);
});

test('fails when values have keys that the chart does not read, naming all of them', () => {
  const values = { reloader: { readOnlyRootFilesystem: true, autoReloadAl: true }, image: { tag: 'v1' } };
  expect(() => reloader({ values })).toThrow(
    /reloader\.readOnlyRootFilesystem: .*did you mean readOnlyRootFileSystem\?[^]*reloader\.autoReloadAl: /,
  );
});

test.each(['', 'It', 'i'.repeat(54), '-it', 'a.b'])('fails when the release is called %j', (releaseName) => {
  expect(paths(releaseViolations({ releaseName }))).toEqual(['releaseName']);
});

test.each(['it', 'i'.repeat(53), 'trino-2'])('a release may be called %j', (releaseName) => {
  expect(releaseViolations({ releaseName })).toEqual([]);
});

test('fails when no node could start in the time that is left', () => {
  expect(paths(releaseViolations({ releaseName: 'it', timeout: Duration.minutes(4) }))).toEqual(['timeout']);
  expect(releaseViolations({ releaseName: 'it', timeout: Duration.minutes(5) })).toEqual([]);
  expect(() => reloader({ timeout: Duration.seconds(1) })).toThrow(/test\/It: one problem/);
});
