import type { IStorageClass } from 'kubernetes-models/storage.k8s.io/v1/StorageClass' with {
  'resolution-mode': 'import',
};
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { IEncryptionKey } from '../aws/encryption-key';
import type { Placement } from '../aws/node-pool';
import { labelTextViolations } from '../aws/node-pool-options';
import {
  Cpu,
  DataSize,
  Duration,
  isToken,
  matches,
  refuse,
  rule,
  type SecretRef,
  show,
  type Violation,
  violationsOf,
  withDefaults,
} from '../core';
import { pinnedChart } from './charts';
import type { ISecretStore } from './external-secrets';
import { HelmChart } from './helm-chart';
import { labelNameViolations } from './names';
import type { INamespace } from './namespace';
import { KubernetesObjects } from './objects';
import { type ContainerSize, placed, resourcesOf } from './pods';
import { PriorityClass } from './priority-class';
import { reloadAnnotations } from './reloader';
import { SecretDelivery } from './secret-delivery';

/** Where series are asked for, whoever runs it. */
export interface IPrometheus {
  /** Base URL: `http://prometheus.monitoring.svc:9090`. */
  readonly url: string;
  /** Where its pods are: network policies let them in. */
  readonly namespace: string;
  /** For what brings monitors and rules: the kinds are known then. */
  readonly ready: readonly ITerraformDependable[];
  /** By which it picks the monitors that it reads. @default - it reads all of them */
  readonly monitorLabels?: MonitorLabels;
}

/**
 * Labels of monitors. A kube-prometheus-stack that is installed without further settings reads those with the name of
 * its Helm release: `{ release: 'prometheus' }`.
 * @see https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack (podMonitorSelectorNilUsesHelmValues)
 */
export type MonitorLabels = Readonly<Record<string, string>>;

/** Grafana beside Prometheus. */
export interface GrafanaOptions {
  readonly adminPassword: SecretRef;
  /** Brings the password. */
  readonly secretStore: ISecretStore;
}

/** The part of a Prometheus' definition that can be wrong. */
export interface PrometheusOptions {
  /** How long series are kept, 1 hour or more. @default 10 days */
  readonly retention?: Duration;
  /**
   * Disk for them when it is made, 10 GiB or more; the oldest go when four fifths of this are full. Kubernetes does not
   * enlarge a disk that is there, and raising this alone lets it run full: docs/operations.md says what to do first.
   * @default 50 GiB
   * @see https://prometheus-operator.dev/docs/platform/storage/#resizing-volumes
   */
  readonly storage?: DataSize;
}

/** The options of a Prometheus, with where it runs, its size, its disk's key and whether Grafana comes along. */
export interface PrometheusProps extends PrometheusOptions {
  readonly namespace: INamespace;
  /** @default - 500m CPU, 4 GiB */
  readonly size?: ContainerSize;
  /** @default - none */
  readonly grafana?: GrafanaOptions;
  /** Encrypts the disk. @default - the account's default key for EBS */
  readonly volumeKey?: IEncryptionKey;
  /**
   * Nodes of one zone or of several. Its disk stays in the zone where it was first; as long as there is a node, other pods
   * make room for it there.
   * @default - any node without a taint
   */
  readonly placement?: Placement;
}

const NAME = 'prometheus';
const STORAGE_CLASS = 'prometheus-gp3';
const PRIORITY_CLASS = 'prometheus-server';
const PORT = 9090;
const LEAST_RETENTION = Duration.hours(1);
const LEAST_STORAGE = DataSize.gib(10);
/** The write-ahead log needs room besides what is kept. */
const KEPT_SHARE = 0.8;
const DEFAULTS = {
  retention: Duration.days(10),
  storage: DataSize.gib(50),
  size: { cpu: Cpu.millis(500), memory: DataSize.gib(4) },
} as const;

/**
 * Prometheus with its operator: it reads every monitor and rule of the cluster, whoever made it. What EKS hides (the
 * control plane) is not asked for, and node-exporter, which would need the host's own network, is left out: the kubelet
 * tells of nodes and containers.
 * @see https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack
 */
export class Prometheus extends Construct implements IPrometheus {
  public readonly url: string;
  public readonly namespace: string;
  public readonly ready: readonly ITerraformDependable[];

  /** @throws ConfigError with every violation of `prometheusViolations` */
  public constructor(scope: Construct, id: string, props: PrometheusProps) {
    super(scope, id);
    refuse(this.node.path, prometheusViolations(props));
    const { namespace } = props;
    const disks = new KubernetesObjects(this, 'Disks', {
      releaseName: `${NAME}-disks`,
      namespace,
      objects: [storageClass(props.volumeKey)],
    });
    const priority = this.addPriority();
    const password = this.deliverPassword(props);
    const stack = new HelmChart(this, 'Stack', {
      chart: pinnedChart('kube-prometheus-stack'),
      releaseName: NAME,
      namespace,
      values: {
        fullnameOverride: NAME,
        ...operatorValues(props.placement),
        prometheus: { prometheusSpec: { ...serverValues(props), priorityClassName: priority.name } },
        grafana: password === undefined ? { enabled: false } : grafanaValues(props.placement, password.filesSecret),
        // Nothing here writes a rule for an alert, so there is nothing to tell anybody.
        alertmanager: { enabled: false },
      },
      dependsOn: [disks.release, priority.ready, ...(password === undefined ? [] : [password.ready])],
    });
    // The chart ends the name of its Service by its part.
    this.url = `http://${NAME}-prometheus.${namespace.name}.svc:${PORT}`;
    this.namespace = namespace.name;
    this.ready = [stack.release];
  }

  /**
   * A Prometheus that exists already.
   * @param url its base URL as pods of the cluster reach it
   * @param namespace of its pods
   * @param monitorLabels by which it picks the monitors that it reads; left out, it must read all
   * @throws ConfigError with every violation of `prometheusAddressViolations`
   */
  public static fromAddress(url: string, namespace: string, monitorLabels?: MonitorLabels): IPrometheus {
    refuse('Prometheus.fromAddress', prometheusAddressViolations(url, namespace, monitorLabels));
    const labels = monitorLabels === undefined ? {} : { monitorLabels };
    return { url: url.replace(/\/+$/, ''), namespace, ready: [], ...labels };
  }

  /** Pods of no class have 0: they find room in other zones, too. */
  private addPriority(): PriorityClass {
    const description = 'Prometheus: its disk cannot leave its zone, so others make room there';
    return new PriorityClass(this, 'Priority', { name: PRIORITY_CLASS, value: 10_000, description });
  }

  private deliverPassword({ namespace, grafana }: PrometheusProps): SecretDelivery | undefined {
    if (grafana === undefined) return undefined;
    const { adminPassword, secretStore: store } = grafana;
    const delivery = new SecretDelivery(this, 'GrafanaPassword', { store, namespace, name: 'grafana-admin' });
    delivery.addFile({ name: 'admin-user', content: ['admin'] });
    delivery.addFile({ name: 'admin-password', content: [adminPassword] });
    return delivery;
  }
}

/** Everything that is wrong with a Prometheus' definition. */
export function prometheusViolations(options: PrometheusOptions): readonly Violation[] {
  return violationsOf(withDefaults(DEFAULTS, options), [
    rule(
      ({ retention }) => !retention.isLessThan(LEAST_RETENTION),
      ({ retention }) => ({
        path: 'retention',
        got: show(retention),
        allowed: `at least ${LEAST_RETENTION}`,
        fix: `leave it out for ${DEFAULTS.retention}`,
      }),
    ),
    rule(
      ({ storage }) => !storage.isLessThan(LEAST_STORAGE),
      ({ storage }) => ({
        path: 'storage',
        got: show(storage),
        allowed: `at least ${LEAST_STORAGE}`,
        fix: `leave it out for ${DEFAULTS.storage}`,
      }),
    ),
  ]);
}

/** What is wrong with the address of a Prometheus that exists already. */
export function prometheusAddressViolations(
  url: string,
  namespace: string,
  monitorLabels: MonitorLabels = {},
): readonly Violation[] {
  const labels = Object.entries(monitorLabels);
  return [
    ...urlViolations(url),
    ...labelNameViolations('namespace', namespace),
    ...labels.flatMap(([key, value]) => labelTextViolations(`monitorLabels.${key}`, key, value)),
  ];
}

function urlViolations(url: string): readonly Violation[] {
  if (isToken(url) || (matches(/^https?:\/\/[^?#]+$/, url) && URL.canParse(url))) return [];
  const allowed = 'http or https, a host and a port: http://prometheus.monitoring.svc:9090';
  return [{ path: 'url', got: show(url), allowed, fix: 'write the address that pods of the cluster reach it by' }];
}

/** @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md */
function storageClass(key: IEncryptionKey | undefined): IStorageClass {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: STORAGE_CLASS },
    provisioner: 'ebs.csi.aws.com',
    parameters: { type: 'gp3', encrypted: 'true', ...(key === undefined ? {} : { kmsKeyId: key.keyArn }) },
    // A disk is made where its pod goes.
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
    reclaimPolicy: 'Delete',
  };
}

function serverValues({ placement, ...props }: PrometheusProps): object {
  const { retention, storage, size } = withDefaults(DEFAULTS, props);
  const everything = ['rule', 'serviceMonitor', 'podMonitor', 'probe', 'scrapeConfig'];
  return {
    ...placed(placement),
    ...Object.fromEntries(everything.map((kind) => [`${kind}SelectorNilUsesHelmValues`, false])),
    retention: retention.toGo(),
    // Prometheus' units are powers of 1024 spelled like powers of 1000, as Trino's are.
    retentionSize: storage.times(KEPT_SHARE).floorToMib().toTrino(),
    resources: resourcesOf(size),
    storageSpec: {
      volumeClaimTemplate: {
        spec: {
          storageClassName: STORAGE_CLASS,
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: storage.toKubernetes() } },
        },
      },
    },
  };
}

function operatorValues(placement: Placement | undefined): object {
  const where = placed(placement);
  const resources = resourcesOf({ cpu: Cpu.millis(100), memory: DataSize.mib(256) });
  const hidden = ['kubeControllerManager', 'kubeScheduler', 'kubeEtcd', 'kubeProxy'];
  return {
    ...Object.fromEntries(hidden.map((part) => [part, { enabled: false }])),
    nodeExporter: { enabled: false },
    prometheusOperator: { ...where, resources },
    'kube-state-metrics': { ...where, resources },
  };
}

function grafanaValues(placement: Placement | undefined, existingSecret: string): object {
  return {
    ...placed(placement),
    enabled: true,
    // It takes the password when it starts, and keeps nothing of its own.
    annotations: reloadAnnotations({ secrets: [existingSecret] }),
    admin: { existingSecret, userKey: 'admin-user', passwordKey: 'admin-password' },
    resources: resourcesOf({ cpu: Cpu.millis(100), memory: DataSize.mib(512) }),
  };
}
