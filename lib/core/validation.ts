import { isToken } from './terraform-text';

/**
 * Rules as data: a definition is checked by all of its rules at once, and what is wrong is thrown once, as one error
 * that names every violation with its path, the value it has, what is allowed, and the fix.
 */

/** One thing that is wrong. Every part is for a person who has only this text. */
export interface Violation {
  /** Where in the checked value, as the user typed it: `nodePools.workers.minSize`. */
  readonly path: string;
  /** The value found there, as text. */
  readonly got: string;
  /** What would be accepted, as a noun or a clause: `a whole number from 0 to maxSize (6)`. */
  readonly allowed: string;
  /** What to do, as an order: `raise maxSize or lower minSize`. */
  readonly fix: string;
}

/** A check of one value: the violations it finds, none when the value is fine. */
export type Rule<T> = (value: T) => readonly Violation[];

/**
 * A rule that holds or is violated once.
 * @param holds true for a good value
 * @param violation describes a bad one
 */
export function rule<T>(holds: (value: T) => boolean, violation: (value: T) => Violation): Rule<T> {
  return (value) => (holds(value) ? [] : [violation(value)]);
}

/** The violation, where there is something wrong. */
export function violationIf(broken: boolean, violation: Violation): readonly Violation[] {
  return broken ? [violation] : [];
}

/** What a whole number may be, both ends included. */
export interface WholeNumbers {
  readonly from: number;
  /** @default - as large as you like */
  readonly to?: number;
  /** What the ends are, or why they are there: `the maximum of workers`. @default - the numbers say it */
  readonly note?: string;
}

/** The violation of a number that is missing, outside of its range, or has a fraction. */
export function wholeNumber(
  path: string,
  value: number | undefined,
  { from, to = Infinity, note }: WholeNumbers,
  fix: string,
): readonly Violation[] {
  if (value !== undefined && Number.isInteger(value) && value >= from && value <= to) return [];
  const range = to === Infinity ? `from ${from}` : `from ${from} to ${to}`;
  return [{ path, got: show(value), allowed: `a whole number ${range}${note === undefined ? '' : `: ${note}`}`, fix }];
}

/** The same, of a number that may be left out. */
export function wholeNumberIfGiven(
  path: string,
  value: number | undefined,
  range: WholeNumbers,
  fix: string,
): readonly Violation[] {
  return value === undefined ? [] : wholeNumber(path, value, range, fix);
}

/** The same, of a number that Terraform may tell only when it runs: nothing is judged then. */
export function wholeNumberIfKnown(
  path: string,
  value: number | undefined,
  range: WholeNumbers,
  fix: string,
): readonly Violation[] {
  return isToken([value, range.from]) ? [] : wholeNumber(path, value, range, fix);
}

/** Every violation of every rule, in the order of the rules. */
export function violationsOf<T>(value: T, rules: readonly Rule<T>[]): readonly Violation[] {
  return rules.flatMap((check) => check(value));
}

/** The rules of a part, as rules of the whole: violations get the part's name in front of their path. */
export function inside(name: string, violations: readonly Violation[]): readonly Violation[] {
  return violations.map((violation) => ({
    ...violation,
    path: violation.path === '' ? name : `${name}.${violation.path}`,
  }));
}

/** The part that a violation is in, as `inside` put it in front: `nodePools`. */
export function partOf({ path }: Violation): string {
  return path.split('.', 1)[0] ?? '';
}

/**
 * Checks a value by all rules.
 * @param where the construct path, file or environment that the value belongs to
 * @throws ConfigError with every violation, when there is one
 */
export function validate<T>(where: string, value: T, rules: readonly Rule<T>[]): void {
  refuse(where, violationsOf(value, rules));
}

/** @throws ConfigError when there is a violation */
export function refuse(where: string, violations: readonly Violation[]): void {
  if (violations.length > 0) throw new ConfigError(where, violations);
}

/** A definition that cannot work, with everything that is wrong with it. */
export class ConfigError extends Error {
  public override readonly name = 'ConfigError';

  public constructor(
    public readonly where: string,
    public readonly violations: readonly Violation[],
  ) {
    const count = violations.length === 1 ? 'one problem' : `${violations.length} problems`;
    super([`${where}: ${count}`, ...violations.map((violation) => `  - ${describeViolation(violation)}`)].join('\n'));
  }
}

/** A violation in one line. */
export function describeViolation({ path, got, allowed, fix }: Violation): string {
  return `${path}: got ${got}; allowed: ${allowed}; fix: ${fix}`;
}

/**
 * Whether a value is text of that form. `pattern.test(value)` alone takes a missing value for the word 'undefined',
 * which most names may be.
 */
export function matches(pattern: RegExp, value: unknown): value is string {
  return typeof value === 'string' && pattern.test(value);
}

/**
 * What is wrong with one of a closed choice: JavaScript holds nobody to it, and a word that nothing knows must not mean
 * the other one. A missing value is none: it has a default.
 */
export function choiceViolations(
  path: string,
  value: unknown,
  choices: readonly string[],
  fix = 'use one of them, or leave it out',
): readonly Violation[] {
  if (value === undefined || choices.some((choice) => choice === value)) return [];
  return [{ path, got: show(value), allowed: oneOf(choices), fix }];
}

/** What is wrong with a placeholder where other values are computed from it before Terraform runs. */
export function placeholderViolations(path: string, value: unknown, fix: string): readonly Violation[] {
  if (!isToken(value)) return [];
  return [{ path, got: show(value), allowed: 'a value of the program: others are computed from it', fix }];
}

/** A value as an error shows it: text in quotes, lists in brackets, a missing value as `nothing`, a placeholder in words. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (!Array.isArray(value) && isToken(value)) return 'a value that is known only when Terraform runs';
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  return value.toString === Object.prototype.toString ? JSON.stringify(value) : value.toString();
}

/** A closed choice as an error lists it: `'a', 'b' or 'c'`. */
export function oneOf(choices: readonly string[]): string {
  const quoted = choices.map((choice) => `'${choice}'`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`;
}
