/** What a stack installs into its cluster, parsed. */
import { valuesOf } from '../kubernetes/support/platform';
import { type Args, resources, type TerraformJson } from '../support/synth';
import { at } from './document';

export interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly values: Args;
}

export interface Installation {
  readonly namespaces: readonly string[];
  readonly priorityClasses: readonly string[];
  /** Who has a role in AWS. */
  readonly associations: readonly { readonly namespace: string; readonly serviceAccount: string }[];
  readonly releases: readonly Release[];
}

export function installationOf(stack: TerraformJson): Installation {
  const named = (type: string) => resources(stack, type).map(({ args }) => (args['metadata'] as { name: string }).name);
  return {
    namespaces: named('kubernetes_namespace_v1'),
    priorityClasses: named('kubernetes_priority_class_v1'),
    associations: resources(stack, 'aws_eks_pod_identity_association').map(({ args }) => ({
      namespace: String(args['namespace']),
      serviceAccount: String(args['service_account']),
    })),
    releases: resources(stack, 'helm_release').map(({ args }) => ({
      name: String(args['name']),
      namespace: String(args['namespace']),
      chart: String(args['chart']),
      values: valuesOf(args),
    })),
  };
}

/** An object, and where it is. */
export interface Placed {
  readonly namespace: string;
  readonly object: Args;
  readonly label: string;
}

export function objectsOf({ namespace, values }: Release): readonly Placed[] {
  const objects = (values['objects'] ?? []) as readonly Args[];
  return objects.map((object) => ({ namespace, object, label: `${String(object['kind'])} ${nameOf(object)}` }));
}

/** A list of ports somewhere inside. */
export function portsOf(value: unknown, ...path: readonly string[]): readonly Readonly<Record<string, unknown>>[] {
  const [key = '', ...rest] = [...path].reverse();
  const parent = at(value, ...rest.reverse()) as Readonly<Record<string, unknown>> | undefined;
  return (parent?.[key] ?? []) as readonly Readonly<Record<string, unknown>>[];
}

export function nameOf(object: Args): string {
  return String(at(object, 'metadata', 'name'));
}
