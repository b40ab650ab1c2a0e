import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor' with {
  'resolution-mode': 'import',
};
import type { KubernetesObject } from '../kubernetes';
import { type NodeRole, selectorLabels } from '../trino';

/** What Trino's nodes ask each other for all the time. */
const HOUSEKEEPING = 'DiscoveryClient|DynamicStore|FailureDetector|MemoryManager|NodeManager|Scheduler|WorkerInfo';

/** Nearly half of a coordinator's series, which nobody looks at: every rule of the optimizer, every inner connection. */
export const NOISE = `.*_IterativeOptimizer_.*|io_airlift_http_client_.*_For(${HOUSEKEEPING})_.*`;

const USER_KEY = 'username';

/**
 * Every node's own `/metrics`, scraped as the user that may read system information: a name without a password.
 * @see https://trino.io/docs/current/admin/openmetrics.html
 */
export function monitors(instance: string, user: string): readonly KubernetesObject[] {
  const secret = `${instance}-metrics-user`;
  return [
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: secret }, stringData: { [USER_KEY]: user } },
    podMonitor(instance, 'coordinator', secret),
    podMonitor(instance, 'worker', secret),
  ];
}

function podMonitor(instance: string, role: NodeRole, secret: string): IPodMonitor {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: `${instance}-${role}` },
    spec: {
      selector: { matchLabels: { ...selectorLabels(instance, role) } },
      podMetricsEndpoints: [
        {
          port: 'http',
          path: '/metrics',
          interval: '15s',
          basicAuth: { username: { name: secret, key: USER_KEY } },
          metricRelabelings: [{ sourceLabels: ['__name__'], regex: NOISE, action: 'drop' }],
        },
      ],
    },
  };
}
