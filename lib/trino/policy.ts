import { rule, type Rule, type Violation } from '../core';
import type { TrinoRole } from './trino-role';

/** What every policy of this folder gives back: text for files of Trino, and the reason for each number. */

/** Lines of one role's file: property name to its text. */
export type Properties = Readonly<Record<string, string>>;

/** `config.properties` of each role, as far as one policy decides it. */
export type RoleProperties = Readonly<Record<TrinoRole, Properties>>;

/** One decided value and why it is what it is: what `explain` prints. */
export interface Reason {
  /** What was decided: a property, a JVM flag or a Kubernetes field, as its owner spells it. */
  readonly name: string;
  /** For people: "19.2 GiB", "1h30m". */
  readonly value: string;
  /** One sentence, without a final stop. */
  readonly reason: string;
}

/** A setting that works but may surprise; for an annotation, never an error. */
export interface Caution {
  readonly path: string;
  readonly text: string;
}

/** The same lines for every node. */
export function onEveryNode(properties: Properties): RoleProperties {
  return { coordinator: properties, worker: properties };
}

/** A rule for a property that may be left out: silent when it is. */
export function optional<T, V>(
  pick: (value: T) => V | undefined,
  holds: (picked: V, value: T) => boolean,
  violation: (picked: V, value: T) => Violation,
): Rule<T> {
  return (value) => {
    const picked = pick(value);
    if (picked === undefined) return [];
    return rule<V>(
      (it) => holds(it, value),
      (it) => violation(it, value),
    )(picked);
  };
}

/** What a text says; undefined when it cannot be parsed. */
export function readable<T>(parse: (text: string) => T, text: string): T | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
