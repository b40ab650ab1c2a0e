import type { ICluster } from '../aws';
import type { KubernetesObject } from '../kubernetes';
import { ClientTls, type TrinoPlan } from '../trino';
import { disruptionBudgets } from './disruption-budgets';
import { ingress } from './ingress';
import { monitors } from './monitors';
import type { PlatformNames } from './names';
import { networkPolicies } from './network-policies';
import type { TrinoPlatformProps } from './trino-platform-props';

type ObjectProps = Pick<TrinoPlatformProps, 'ingress' | 'clientTls' | 'prometheus'> & {
  readonly cluster: Pick<ICluster, 'network'>;
};

/** What stands beside the chart: everything that it does not make, or makes otherwise. */
export function platformObjects(
  names: PlatformNames,
  props: ObjectProps,
  plan: Pick<TrinoPlan, 'users'>,
  reached: readonly number[],
): readonly KubernetesObject[] {
  const { prometheus, cluster, clientTls = ClientTls.none() } = props;
  const { cidr } = cluster.network;
  const { fullname: instance } = names.chart;
  const clients = { clients: [cidr], clientPort: clientTls.entrance.port };
  const scraping = prometheus === undefined ? {} : { prometheusNamespace: prometheus.namespace };
  return [
    serviceAccount(names),
    ...disruptionBudgets(instance),
    ...networkPolicies(names, { ...clients, reached, ...scraping }),
    ...(prometheus === undefined ? [] : monitors(instance, plan.users.metrics, prometheus.monitorLabels)),
    ...(props.ingress === undefined ? [] : [ingress(names.chart, props.ingress, cidr)]),
  ];
}

/** Trino never asks Kubernetes anything, so its pods carry no token for it. */
function serviceAccount({ serviceAccount: name }: PlatformNames): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name }, automountServiceAccountToken: false };
}
