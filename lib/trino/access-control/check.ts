import { oneOf, show, type Violation } from '../../core';
import { isBrokenPattern } from '../broken-pattern';
import { missingGroup } from '../java-replacement';
import type { AccessRules, AnyRule, SectionName } from './rules';

/** A rule as the file has it: what its section does not know is fatal, so it is read key by key. */
type RuleFields = Readonly<Record<string, unknown>>;

interface SectionShape {
  /** Keys that hold patterns. Left out, each matches everything. */
  readonly patterns: readonly string[];
  /** Keys that say what is allowed and how. */
  readonly values: readonly string[];
}

const WHO = ['user', 'role', 'group'];

/** What a rule of each section may say; Trino does not start with any other key. */
const SECTIONS: Readonly<Record<SectionName, SectionShape>> = {
  catalogs: { patterns: [...WHO, 'catalog'], values: ['allow'] },
  schemas: { patterns: [...WHO, 'catalog', 'schema'], values: ['owner'] },
  tables: {
    patterns: [...WHO, 'catalog', 'schema', 'table'],
    values: ['privileges', 'columns', 'filter', 'filter_environment'],
  },
  functions: { patterns: [...WHO, 'catalog', 'schema', 'function'], values: ['privileges'] },
  procedures: { patterns: [...WHO, 'catalog', 'schema', 'procedure'], values: ['privileges'] },
  queries: { patterns: [...WHO, 'queryOwner'], values: ['allow'] },
  impersonation: { patterns: ['original_user', 'original_role', 'new_user'], values: ['allow'] },
  principals: { patterns: ['principal', 'user'], values: ['principal_to_user', 'allow'] },
  system_information: { patterns: ['user', 'role'], values: ['allow'] },
  authorization: {
    patterns: ['original_user', 'original_group', 'original_role', 'new_user', 'new_role'],
    values: ['allow'],
  },
  system_session_properties: { patterns: [...WHO, 'property'], values: ['allow'] },
  catalog_session_properties: { patterns: [...WHO, 'catalog', 'property'], values: ['allow'] },
};

/** Patterns that do not match everything when they are left out: another rule covers them only with the same text. */
const NEVER_ANY: readonly string[] = ['queryOwner', 'new_user', 'new_role', 'principal_to_user'];

/**
 * What Trino would refuse at start, and rules that cannot have an effect: both are mistakes of whoever wrote the file.
 * @see https://trino.io/docs/current/security/file-system-access-control.html
 */
export function accessRuleViolations(rules: AccessRules): readonly Violation[] {
  return Object.entries(rules).flatMap(([name, section]: [string, readonly AnyRule[]]) => {
    const shape = (SECTIONS as Readonly<Record<string, SectionShape | undefined>>)[name];
    return shape === undefined
      ? [unknownKey(name, 'a section', Object.keys(SECTIONS))]
      : sectionViolations(name, shape, section);
  });
}

function sectionViolations(name: string, shape: SectionShape, section: readonly AnyRule[]): readonly Violation[] {
  const rules = section.map((rule): RuleFields => ({ ...rule }));
  return rules.flatMap((rule, index) => [
    ...ruleViolations(`${name}[${index}]`, name, shape, rule),
    ...unreachable(name, shape, rules, index),
  ]);
}

function ruleViolations(path: string, name: string, shape: SectionShape, rule: RuleFields): readonly Violation[] {
  const known = [...shape.patterns, ...shape.values];
  const unknown = Object.keys(rule).filter((key) => !known.includes(key));
  return [
    ...unknown.map((key) => unknownKey(`${path}.${key}`, `a rule of '${name}'`, known)),
    ...shape.patterns.flatMap((key) => patternViolations(`${path}.${key}`, rule[key])),
    ...SPECIAL_RULES.flatMap((special) => (special.section === name ? special.check(path, rule) : [])),
  ];
}

function unknownKey(path: string, what: string, known: readonly string[]): Violation {
  return {
    path,
    got: 'a key that Trino does not know here',
    allowed: `in ${what}: ${oneOf(known)}`,
    fix: 'take the key out: Trino does not start with it',
  };
}

function patternViolations(path: string, pattern: unknown): readonly Violation[] {
  if (typeof pattern !== 'string' || !isBrokenPattern(pattern)) return [];
  return [
    {
      path,
      got: show(pattern),
      allowed: 'a Java regular expression that matches whole names',
      fix: 'close the brackets, or write a backslash before a character that is meant literally',
    },
  ];
}

/** What Trino's own rule classes refuse: most of it stops the server, a missing group each request that the rule is for. */
const SPECIAL_RULES: readonly {
  readonly section: SectionName;
  readonly check: (path: string, rule: RuleFields) => readonly Violation[];
}[] = [
  {
    section: 'queries',
    check: (path, { queryOwner, allow }) =>
      violationIf(queryOwner !== undefined && Array.isArray(allow) && allow.includes('execute'), {
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

function referenceViolations(path: string, rule: RuleFields, from: string, to: string): readonly Violation[] {
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
  const names = columns.map((column: { name: string }) => column.name);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  return [...new Set(twice)].map((name) => ({
    path,
    got: `column ${show(name)} twice`,
    allowed: 'each column once',
    fix: 'put allow and mask of one column into one entry',
  }));
}

function violationIf(broken: boolean, violation: Violation): readonly Violation[] {
  return broken ? [violation] : [];
}

/** A rule that an earlier one always beats: whoever wrote it believes in an effect that it cannot have. */
function unreachable(
  name: string,
  shape: SectionShape,
  rules: readonly RuleFields[],
  index: number,
): readonly Violation[] {
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

function covers(shape: SectionShape, general: RuleFields, special: RuleFields): boolean {
  const keys = [...shape.patterns, ...shape.values.filter((key) => NEVER_ANY.includes(key))];
  return keys.every((key) => general[key] === special[key] || matchesEverything(key, general[key]));
}

function matchesEverything(key: string, pattern: unknown): boolean {
  if (key === 'queryOwner') return pattern === undefined;
  if (key === 'new_user') return pattern === '.*';
  return !NEVER_ANY.includes(key) && (pattern === undefined || pattern === '.*');
}
