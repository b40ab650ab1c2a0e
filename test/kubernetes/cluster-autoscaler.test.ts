import { KUBERNETES_VERSIONS, kubernetesVersion } from '../../lib/aws/kubernetes-version';
import { EksCluster } from '../../lib/aws/eks-cluster';
import { Duration } from '../../lib/core';
import { ClusterAutoscaler, type ClusterAutoscalerProps } from '../../lib/kubernetes/cluster-autoscaler';
import { policyOf } from '../aws/support';
import { one, synth } from '../support/synth';
import { clusterStack, release, terraformProblems, valuesOf } from './support/platform';

const autoscaler = (props: Partial<ClusterAutoscalerProps> = {}) =>
  synth(clusterStack((stack, cluster) => new ClusterAutoscaler(stack, 'It', { cluster, name: 'acme-dev', ...props })));
const valuesWith = (props: Partial<ClusterAutoscalerProps> = {}) =>
  valuesOf(release(autoscaler(props), 'cluster-autoscaler'));
const ofVersion = (version: string) =>
  clusterStack((stack, { network }) => {
    const cluster = EksCluster.fromAttributes(stack, 'Other', {
      clusterName: 'other',
      endpoint: 'https://other.example',
      certificateAuthority: 'Y2VydA==',
      version,
      network,
      nodeSecurityGroupId: 'sg-nodes',
    });
    new ClusterAutoscaler(stack, 'It', { cluster, name: 'acme-dev' });
  });

test('finds the groups of its cluster, and resizes no others', async () => {
  const json = autoscaler();
  expect(valuesOf(release(json, 'cluster-autoscaler'))).toMatchObject({
    cloudProvider: 'aws',
    autoDiscovery: { clusterName: 'theirs' },
    replicaCount: 2,
  });
  expect(policyOf(one(json, 'aws_iam_role_policy').args['policy']).Statement[1]).toMatchObject({
    Action: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
    Condition: { StringEquals: { 'aws:ResourceTag/k8s.io/cluster-autoscaler/theirs': 'owned' } },
  });
  expect(await terraformProblems(json)).toEqual([]);
});

test('its pods are those that have the role, and start when they can have it', () => {
  const json = autoscaler();
  const { namespace, service_account: name } = one(json, 'aws_eks_pod_identity_association').args;
  const args = release(json, 'cluster-autoscaler');
  expect(args['namespace']).toBe(namespace);
  expect(valuesOf(args)['rbac']).toEqual({ serviceAccount: { create: true, name } });
  expect(args['depends_on']).toEqual([expect.stringMatching(/^aws_eks_pod_identity_association\./)]);
});

test.each(KUBERNETES_VERSIONS)('runs the release that simulates the scheduler of %s', (version) => {
  const { imageTag } = kubernetesVersion(version).clusterAutoscaler;
  expect(imageTag).toMatch(new RegExp(`^v${version}\\.`));
  expect(valuesOf(release(synth(ofVersion(version)), 'cluster-autoscaler'))['image']).toEqual({ tag: imageTag });
});

test('fails when no release is known for the version, listing those that are', () => {
  expect(() => ofVersion('1.29')).toThrow(/got '1\.29'; allowed: '1\.34', '1\.35' or '1\.36'/);
});

describe('spot pools', () => {
  const values = valuesWith({ spotPools: ['workers'] });
  const priorities = values['expanderPriorities'] as Record<string, readonly string[]>;
  const priorityOf = (group: string) =>
    Math.max(
      ...Object.keys(priorities)
        .map(Number)
        .filter((it) => priorities[it]?.some((at) => new RegExp(at).test(group))),
    );

  test('grow first, and by the best fit among themselves', () => {
    expect(values['extraArgs']).toMatchObject({ expander: 'priority,least-waste' });
    expect(priorityOf('eks-workers-2026112112000000010000000a-56c4a1b2-1111-2222-3333-444455556666')).toBe(50);
    expect(priorityOf('eks-coordinator-2026112112000000010000000b-56c4a1b2-1111')).toBe(10);
  });

  test('are not mistaken for a pool whose name begins alike', () => {
    expect(priorityOf('eks-workers-large-2026112112000000010000000a-56c4a1b2-1111')).toBe(10);
  });

  test('are not overridden by the balancing of similar groups', () => {
    expect(values['extraArgs']).toMatchObject({ 'balance-similar-node-groups': false });
  });

  test('none, no priorities', () => {
    expect(valuesWith()).not.toHaveProperty('expanderPriorities');
    expect(valuesWith()['extraArgs']).toMatchObject({ expander: 'least-waste' });
  });
});

test('a leaving worker has the time of its whole drain', () => {
  expect(valuesWith({ maxGracefulTermination: Duration.minutes(14) })['extraArgs']).toMatchObject({
    'max-graceful-termination-sec': 840,
    'skip-nodes-with-local-storage': false,
  });
});

test('fails when a leaving pod would have no time', () => {
  expect(() => autoscaler({ maxGracefulTermination: Duration.millis(0) })).toThrow(/maxGracefulTermination: got 0s/);
});
