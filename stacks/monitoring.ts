import { Construct } from 'constructs';
import type { ICluster } from '../lib/aws/cluster';
import { GeneratedSecret } from '../lib/aws/generated-secret';
import type { Placement } from '../lib/aws/node-pool';
import type { ISecretStore } from '../lib/kubernetes/external-secrets';
import { KubernetesNamespace } from '../lib/kubernetes/namespace';
import { type IPrometheus, type MonitorLabels, Prometheus, type PrometheusOptions } from '../lib/kubernetes/prometheus';

/** A Prometheus of the Prometheus Operator that the cluster has already. */
export interface ExistingPrometheus {
  /** As pods of the cluster reach it: `http://prometheus.monitoring.svc:9090`. */
  readonly url: string;
  /** Of its pods. */
  readonly namespace: string;
  /** By which it picks the monitors that it reads: `{ release: 'prometheus' }`. @default - it reads all of them */
  readonly monitorLabels?: MonitorLabels;
}

export interface MonitoringProps {
  /** First part of physical names: `acme-dev`. */
  readonly name: string;
  readonly cluster: ICluster;
  readonly secretStore: ISecretStore;
  readonly placement: Placement;
  readonly options: PrometheusOptions | ExistingPrometheus;
}

/** Prometheus and Grafana of an environment, or what it is told of another's. */
export function addMonitoring(scope: Construct, props: MonitoringProps): IPrometheus {
  const { options, name, cluster, secretStore, placement } = props;
  if ('url' in options) return Prometheus.fromAddress(options.url, options.namespace, options.monitorLabels);
  const monitoring = new Construct(scope, 'Monitoring');
  const password = new GeneratedSecret(monitoring, 'GrafanaAdmin', {
    name: `${name}/grafana-admin`,
    description: 'Administrator of Grafana',
    // Nothing is lost with it: Grafana takes the next one.
    recoveryWindowDays: 0,
  });
  return new Prometheus(monitoring, 'Prometheus', {
    ...options,
    namespace: new KubernetesNamespace(monitoring, 'Namespace', { name: 'monitoring' }),
    grafana: { adminPassword: password.ref('password'), secretStore },
    placement,
    ...(cluster.volumeKey === undefined ? {} : { volumeKey: cluster.volumeKey }),
  });
}
