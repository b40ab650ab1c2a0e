import { type Violation, oneOf, refuse, show } from '../core';

/** A Kubernetes version that EKS runs, with what has to match it. */
export interface KubernetesVersion {
  /** `1.35` */
  readonly version: string;
  /**
   * The cluster autoscaler simulates the scheduler, so its minor version must be the cluster's; `chart` is the Helm
   * chart that installs it.
   * @see https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler#releases
   */
  readonly clusterAutoscaler: { readonly imageTag: string; readonly chart: string };
}

const AUTOSCALER_CHART = '9.59.0';

/** @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html @see https://endoflife.date/amazon-eks */
const VERSIONS: readonly KubernetesVersion[] = [
  known('1.34', 'v1.34.5'),
  known('1.35', 'v1.35.2'),
  known('1.36', 'v1.36.1'),
];

/** The version that a cluster gets when none is named. */
export const DEFAULT_KUBERNETES_VERSION = '1.35';

/** Every version that a cluster can have, oldest first. */
export const KUBERNETES_VERSIONS: readonly string[] = VERSIONS.map(({ version }) => version);

/** @throws ConfigError listing the known versions */
export function kubernetesVersion(version: string): KubernetesVersion {
  refuse('kubernetes', kubernetesVersionViolations(version));
  const found = find(version);
  if (found === undefined) throw new RangeError(`kubernetes: ${version} is unknown`);
  return found;
}

/** What is wrong with a version: it is not one that we know a cluster autoscaler for. */
export function kubernetesVersionViolations(version: string): readonly Violation[] {
  if (find(version) !== undefined) return [];
  return [
    {
      path: 'version',
      got: show(version),
      allowed: `${oneOf(KUBERNETES_VERSIONS)}: versions with a known release of the cluster autoscaler`,
      fix: `use ${show(DEFAULT_KUBERNETES_VERSION)}`,
    },
  ];
}

function find(wanted: string): KubernetesVersion | undefined {
  return VERSIONS.find(({ version }) => version === wanted);
}

function known(version: string, imageTag: string): KubernetesVersion {
  return { version, clusterAutoscaler: { imageTag, chart: AUTOSCALER_CHART } };
}
