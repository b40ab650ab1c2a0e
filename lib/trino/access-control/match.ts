import { wholeMatch } from '../java-regex';
import type { AccessDecision, AccessUser } from './action';
import type { SectionName } from './rules';

/** The verdict of a section's first rule that matches. */
export function ruling<R>(
  section: SectionName,
  rules: readonly R[],
  isMatch: (rule: R) => boolean,
  verdict: (rule: R) => boolean,
): AccessDecision {
  const index = rules.findIndex(isMatch);
  const rule = rules[index];
  return rule === undefined
    ? denied(`no rule of '${section}' matches`)
    : { allowed: verdict(rule), because: `${section}[${index}]` };
}

export function allowed(because: string): AccessDecision {
  return { allowed: true, because };
}

export function denied(because: string): AccessDecision {
  return { allowed: false, because };
}

export function missing(section: SectionName): string {
  return `there is no section '${section}'`;
}

export function matches(pattern: string | undefined, name: string): boolean {
  if (pattern === undefined) return true;
  const regex = wholeMatch(pattern);
  if (regex === undefined) throw new RangeError(`'${pattern}' can be evaluated by Java only`);
  return regex.test(name);
}

export function matchesAny(pattern: string | undefined, names: readonly string[] = []): boolean {
  return pattern === undefined || names.some((name) => matches(pattern, name));
}

/** The patterns of a rule: whom it is for and what it is about. */
interface Patterns {
  readonly user?: string;
  readonly role?: string;
  readonly group?: string;
  readonly catalog?: string;
  readonly schema?: string;
  readonly table?: string;
  readonly function?: string;
  readonly procedure?: string;
  readonly property?: string;
}

type Subject = Omit<Patterns, 'user' | 'role' | 'group'>;
const SUBJECT_KEYS = ['catalog', 'schema', 'table', 'function', 'procedure', 'property'] as const;

/** Whether a rule is for this user and about this subject. */
export function applies(rule: Patterns, { user, groups, roles }: AccessUser, subject: Subject = {}): boolean {
  return (
    matches(rule.user, user) &&
    matchesAny(rule.role, roles) &&
    matchesAny(rule.group, groups) &&
    SUBJECT_KEYS.every((key) => matches(rule[key], subject[key] ?? ''))
  );
}
