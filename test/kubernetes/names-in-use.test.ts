import type { TerraformStack } from 'cdktf';
import type { ICluster } from '../../lib/aws/cluster';
import { pinnedChart } from '../../lib/kubernetes/charts';
import { ExternalSecrets } from '../../lib/kubernetes/external-secrets';
import { HelmChart } from '../../lib/kubernetes/helm-chart';
import { KubernetesNamespace } from '../../lib/kubernetes/namespace';
import { KubernetesObjects } from '../../lib/kubernetes/objects';
import { TrinoPlatform } from '../../lib/platform';
import { minimal } from '../platform/support';
import { clusterStack, SPACE } from './support/platform';

const OTHER = KubernetesNamespace.fromName('other');
const chart = (stack: TerraformStack, id: string, releaseName: string, namespace = SPACE) =>
  new HelmChart(stack, id, { chart: pinnedChart('reloader'), releaseName, namespace, values: {} });
const objects = (stack: TerraformStack, id: string, releaseName: string) =>
  new KubernetesObjects(stack, id, { releaseName, namespace: SPACE, objects: [] });
const operator = (stack: TerraformStack, cluster: ICluster, id: string, namespace = SPACE) =>
  new ExternalSecrets(stack, id, { cluster, name: id.toLowerCase(), namespace });
const store = ExternalSecrets.fromStoreName('theirs');
const platform = (stack: TerraformStack, cluster: ICluster, id: string, instance = 'trino') =>
  new TrinoPlatform(stack, id, minimal(stack, cluster, { name: id.toLowerCase(), instance, secretStore: store }));

describe('fails when a second one of a name would take over the first, with the paths of both:', () => {
  test.each<[string, (stack: TerraformStack, cluster: ICluster) => unknown, string]>([
    ['two charts', (it) => [chart(it, 'A', 'it'), chart(it, 'B', 'it')], "B: .*'it', the release of test/A;"],
    [
      'a chart and objects',
      (it) => [chart(it, 'A', 'it'), objects(it, 'B', 'it')],
      "B: .*'it', the release of test/A;",
    ],
    [
      'two namespaces',
      (it) => ['A', 'B'].map((id) => new KubernetesNamespace(it, id, { name: 'it' })),
      "B: .*'it', the namespace of test/A;",
    ],
    [
      'two operators with a store for the whole cluster',
      (it, cluster) => [operator(it, cluster, 'A'), operator(it, cluster, 'B', OTHER)],
      "B: .*'aws-secrets-manager', the ClusterSecretStore of test/A;",
    ],
    [
      'two platforms',
      (it, cluster) => [platform(it, cluster, 'A'), platform(it, cluster, 'B')],
      "B/Namespace: .*'trino', the namespace of test/A/Namespace; .* another `instance`",
    ],
  ])('%s', (_things, make, message) => {
    expect(() => clusterStack(make)).toThrow(new RegExp(`^test/${message}`, 's'));
  });
});

test('names may be equal in other namespaces, in other stacks, and of other kinds', () => {
  const make = (it: TerraformStack): void => {
    new KubernetesNamespace(it, 'Namespace', { name: 'it' });
    chart(it, 'A', 'it');
    chart(it, 'B', 'it', OTHER);
    chart(it, 'C', 'other');
  };
  expect(() => [clusterStack(make), clusterStack(make)]).not.toThrow();
});

test('platforms with an instance each share a cluster', () => {
  const make = (it: TerraformStack, cluster: ICluster) => [
    platform(it, cluster, 'A'),
    platform(it, cluster, 'B', 'jobs'),
  ];
  expect(() => clusterStack(make)).not.toThrow();
});
