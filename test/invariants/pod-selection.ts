/** Whom budgets, monitors, Services, network policies and spread constraints mean. */
import { chartNames, selectorLabels } from '../../lib/trino';
import type { Args } from '../support/synth';
import { at, type Finding, valuesOf } from './document';
import { type Installation, objectsOf, type Placed, portsOf, type Release } from './installation';

type Labels = Readonly<Record<string, string>>;
interface Pods {
  readonly namespace: string;
  readonly labels: Labels;
  /** Names and numbers. */
  readonly ports: readonly unknown[];
}
interface Selector {
  readonly from: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly ports: readonly unknown[];
}
/** Selections that find no pods, and pods that no network policy is about. */
export function unselected({ releases }: Installation): readonly Finding[] {
  const objects = releases.flatMap(objectsOf);
  const pods = [...releases.flatMap(chartPods), ...objects.flatMap(podsOf)];
  const selectors = [...objects.flatMap(selectorsOf), ...releases.flatMap(spreadOf)];
  const fences = selectors.filter(({ from }) => from.startsWith('NetworkPolicy '));
  return [
    ...selectors
      .filter((selector) => !pods.some((it) => selects(selector, it)))
      .map(({ from, namespace, labels }) => `${from}: finds no pods ${JSON.stringify(labels)} in ${namespace}`),
    ...pods
      .filter((it) => !fences.some((fence) => selects({ ...fence, ports: [] }, it)))
      .map(
        ({ namespace, labels }) => `pods ${JSON.stringify(labels)} in ${namespace}: no network policy is about them`,
      ),
  ];
}

/** Spread constraints, wherever a chart or an object has them. */
function spreadOf({ name, namespace, values }: Release): readonly Selector[] {
  return valuesOf(values)
    .filter(({ name: key }) => key === 'labelSelector')
    .map(({ value }) => ({
      from: `release ${name}`,
      namespace,
      labels: at(value, 'matchLabels') as Labels,
      ports: [],
    }));
}

function chartPods({ chart, namespace, values }: Release): readonly Pods[] {
  if (chart !== 'trino') return [];
  const name = String(values['fullnameOverride']);
  return (['coordinator', 'worker'] as const).map((role) => ({
    namespace,
    labels: selectorLabels(name, role),
    ports: ['http', chartNames(name).httpPort],
  }));
}

function podsOf({ namespace, object }: Placed): readonly Pods[] {
  const labels = at(object, 'spec', 'template', 'metadata', 'labels') as Labels | undefined;
  const containers = (at(object, 'spec', 'template', 'spec') as { containers?: readonly Args[] } | undefined)
    ?.containers;
  if (labels === undefined || containers === undefined) return [];
  const ports = containers.flatMap((container) => portsOf(container, 'ports'));
  return [{ namespace, labels, ports: ports.flatMap(({ name, containerPort }) => [name, containerPort]) }];
}

/** Budgets, monitors, Services and network policies, with their peers; those of kube-system are not ours. */
function selectorsOf({ namespace, object, label }: Placed): readonly Selector[] {
  const { selector, podSelector, ingress = [], egress = [], ports = [] } = (object['spec'] ?? {}) as Spec;
  const own = object['kind'] === 'Service' ? selector : (selector ?? podSelector)?.matchLabels;
  const ownPorts = [
    ...ports.map(({ targetPort }) => targetPort),
    ...ingress.flatMap((rule) => rule.ports.map(({ port }) => port)),
    ...monitoredPorts(object),
  ];
  const peers = [...ingress.flatMap(({ from }) => from), ...egress.flatMap(({ to }) => to)];
  return [
    ...(own === undefined ? [] : [{ from: label, namespace, labels: own as Labels, ports: ownPorts }]),
    ...peers.flatMap((peer) => {
      const space = peer.namespaceSelector?.matchLabels['kubernetes.io/metadata.name'] ?? namespace;
      const labels = peer.podSelector?.matchLabels;
      return labels === undefined || space === 'kube-system'
        ? []
        : [{ from: label, namespace: space, labels, ports: [] }];
    }),
  ].filter(({ labels }) => Object.keys(labels).length > 0);
}

interface Peer {
  readonly podSelector?: { readonly matchLabels: Labels };
  readonly namespaceSelector?: { readonly matchLabels: Labels };
}
interface Spec {
  readonly selector?: { readonly matchLabels?: Labels };
  readonly podSelector?: { readonly matchLabels?: Labels };
  readonly ingress?: readonly { readonly from: readonly Peer[]; readonly ports: readonly { port: unknown }[] }[];
  readonly egress?: readonly { readonly to: readonly Peer[] }[];
  readonly ports?: readonly { readonly targetPort: unknown }[];
}

function monitoredPorts(object: Args): readonly unknown[] {
  const endpoints = (at(object, 'spec') as { podMetricsEndpoints?: readonly { port: unknown }[] } | undefined)
    ?.podMetricsEndpoints;
  return (endpoints ?? []).map(({ port }) => port);
}

function selects({ namespace, labels, ports }: Selector, pods: Pods): boolean {
  return (
    namespace === pods.namespace &&
    Object.entries(labels).every(([key, value]) => pods.labels[key] === value) &&
    ports.every((port) => pods.ports.includes(port))
  );
}
