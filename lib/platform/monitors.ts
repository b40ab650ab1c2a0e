import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor' with {
  'resolution-mode': 'import',
};
import type { KubernetesObject, MonitorLabels } from '../kubernetes';
import { selectorLabels, type TrinoRole } from '../trino';

/** What Trino's nodes ask each other for all the time. */
const HOUSEKEEPING = 'DiscoveryClient|DynamicStore|FailureDetector|MemoryManager|NodeManager|Scheduler|WorkerInfo';

/** Nearly half of a coordinator's series, which nobody looks at: every rule of the optimizer, every inner connection. */
export const NOISE = `.*_IterativeOptimizer_.*|io_airlift_http_client_.*_For(${HOUSEKEEPING})_.*`;

const USER_KEY = 'username';
const PASSWORD_KEY = 'password';

/**
 * Every node's own `/metrics`, scraped as the user that may read system information: a name without a password. The
 * operator leaves out a monitor that names no key of a Secret for it, so there is one, and it is empty.
 * @see https://trino.io/docs/current/admin/openmetrics.html
 * @see https://github.com/prometheus-operator/prometheus-operator/blob/v0.93.0/pkg/assets/store.go (AddBasicAuth)
 */
export function monitors(instance: string, user: string, labels?: MonitorLabels): readonly KubernetesObject[] {
  const secret = `${instance}-metrics-user`;
  return [
    userSecret(secret, user),
    podMonitor(instance, 'coordinator', secret, labels),
    podMonitor(instance, 'worker', secret, labels),
  ];
}

function userSecret(name: string, user: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData: { [USER_KEY]: user, [PASSWORD_KEY]: '' } };
}

function podMonitor(instance: string, role: TrinoRole, secret: string, labels?: MonitorLabels): IPodMonitor {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: `${instance}-${role}`, ...(labels === undefined ? {} : { labels: { ...labels } }) },
    spec: {
      selector: { matchLabels: { ...selectorLabels(instance, role) } },
      podMetricsEndpoints: [
        {
          port: 'http',
          path: '/metrics',
          interval: '15s',
          basicAuth: { username: { name: secret, key: USER_KEY }, password: { name: secret, key: PASSWORD_KEY } },
          metricRelabelings: [{ sourceLabels: ['__name__'], regex: NOISE, action: 'drop' }],
        },
      ],
    },
  };
}
