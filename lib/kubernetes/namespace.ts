import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { type Violation, refuse, show } from '../core';
import { labelNameViolations } from './names';
import { NamesInUse } from './names-in-use';

/** Where objects and charts go. */
export interface INamespace {
  readonly name: string;
  /** What must be there before the first object. */
  readonly ready: readonly ITerraformDependable[];
}

/**
 * What pods may do. Less than `restricted` needs a reason, which the namespace carries.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export type PodSecurity = 'restricted' | { readonly level: 'baseline' | 'privileged'; readonly reason: string };

/** The part of a namespace's definition that can be wrong. */
export interface NamespaceOptions {
  /** Name in the cluster: `trino`. */
  readonly name: string;
  /** Pods that ask for more are refused. @default 'restricted' */
  readonly podSecurity?: PodSecurity;
}

const REASON = 'cdktf-trino/pod-security-reason';

/** A namespace whose pods are held to a pod security standard; everything above `restricted` is warned of. */
export class KubernetesNamespace extends Construct implements INamespace {
  public readonly name: string;
  public readonly ready: readonly ITerraformDependable[];

  /** @throws ConfigError with every violation of `namespaceViolations`, and when the stack makes one of this name already */
  public constructor(scope: Construct, id: string, options: NamespaceOptions) {
    super(scope, id);
    const taken = NamesInUse.of(this).take(this, 'name', { kind: 'namespace', name: options.name });
    refuse(this.node.path, [...namespaceViolations(options), ...taken]);
    const { name, podSecurity = 'restricted' } = options;
    const { level, annotations } = enforced(podSecurity);
    const resource = new NamespaceV1(this, 'Resource', {
      metadata: {
        name,
        annotations,
        labels: {
          'pod-security.kubernetes.io/enforce': level,
          'pod-security.kubernetes.io/warn': 'restricted',
          'pod-security.kubernetes.io/audit': 'restricted',
        },
      },
    });
    this.name = name;
    this.ready = [resource];
  }

  /** A namespace that exists already. */
  public static fromName(name: string): INamespace {
    return { name, ready: [] };
  }
}

/** Everything that is wrong with a namespace's definition. */
export function namespaceViolations({ name, podSecurity }: NamespaceOptions): readonly Violation[] {
  const reason = typeof podSecurity === 'object' ? podSecurity.reason.trim() : undefined;
  return [
    ...labelNameViolations('name', name),
    ...(reason === ''
      ? [
          {
            path: 'podSecurity.reason',
            got: show(reason),
            allowed: 'why its pods need more than restricted',
            fix: "name the reason, or use 'restricted'",
          },
        ]
      : []),
  ];
}

function enforced(podSecurity: PodSecurity): { level: string; annotations: Record<string, string> } {
  if (podSecurity === 'restricted') return { level: podSecurity, annotations: {} };
  return { level: podSecurity.level, annotations: { [REASON]: podSecurity.reason } };
}
