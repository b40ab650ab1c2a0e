import { KubernetesNamespace, type NamespaceOptions, namespaceViolations } from '../../lib/kubernetes/namespace';
import { paths } from '../aws/support';
import { one, synth } from '../support/synth';
import { clusterStack, terraformProblems } from './support/platform';

const namespace = (options: Partial<NamespaceOptions> = {}) =>
  synth(clusterStack((stack) => new KubernetesNamespace(stack, 'It', { name: 'trino', ...options })));

test('pods of a namespace are held to the restricted standard', async () => {
  const json = namespace();
  expect(one(json, 'kubernetes_namespace_v1').args['metadata']).toEqual({
    name: 'trino',
    annotations: {},
    labels: {
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
      'pod-security.kubernetes.io/audit': 'restricted',
    },
  });
  expect(await terraformProblems(json)).toEqual([]);
});

test('more than restricted has its reason written at it, and is still warned of', () => {
  const podSecurity = { level: 'privileged', reason: 'the node exporter sees the host' } as const;
  expect(one(namespace({ podSecurity }), 'kubernetes_namespace_v1').args['metadata']).toMatchObject({
    annotations: { 'cdktf-trino/pod-security-reason': 'the node exporter sees the host' },
    labels: {
      'pod-security.kubernetes.io/enforce': 'privileged',
      'pod-security.kubernetes.io/warn': 'restricted',
    },
  });
});

test('fails when more than restricted has no reason', () => {
  const podSecurity = { level: 'baseline', reason: ' ' } as const;
  expect(paths(namespaceViolations({ name: 'trino', podSecurity }))).toEqual(['podSecurity.reason']);
});

test.each(['', 'Trino', 'a.b', '-a', 'a'.repeat(64)])('fails when it is called %j', (name) => {
  expect(paths(namespaceViolations({ name }))).toEqual(['name']);
  expect(() => namespace({ name })).toThrow(/test\/It: one problem/);
});

test('a namespace that exists already needs nothing', () => {
  expect(KubernetesNamespace.fromName('kube-system')).toEqual({ name: 'kube-system', ready: [] });
});
