import {
  DEFAULT_KUBERNETES_VERSION,
  KUBERNETES_VERSIONS,
  kubernetesVersion,
  kubernetesVersionViolations,
} from '../../lib/aws/kubernetes-version';

test.each(KUBERNETES_VERSIONS)('the cluster autoscaler of Kubernetes %s has its minor version', (version) => {
  expect(kubernetesVersion(version).clusterAutoscaler.imageTag).toMatch(new RegExp(`^v${version}\\.\\d+$`));
});

test('the default is a known version', () => {
  expect(kubernetesVersionViolations(DEFAULT_KUBERNETES_VERSION)).toEqual([]);
});

test.each(['1.33', '1.37', '1.35.1', 'v1.35', '1.350'])('fails when no autoscaler is known for %s', (version) => {
  expect(() => kubernetesVersion(version)).toThrow(
    `got '${version}'; allowed: '1.34', '1.35' or '1.36': versions with a known release of the cluster autoscaler`,
  );
});
