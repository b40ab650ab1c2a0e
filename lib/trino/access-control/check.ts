import { repeatedNames, show, violationIf, type Violation } from '../../core';
import { missingGroup } from '../java-replacement';
import type { AccessRules, SectionName } from './rules';
import { type Fields, isFields, objectViolations, SECTIONS, type SectionShape, unknownKey } from './shapes';

/** Patterns that do not match everything when they are left out: another rule covers them only with the same text. */
const NEVER_ANY: readonly string[] = ['queryOwner', 'new_user', 'new_role', 'principal_to_user'];

/**
 * What Trino would refuse at start, and rules that cannot have an effect: both are mistakes of whoever wrote the file.
 * @see https://trino.io/docs/current/security/file-system-access-control.html
 */
export function accessRuleViolations(rules: AccessRules): readonly Violation[] {
  if (!isFields(rules)) return [{ path: 'rules', got: show(rules), allowed: 'sections by name', fix: SECTIONS_FIX }];
  const given = Object.entries<unknown>(rules).filter(([, section]) => section !== undefined);
  return given.flatMap(([name, section]) => {
    if (!Object.hasOwn(SECTIONS, name)) return [unknownKey(name, 'a rules file', Object.keys(SECTIONS))];
    return Array.isArray(section) ? sectionViolations(name as SectionName, section) : [noList(name, section)];
  });
}

const SECTIONS_FIX = "write an object of sections, like { catalogs: [{ allow: 'all' }] }";

function noList(name: string, section: unknown): Violation {
  return { path: name, got: show(section), allowed: 'a list of rules', fix: 'put them into brackets, or leave it out' };
}

function sectionViolations(name: SectionName, rules: readonly unknown[]): readonly Violation[] {
  const shape = SECTIONS[name];
  const broken = rules.flatMap((rule, index) => objectViolations(`${name}[${index}]`, shape, rule));
  if (!rules.every(isFields)) return broken;
  const others = rules.flatMap((rule, index) => [
    ...SPECIAL_RULES.flatMap(({ section, check }) => (section === name ? check(`${name}[${index}]`, rule) : [])),
    ...unreachable(name, shape, rules, index),
  ]);
  return [...broken, ...others];
}

/** What Trino's own rule classes refuse: most of it stops the server, a missing group each request that the rule is for. */
const SPECIAL_RULES: readonly {
  readonly section: SectionName;
  readonly check: (path: string, rule: Fields) => readonly Violation[];
}[] = [
  {
    section: 'queries',
    check: (path, { queryOwner, allow }) =>
      violationIf(queryOwner !== undefined && includesExecute(allow), {
        path: `${path}.queryOwner`,
        got: `${show(queryOwner)} together with 'execute'`,
        allowed: "'view' and 'kill' only: a query has no owner before it runs",
        fix: "move 'execute' into a rule without queryOwner",
      }),
  },
  {
    section: 'principals',
    check: (path, rule) =>
      violationIf(rule['user'] === undefined && rule['principal_to_user'] === undefined, {
        path,
        got: 'neither user nor principal_to_user',
        allowed: 'at least one of them',
        fix: "say which user the principal may be, for example principal_to_user: '$1'",
      }),
  },
  {
    section: 'principals',
    check: (path, rule) => referenceViolations(path, rule, 'principal', 'principal_to_user'),
  },
  {
    section: 'impersonation',
    check: (path, rule) => referenceViolations(path, rule, 'original_user', 'new_user'),
  },
  {
    section: 'authorization',
    check: (path, rule) =>
      violationIf(rule['new_user'] === undefined && rule['new_role'] === undefined, {
        path,
        got: 'neither new_user nor new_role',
        allowed: 'at least one of them',
        fix: "say who may become the owner, for example new_user: '.*'",
      }),
  },
  {
    section: 'tables',
    check: (path, { columns }) => duplicateColumns(`${path}.columns`, columns),
  },
];

function includesExecute(allow: unknown): boolean {
  return Array.isArray(allow) && allow.some((it) => typeof it === 'string' && it.toLowerCase() === 'execute');
}

function referenceViolations(path: string, rule: Fields, from: string, to: string): readonly Violation[] {
  const { [from]: pattern, [to]: replacement } = rule;
  if (typeof pattern !== 'string' || typeof replacement !== 'string') return [];
  const missing = missingGroup(pattern, replacement);
  return violationIf(missing !== undefined, {
    path: `${path}.${to}`,
    got: `${show(replacement)}, where ${show(missing)} is no group of ${show(pattern)}`,
    allowed: `groups of ${from}: $1 for its first parentheses, $0 for all of it`,
    fix: `put what is meant in parentheses in ${from}, or take the dollar out`,
  });
}

function duplicateColumns(path: string, columns: unknown): readonly Violation[] {
  if (!Array.isArray(columns)) return [];
  const names = columns.filter(isFields).map(({ name }) => String(name));
  return repeatedNames(names).map((name) => ({
    path,
    got: `column ${show(name)} twice`,
    allowed: 'each column once',
    fix: 'put allow and mask of one column into one entry',
  }));
}

/** A rule that an earlier one always beats: whoever wrote it believes in an effect that it cannot have. */
function unreachable(name: string, shape: SectionShape, rules: readonly Fields[], index: number): readonly Violation[] {
  const rule = rules[index];
  const earlier = rules.findIndex((other, at) => at < index && rule !== undefined && covers(shape, other, rule));
  if (earlier < 0) return [];
  return [
    {
      path: `${name}[${index}]`,
      got: `a rule that never decides: ${name}[${earlier}] matches everything it matches`,
      allowed: 'the special rule first, the general one after it: the first match decides',
      fix: `move it in front of ${name}[${earlier}], or delete it`,
    },
  ];
}

function covers(shape: SectionShape, general: Fields, special: Fields): boolean {
  const keys = [...shape.patterns, 'principal_to_user'];
  return keys.every((key) => general[key] === special[key] || matchesEverything(key, general[key]));
}

function matchesEverything(key: string, pattern: unknown): boolean {
  if (key === 'queryOwner') return pattern === undefined;
  if (key === 'new_user') return pattern === '.*';
  return !NEVER_ANY.includes(key) && (pattern === undefined || pattern === '.*');
}
