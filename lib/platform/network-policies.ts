import { ANYWHERE, denyAll, type KubernetesObject, networkPolicy, type NetworkPeer, TO_AWS } from '../kubernetes';
import { selectorLabels, TRINO_ROLES, type TrinoRole } from '../trino';
import { namespaceOf, type PlatformNames } from './names';

export interface NetworkPolicyProps {
  /** Ranges of addresses that clients come from. */
  readonly clients: readonly string[];
  /** The coordinator's port that they reach. */
  readonly clientPort: number;
  /** Whose pods scrape. @default - nobody's */
  readonly prometheusNamespace?: string;
  /** TCP ports outside that the pods are let into: of catalogs, of those who are asked, of the audit log. */
  readonly reached: readonly number[];
}

/**
 * Who reaches whom. Anybody who reaches a worker can drain it under the name of the drain user, so only nodes of the
 * platform and Prometheus do; clients reach the coordinator.
 * @see https://trino.io/docs/current/admin/graceful-shutdown.html
 */
export function networkPolicies({ chart }: PlatformNames, props: NetworkPolicyProps): readonly KubernetesObject[] {
  const { fullname: instance, httpPort } = chart;
  const pods = (role: TrinoRole) => selectorLabels(instance, role);
  const http = (peer: NetworkPeer) => ({ peer, ports: [httpPort] });
  const nodes = [http({ pods: pods('coordinator') }), http({ pods: pods('worker') })];
  const scrapers = props.prometheusNamespace === undefined ? [] : [http(podsOf(props.prometheusNamespace))];
  const outside = props.reached.length === 0 ? [] : [{ peer: ANYWHERE, ports: props.reached }];
  const egress = [...nodes, ...TO_AWS, ...outside];
  return [
    denyAll(),
    networkPolicy({
      name: chart.coordinatorDeployment,
      pods: pods('coordinator'),
      ingress: [...nodes, ...scrapers, ...props.clients.map((cidr) => ({ peer: { cidr }, ports: [props.clientPort] }))],
      egress,
    }),
    networkPolicy({ name: chart.workerDeployment, pods: pods('worker'), ingress: [...nodes, ...scrapers], egress }),
  ];
}

/** The nodes of a platform, as peers of others' network policies. @param instance its name in the cluster */
export function platformPods(instance: string): readonly NetworkPeer[] {
  return TRINO_ROLES.map((role) => ({ namespace: namespaceOf(instance), pods: selectorLabels(instance, role) }));
}

function podsOf(namespace: string): NetworkPeer {
  return { namespace, pods: {} };
}
