/** Names that one part of an installation uses and another one makes. */
import { chartNames } from '../../lib/trino';
import type { Args } from '../support/synth';
import { at, type Finding, valuesOf } from './document';
import { type Installation, nameOf, objectsOf, type Placed, portsOf } from './installation';
import { unselected } from './pod-selection';

/** Something by its kind and name: `Secret trino/trino-env#KEY`. */
interface Use {
  readonly from: string;
  readonly of: string;
}
/** Everything that is used and not made, every selection of pods that finds none, and pods that nothing fences. */
export function disagreements(installation: Installation): readonly Finding[] {
  const made = namesMade(installation);
  const uses = [...usesOfInstallation(installation), ...installation.releases.flatMap(objectsOf).flatMap(usesOf)];
  return [
    ...uses.filter(({ of }) => !made.has(of)).map(({ from, of }) => `${from}: there is no ${of}`),
    ...unselected(installation),
  ];
}

/** `Secret trino/trino-env#KEY`, `Namespace trino`, … */
export function namesMade(installation: Installation): ReadonlySet<string> {
  return new Set([...installed(installation), ...installation.releases.flatMap(objectsOf).flatMap(madeBy)]);
}

function installed({ namespaces, priorityClasses, releases }: Installation): readonly string[] {
  return [
    ...[...namespaces, 'kube-system'].map((name) => `Namespace ${name}`),
    ...priorityClasses.map((name) => `PriorityClass ${name}`),
    ...releases.flatMap(({ namespace, chart, values }) => [
      ...serviceAccounts(values).map((name) => `ServiceAccount ${namespace}/${name}`),
      ...chartServices(chart, values).map((service) => `Service ${namespace}/${service}`),
      ...valuesOf(values).flatMap((it) => insidePods(namespace, it.name, it.value)),
    ]),
  ];
}

/** `serviceAccount: { create: true, name }`, wherever a chart has it. */
function serviceAccounts(values: Args): readonly string[] {
  return valuesOf({ values })
    .filter(({ value }) => at(value, 'create') === true && typeof at(value, 'name') === 'string')
    .map(({ value }) => String(at(value, 'name')));
}

/** Variables and files that the pods of a chart are given. */
function insidePods(namespace: string, key: string, value: unknown): readonly string[] {
  if (at(value, 'valueFrom') !== undefined) return [`Variable ${namespace}/${String(at(value, 'name'))}`];
  if (key !== 'items') return [];
  return (value as readonly { path?: unknown }[]).map(({ path }) => `File ${namespace}/${String(path)}`);
}

/** What charts of others call their Services. */
function chartServices(chart: string, values: Args): readonly string[] {
  const name = String(values['fullnameOverride']);
  if (chart === 'trino') return [`${chartNames(name).service}:${chartNames(name).httpPort}`];
  return chart === 'kube-prometheus-stack' ? [`${name}-prometheus:9090`] : [];
}

function madeBy({ namespace, object }: Placed): readonly string[] {
  const here = `${namespace}/${nameOf(object)}`;
  switch (object['kind']) {
    case 'ConfigMap':
      return withKeys(`ConfigMap ${here}`, object['data']);
    case 'Secret':
      return withKeys(`Secret ${here}`, object['stringData']);
    case 'ExternalSecret':
      return withKeys(
        `Secret ${namespace}/${String(at(object, 'spec', 'target', 'name'))}`,
        at(object, 'spec', 'target', 'template', 'data'),
      );
    case 'ServiceAccount':
    case 'StorageClass':
      return [`${object['kind']} ${object['kind'] === 'StorageClass' ? nameOf(object) : here}`];
    case 'Service':
      return portsOf(object, 'spec', 'ports').map(({ port }) => `Service ${here}:${String(port)}`);
    case 'ClusterSecretStore':
      return (at(object, 'spec', 'conditions', 'namespaces') as string[]).map(
        (it) => `SecretStore ${nameOf(object)} for ${it}`,
      );
    default:
      return [];
  }
}

function withKeys(name: string, data: unknown): readonly string[] {
  return [name, ...Object.keys(data ?? {}).map((key) => `${name}#${key}`)];
}

function usesOfInstallation({ releases, associations }: Installation): readonly Use[] {
  return [
    ...releases.map(({ name, namespace }) => ({ from: `release ${name}`, of: `Namespace ${namespace}` })),
    ...associations.map(({ namespace, serviceAccount }) => ({
      from: 'pod identity',
      of: `ServiceAccount ${namespace}/${serviceAccount}`,
    })),
    ...releases.flatMap(({ name, namespace, values }) => usesIn(`release ${name}`, namespace, values)),
  ];
}

function usesOf({ namespace, object, label }: Placed): readonly Use[] {
  const use = (of: string): Use => ({ from: label, of });
  if (object['kind'] === 'ExternalSecret') {
    return [use(`SecretStore ${String(at(object, 'spec', 'secretStoreRef', 'name'))} for ${namespace}`)];
  }
  return [];
}

/** Names by the words that stand before them, at any depth of a chart's values or of objects. */
function usesIn(from: string, namespace: string, values: Args): readonly Use[] {
  return valuesOf(values).flatMap(({ name, value }) => namesIn(name, value, namespace).map((of) => ({ from, of })));
}

function namesIn(key: string, value: unknown, namespace: string): readonly string[] {
  const secretKey = (name: unknown, member: unknown) => `Secret ${namespace}/${String(name)}#${String(member)}`;
  if (typeof value === 'string') return textNames(key, value, namespace);
  switch (key) {
    case 'secretKeyRef':
    case 'username':
    case 'password':
      return [secretKey(at(value, 'name'), at(value, 'key'))];
    case 'configMapKeyRef':
      return [`ConfigMap ${namespace}/${String(at(value, 'name'))}#${String(at(value, 'key'))}`];
    case 'secret':
      return secretVolume(value, namespace);
    case 'configMap':
      return [`ConfigMap ${namespace}/${String(at(value, 'name'))}`];
    case 'serviceAccount':
      return [`ServiceAccount ${namespace}/${String(at(value, 'name'))}`];
    case 'service':
      return at(value, 'port', 'number') === undefined
        ? []
        : [`Service ${namespace}/${String(at(value, 'name'))}:${String(at(value, 'port', 'number'))}`];
    case 'namespaceSelector':
      return [`Namespace ${String(at(value, 'matchLabels', 'kubernetes.io/metadata.name'))}`];
    case 'admin':
      return ['userKey', 'passwordKey'].map((member) => secretKey(at(value, 'existingSecret'), at(value, member)));
    default:
      return [];
  }
}

function secretVolume(value: unknown, namespace: string): readonly string[] {
  const name = `${namespace}/${String(at(value, 'secretName') ?? at(value, 'name'))}`;
  const { items = [] } = value as { items?: readonly { key: string }[] };
  return [`Secret ${name}`, ...items.map(({ key }) => `Secret ${name}#${key}`)];
}

const MENTIONED = [
  { kind: 'Variable', pattern: /\$\{ENV:(\w+)\}/g },
  { kind: 'File', pattern: /\/etc\/trino-secrets\/([\w.-]+)/g },
];
const ADDRESS = /\b(?:https?|thrift):\/\/([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.cluster\.local)?:(\d+)/g;

function textNames(key: string, text: string, namespace: string): readonly string[] {
  const addresses = [...text.matchAll(ADDRESS)].map(
    ([, service, space, port]) => `Service ${space ?? ''}/${service ?? ''}:${port ?? ''}`,
  );
  const mentioned = MENTIONED.flatMap(({ kind, pattern }) =>
    [...text.matchAll(pattern)].map(([, name]) => `${kind} ${namespace}/${name ?? ''}`),
  );
  switch (key) {
    case 'serviceAccountName':
      return [`ServiceAccount ${namespace}/${text}`];
    case 'priorityClassName':
      return [`PriorityClass ${text}`];
    case 'storageClassName':
      return [`StorageClass ${text}`];
    case 'secret.reloader.stakater.com/reload':
      return text.split(',').map((name) => `Secret ${namespace}/${name}`);
    case 'configmap.reloader.stakater.com/reload':
      return text.split(',').map((name) => `ConfigMap ${namespace}/${name}`);
    default:
      return [...addresses, ...mentioned];
  }
}
