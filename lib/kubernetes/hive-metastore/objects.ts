import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment' with { 'resolution-mode': 'import' };
import type { IJob } from 'kubernetes-models/batch/v1/Job' with { 'resolution-mode': 'import' };
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget' with {
  'resolution-mode': 'import',
};
import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap' with { 'resolution-mode': 'import' };
import type { IService } from 'kubernetes-models/v1/Service' with { 'resolution-mode': 'import' };
import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount' with { 'resolution-mode': 'import' };
import { oneTimeJob } from '../one-time-job';
import { spreadOverZones } from '../pods';
import { reloadAnnotations } from '../reloader';
import type { MetastoreNames } from './names';
import { type MetastorePod, schemaPodSpec, serverPodSpec } from './pod';
import { THRIFT_PORT } from './site';

export function serviceAccount({ base }: MetastoreNames): IServiceAccount {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: base } };
}

export function configMap({ configMap: name }: MetastoreNames, data: Record<string, string>): IConfigMap {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data };
}

/** Another job for each `run`: the pod does not tell that its server is another one. */
export function schemaJob(pod: MetastorePod, run: number): IJob {
  const { base, schemaPods: labels } = pod.names;
  return oneTimeJob({ base: `${base}-schema`, labels, pod: schemaPodSpec(pod), input: [run] });
}

export function deployment(pod: MetastorePod, replicas: number): IDeployment {
  const { names, passwordSecret } = pod;
  const labels = { ...names.serverPods };
  const sources = { secrets: [passwordSecret], configMaps: [names.configMap, names.authorityConfigMap] };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: names.base, annotations: reloadAnnotations(sources) },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { ...serverPodSpec(pod), topologySpreadConstraints: spreadOverZones(labels) },
      },
    },
  };
}

export function service({ base, serverPods }: MetastoreNames): IService {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: base },
    spec: { selector: { ...serverPods }, ports: [{ name: 'thrift', port: THRIFT_PORT, targetPort: 'thrift' }] },
  };
}

export function disruptionBudget({ base, serverPods }: MetastoreNames): IPodDisruptionBudget {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: base },
    spec: { maxUnavailable: 1, selector: { matchLabels: { ...serverPods } } },
  };
}
