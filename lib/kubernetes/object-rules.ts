import { type Violation, inside, show } from '../core';
import { objectNameViolations } from './names';

/**
 * An object of Kubernetes, of whatever kind: a plain literal, or one of the classes of `kubernetes-models` and its
 * relatives, which know the schema of their kind.
 * @see https://github.com/tommy351/kubernetes-models-ts
 */
export type KubernetesObject = Head | (Head & Readonly<Record<string, unknown>>);

interface Head {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
  /** Throws when the object does not fit the schema of its kind. */
  readonly validate?: () => unknown;
}

/** Everything that the API would refuse, as far as a name, a double or the object itself tells. */
export function objectViolations(objects: readonly KubernetesObject[]): readonly Violation[] {
  return objects.flatMap((object, index) =>
    inside(label(object), [
      ...objectNameViolations('metadata.name', object.metadata?.name),
      ...(objects.findIndex((other) => same(other, object)) < index ? [double(object)] : []),
      ...schemaViolations(object),
    ]),
  );
}

function label({ kind, metadata }: KubernetesObject): string {
  return `${kind}/${metadata?.name ?? '?'}`;
}

/** Two versions of a kind's API are two views of one object. */
function same(a: KubernetesObject, b: KubernetesObject): boolean {
  const identity = ({ apiVersion, kind, metadata }: KubernetesObject): string =>
    [group(apiVersion), kind, metadata?.namespace ?? '', metadata?.name ?? ''].join('/');
  return identity(a) === identity(b);
}

function group(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.replace(/\/.*/, '') : '';
}

function double(object: KubernetesObject): Violation {
  return { path: '', got: `${label(object)} twice`, allowed: 'each object once', fix: 'rename or remove one of them' };
}

function schemaViolations(object: KubernetesObject): readonly Violation[] {
  try {
    object.validate?.();
    return [];
  } catch (error) {
    const got = error instanceof Error ? error.message : show(error);
    return [{ path: '', got, allowed: `the schema of ${object.apiVersion} ${object.kind}`, fix: 'correct the object' }];
  }
}
