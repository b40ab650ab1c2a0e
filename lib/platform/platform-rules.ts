import {
  choiceViolations,
  inside,
  isToken,
  partOf,
  placeholderViolations,
  plainSecretViolations,
  rule,
  SecretRef,
  show,
  type Violation,
  violationsOf,
} from '../core';
import { definitionViolations, type NamedCatalog, podsPerNode } from '../trino';
import { definitionOf, type PlatformData } from './definition';
import { ingressViolations } from './ingress';
import { platformNames, platformNameViolations } from './names';
import type { PlatformWorkers } from './trino-platform-props';

/** Everything that is wrong with a platform. @param catalogs those that are bound; others are judged when they are added */
export function platformViolations(
  name: string,
  instance: string,
  data: PlatformData,
  catalogs: readonly NamedCatalog[] = [],
): readonly Violation[] {
  const unknown = unknownViolations(name, data);
  if (unknown.length > 0) return unknown;
  const names = platformNameViolations(name, instance);
  const secrets = writtenSecrets(data);
  const judged = without(data, secrets);
  const named = names.length === 0 ? platformNames(name, instance) : ANY_NAMES;
  const definition = definitionOf(judged, named, NOT_ASKED, catalogs);
  return [...names, ...secrets, ...violationsOf(judged, OWN_RULES), ...definitionViolations(definition)];
}

/** Options in which nobody wrote a secret: what else is wrong with the others would be told with their values. */
function without(data: PlatformData, secrets: readonly Violation[]): PlatformData {
  const { coordinator, workers, region, zones } = data;
  const named = secrets.map(partOf);
  const others = Object.entries(data).filter(([option]) => !named.includes(option));
  return { ...Object.fromEntries(others), coordinator, workers, region, zones };
}

/** What names, memory and scaling are computed from. */
function unknownViolations(name: string, { workers: { min, max } }: PlatformData): readonly Violation[] {
  const numbers = Object.entries({ min, max }).flatMap(([key, value]) =>
    placeholderViolations(key, value, 'write the number'),
  );
  return [...placeholderViolations('name', name, 'write the name'), ...inside('workers', numbers)];
}

/** What the model does not judge: lines of `extraProperties` are known to it by name. */
function writtenSecrets(data: PlatformData): readonly Violation[] {
  return plainSecretViolations({ ...data, extraProperties: undefined });
}

/** Where the given ones are wrong, what follows from them is not told, too. */
const ANY_NAMES = platformNames('acme', 'trino');

/** No rule reads the secret. */
const NOT_ASKED = SecretRef.of('shared-secret');

const OWN_RULES = [
  rule<PlatformData>(
    ({ ingress, clientTls }) => ingress === undefined || clientTls === undefined,
    () => ({
      path: 'clientTls',
      got: 'set together with ingress',
      allowed: 'one of the two: behind an ingress TLS ends at its load balancer',
      fix: 'leave clientTls out, or ingress',
    }),
  ),
  rule<PlatformData>(
    ({ workers }) => workers.max <= roomFor(workers),
    ({ workers }) => ({
      path: 'workers.max',
      got: show(workers.max),
      allowed: `up to ${roomFor(workers)}: their pool has up to ${workers.nodes.maxSize} nodes, and ${perNode(workers)} workers fit one`,
      fix: "raise the pool's maxSize, lower workers.max, or make the pods smaller",
    }),
  ),
  ({ workers }: PlatformData) => choiceViolations('workers.capacity', workers.capacity, ['on-demand', 'spot']),
  ({ ingress, region }: PlatformData) =>
    ingress === undefined ? [] : inside('ingress', ingressViolations(ingress, region)),
];

function roomFor(workers: PlatformWorkers): number {
  const { maxSize } = workers.nodes;
  return maxSize === undefined || isToken(maxSize) ? Infinity : maxSize * perNode(workers);
}

function perNode({ nodes, ...worker }: PlatformWorkers): number {
  return podsPerNode({ ...worker, node: nodes.capacityPerNode });
}
