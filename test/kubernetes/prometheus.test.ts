import { ConfigError, DataSize, Duration, SecretRef } from '../../lib/core';
import { ExternalSecrets } from '../../lib/kubernetes/external-secrets';
import {
  Prometheus,
  prometheusAddressViolations,
  type PrometheusProps,
  prometheusViolations,
} from '../../lib/kubernetes/prometheus';
import { paths } from '../aws/support';
import { one, synth, type TerraformJson } from '../support/synth';
import { clusterStack, object, objectsOf, release, SPACE, terraformProblems, valuesOf } from './support/platform';
import { schemaProblems } from './support/schemas';

function prometheus(props: Partial<PrometheusProps> = {}): { json: TerraformJson; url: string } {
  let url = '';
  const stack = clusterStack((it) => {
    ({ url } = new Prometheus(it, 'It', { namespace: SPACE, ...props }));
  });
  return { json: synth(stack), url };
}

test('reads every monitor and rule, and asks for nothing that EKS hides', async () => {
  const { json, url } = prometheus();
  const values = valuesOf(release(json, 'prometheus'));
  expect(values).toMatchObject({
    fullnameOverride: 'prometheus',
    prometheus: {
      prometheusSpec: {
        ruleSelectorNilUsesHelmValues: false,
        serviceMonitorSelectorNilUsesHelmValues: false,
        podMonitorSelectorNilUsesHelmValues: false,
        probeSelectorNilUsesHelmValues: false,
        scrapeConfigSelectorNilUsesHelmValues: false,
      },
    },
    kubeEtcd: { enabled: false },
    nodeExporter: { enabled: false },
    grafana: { enabled: false },
  });
  expect(url).toBe('http://prometheus-prometheus.space.svc:9090');
  expect(await terraformProblems(json)).toEqual([]);
});

test('what it keeps fits on its disk, which is encrypted', () => {
  const { json } = prometheus({ storage: DataSize.gib(20), retention: Duration.days(3) });
  expect(valuesOf(release(json, 'prometheus'))['prometheus']).toMatchObject({
    prometheusSpec: {
      retention: '72h',
      retentionSize: '16GB',
      storageSpec: {
        volumeClaimTemplate: {
          spec: { storageClassName: 'prometheus-gp3', resources: { requests: { storage: '20Gi' } } },
        },
      },
    },
  });
  const objects = objectsOf(json, 'prometheus-disks');
  expect(object(objects, 'StorageClass')).toMatchObject({
    metadata: { name: 'prometheus-gp3' },
    parameters: { type: 'gp3', encrypted: 'true' },
  });
  expect(schemaProblems(objects)).toEqual([]);
});

test('its pod makes room for itself where its disk is, which cannot leave its zone', () => {
  const { json } = prometheus();
  const { address, args } = one(json, 'kubernetes_priority_class_v1');
  const { name } = args['metadata'] as { name: string };
  expect(args).toMatchObject({ preemption_policy: 'PreemptLowerPriority' });
  expect(args['value']).toBeGreaterThan(0);
  const stack = release(json, 'prometheus');
  expect(valuesOf(stack)['prometheus']).toMatchObject({ prometheusSpec: { priorityClassName: name } });
  expect(stack['depends_on']).toContain(address);
});

test("Grafana's password comes from a secret, never from the chart, and another one restarts it", () => {
  const secretStore = ExternalSecrets.fromStoreName('theirs');
  const { json } = prometheus({ grafana: { adminPassword: SecretRef.of('grafana', 'password'), secretStore } });
  const { admin, annotations } = valuesOf(release(json, 'prometheus'))['grafana'] as Record<
    'admin' | 'annotations',
    Record<string, string>
  >;
  const secret = object(
    objectsOf(json, 'grafana-admin-secrets'),
    'ExternalSecret',
    admin['existingSecret'],
  ) as unknown as {
    spec: { target: { template: { data: object } } };
  };
  expect(Object.keys(secret.spec.target.template.data)).toEqual([admin['userKey'], admin['passwordKey']]);
  expect(annotations).toEqual({ 'secret.reloader.stakater.com/reload': admin['existingSecret'] });
});

test('a Prometheus that exists already is an address', () => {
  const theirs = { url: 'http://theirs:9090', namespace: 'metrics', ready: [] };
  expect(Prometheus.fromAddress('http://theirs:9090/', 'metrics')).toEqual(theirs);
});

test('a Prometheus that exists already may read only what has its label', () => {
  const monitorLabels = { release: 'prometheus', 'acme.example/scrape': '' };
  expect(Prometheus.fromAddress('http://theirs:9090', 'metrics', monitorLabels)).toMatchObject({ monitorLabels });
});

test.each([{ 're lease': 'prometheus' }, { release: 'pro metheus' }])('fails when %j are no labels', (labels) => {
  const [key = ''] = Object.keys(labels);
  expect(paths(prometheusAddressViolations('http://theirs', 'metrics', labels))).toEqual([`monitorLabels.${key}`]);
});

test.each(['prometheus:9090', 'ftp://theirs', 'http://', 'http://theirs/?x'])(
  'fails when nobody could ask at %s',
  (url) => {
    expect(paths(prometheusAddressViolations(url, 'metrics'))).toEqual(['url']);
    expect(() => Prometheus.fromAddress(url, 'metrics')).toThrow(ConfigError);
  },
);

test('fails when there can be no such namespace', () => {
  expect(paths(prometheusAddressViolations('https://theirs/prometheus', ''))).toEqual(['namespace']);
});

test('fails when nothing would be kept', () => {
  expect(paths(prometheusViolations({ retention: Duration.minutes(59), storage: DataSize.gib(9) }))).toEqual([
    'retention',
    'storage',
  ]);
  expect(prometheusViolations({ retention: Duration.hours(1), storage: DataSize.gib(10) })).toEqual([]);
});
