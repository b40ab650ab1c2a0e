import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget' with {
  'resolution-mode': 'import',
};
import { selectorLabels, type TrinoRole } from '../trino';

/**
 * The chart has none. Nothing evicts the coordinator: every query would fail. Who replaces its node restarts it on
 * purpose, as docs/operations.md says. Workers leave one by one, so a drain of several nodes waits until the worker of
 * the first has a successor.
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 */
export function disruptionBudgets(instance: string): readonly IPodDisruptionBudget[] {
  return [budget(instance, 'coordinator', 0), budget(instance, 'worker', 1)];
}

function budget(instance: string, role: TrinoRole, maxUnavailable: number): IPodDisruptionBudget {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: `${instance}-${role}` },
    spec: {
      maxUnavailable,
      selector: { matchLabels: { ...selectorLabels(instance, role) } },
      // A pod that never became ready holds no query: it may always go.
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  };
}
