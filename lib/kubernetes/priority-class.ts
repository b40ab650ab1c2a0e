import { PriorityClassV1 } from '@cdktf/provider-kubernetes/lib/priority-class-v1';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { type Violation, refuse, rule, show, violationsOf, wholeNumber } from '../core';
import { objectNameViolations } from './names';

/** Which pods go first when there is no room for all. */
export interface PriorityClassOptions {
  /** `trino-coordinator`; `system-` belongs to Kubernetes. */
  readonly name: string;
  /** The higher goes first: a whole number up to 1000000000; pods without a class have 0. */
  readonly value: number;
  /** For which pods, and why. */
  readonly description: string;
  /** Pods of lower classes make room at once; otherwise the pod only waits in front of them. @default true */
  readonly preempts?: boolean;
}

const MAX_VALUE = 1_000_000_000;
const MIN_VALUE = -(2 ** 31);

/**
 * A priority class. Pods that name a class that does not exist are refused while their Deployment is accepted, so who
 * uses it depends on `ready`.
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
 */
export class PriorityClass extends Construct {
  public readonly name: string;
  /** For the releases whose pods name the class. */
  public readonly ready: ITerraformDependable;

  /** @throws ConfigError with every violation of `priorityClassViolations` */
  public constructor(scope: Construct, id: string, options: PriorityClassOptions) {
    super(scope, id);
    refuse(this.node.path, priorityClassViolations(options));
    const { name, value, description, preempts = true } = options;
    this.name = name;
    this.ready = new PriorityClassV1(this, 'Resource', {
      metadata: { name },
      value,
      description,
      preemptionPolicy: preempts ? 'PreemptLowerPriority' : 'Never',
    });
  }
}

/** Everything that is wrong with a priority class. */
export function priorityClassViolations(options: PriorityClassOptions): readonly Violation[] {
  return violationsOf(options, [
    ({ name }) => objectNameViolations('name', name),
    rule(
      ({ name }) => !name.startsWith('system-'),
      ({ name }) => ({
        path: 'name',
        got: show(name),
        allowed: 'a name that does not start with system-',
        fix: 'put the name of the platform in front',
      }),
    ),
    ({ value }) => wholeNumber('value', value, { from: MIN_VALUE, to: MAX_VALUE }, 'choose a number in between'),
  ]);
}
