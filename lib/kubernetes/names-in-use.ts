import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { type Violation, show } from '../core';

/** Something that a cluster has once: by name, or by namespace and name. */
export interface NamedThing {
  /** `release`, for messages. */
  readonly kind: string;
  readonly name: string;
  /** @default - it belongs to no namespace */
  readonly namespace?: string;
}

/**
 * What a stack puts into its cluster, by name. Helm takes a second release of a name for a new version of the first, so
 * two of them would replace each other at every deployment, without a word.
 */
export class NamesInUse extends Construct {
  private readonly owners = new Map<string, string>();

  public static of(scope: Construct): NamesInUse {
    const id = 'NamesInUse';
    const stack = TerraformStack.of(scope);
    return (stack.node.tryFindChild(id) as NamesInUse | undefined) ?? new NamesInUse(stack, id);
  }

  /** Takes a name for a construct. @returns what is wrong with that: another construct has it */
  public take(owner: Construct, path: string, { kind, name, namespace }: NamedThing): readonly Violation[] {
    const place = namespace === undefined ? 'the cluster' : `namespace ${namespace}`;
    const key = [kind, place, name].join(' ');
    const first = this.owners.get(key) ?? owner.node.path;
    this.owners.set(key, first);
    if (first === owner.node.path) return [];
    return [
      {
        path,
        got: `${show(name)}, the ${kind} of ${first}`,
        allowed: `one ${kind} of a name in ${place}: the second would take over the first`,
        fix: 'give one of the two another `name`, or a platform another `instance`; what serves a whole cluster is made once',
      },
    ];
  }
}
