import type { Violation } from '../../core';

/**
 * What is wrong with a property:
 * - `unknown`, `defunct`, `wrong-file`, `wrong-role`, `condition`: the name is not accepted (here, now, on this node)
 * - `renamed`, `deprecated`: an old name that still works
 * - `value`: the text cannot be read, or is out of range
 * - `duplicate`: set twice, by one name or by an old and the new one
 * - `literal-secret`: a password in plain text
 * - `missing`: required and not set
 * - `unjudged`: the library has no data of this release for the file
 */
export type FindingKind =
  | 'unknown'
  | 'defunct'
  | 'renamed'
  | 'deprecated'
  | 'wrong-file'
  | 'wrong-role'
  | 'condition'
  | 'value'
  | 'duplicate'
  | 'literal-secret'
  | 'missing'
  | 'unjudged';

/** One thing about a property: an `error` stops the node or leaks a secret, a `warning` may. */
export interface Finding extends Violation {
  readonly severity: 'error' | 'warning';
  readonly kind: FindingKind;
  /** The name as it was written. */
  readonly property: string;
  /** Below `etc/`, as `config.properties`. */
  readonly file: string;
  /** The line in the text, from 1. Only of a text. */
  readonly line?: number;
}

/** The findings that forbid a deployment. */
export function errorsOf(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ severity }) => severity === 'error');
}

/** The findings that a person should see. */
export function warningsOf(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ severity }) => severity === 'warning');
}
