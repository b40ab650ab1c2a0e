import { isToken, nearestName } from '../../core';
import { isBrokenPattern } from '../broken-pattern';
import { wholeMatch } from '../java-regex';
import type { Caution } from '../policy';
import { idleRule } from './idle-rule';
import type { AccessRules, AnyRule, TablePrivilege } from './rules';

/** What is allowed, but hardly meant: for whoever wrote the file to look at. */
export function accessRuleCautions(rules: AccessRules): readonly Caution[] {
  return [
    ...nobodyMay(rules, 'execute'),
    ...nobodyMay(rules, 'kill'),
    ...killProcedure(rules),
    ...vainWrites(rules),
    ...lostBackslashes(rules),
    ...javaOnly(rules),
  ];
}

/**
 * Rules about catalogs that are not there: whom they should stop, they do not, and what they should mask is seen.
 * @param catalogs all that there are, but for Trino's own
 */
export function catalogRuleCautions(rules: AccessRules, catalogs: readonly string[]): readonly Caution[] {
  const names = [...catalogs, 'system'];
  if (names.some(isToken)) return [];
  return Object.entries(rules).flatMap(([section, list]: [string, readonly { readonly catalog?: string }[]]) =>
    list.flatMap(({ catalog }, index) => {
      if (catalog === undefined || names.some((name) => mayMatch(catalog, name))) return [];
      return [
        idleRule(`${section}[${index}].catalog`, `no catalog is called '${catalog}'`, nearestName(catalog, catalogs)),
      ];
    }),
  );
}

const CONSEQUENCES = {
  execute: "nobody can run a query; end the section with { allow: ['execute'] }",
  kill: "nobody can stop another user's query; start the section with a rule for the administrators that allows 'kill'",
};

function nobodyMay({ queries }: AccessRules, access: 'execute' | 'kill'): readonly Caution[] {
  if (queries === undefined || queries.some(({ allow }) => allow.includes(access))) return [];
  return [{ path: 'queries', text: `no rule allows '${access}': ${CONSEQUENCES[access]}` }];
}

/** `CALL system.runtime.kill_query` asks for the procedure, too; without a section only built-in ones may be called. */
function killProcedure({ procedures = [], queries }: AccessRules): readonly Caution[] {
  const mayKill = queries === undefined || queries.some(({ allow }) => allow.includes('kill'));
  const mayCall = procedures.some(
    ({ catalog, schema, procedure, privileges }) =>
      privileges.length > 0 &&
      mayMatch(catalog, 'system') &&
      mayMatch(schema, 'runtime') &&
      mayMatch(procedure, 'kill_query'),
  );
  if (!mayKill || mayCall) return [];
  const text =
    'no rule allows system.runtime.kill_query, so queries can be killed in the web interface only; ' +
    "add { group: 'admins', catalog: 'system', schema: 'runtime', procedure: 'kill_query', privileges: ['EXECUTE'] }";
  return [{ path: 'procedures', text }];
}

function mayMatch(pattern: string | undefined, name: string): boolean {
  return pattern === undefined || (wholeMatch(pattern)?.test(name) ?? true);
}

/**
 * Whoever sees less of a table than there is may not write it: masks end all of it, a filter UPDATE and MERGE.
 * @see https://github.com/trinodb/trino/blob/480/core/trino-main/src/main/java/io/trino/sql/analyzer/StatementAnalyzer.java
 */
function vainWrites({ tables = [] }: AccessRules): readonly Caution[] {
  return tables.flatMap(({ privileges, columns = [], filter }, index) => {
    const isMasked = columns.some(({ mask }) => mask !== undefined);
    const refused: readonly TablePrivilege[] = isMasked ? ['INSERT', 'DELETE', 'UPDATE'] : ['UPDATE'];
    const vain = refused.filter((privilege) => privileges.includes(privilege));
    if (vain.length === 0 || !(isMasked || filter !== undefined)) return [];
    const what = isMasked ? 'masks' : 'a filter';
    const text = `Trino refuses ${vain.join(' and ')} of a table with ${what}: whoever writes needs a rule without ${what}`;
    return [{ path: `tables[${index}].privileges`, text }];
  });
}

/** Filling in groups takes every backslash out, also where no group is meant: see `impersonates`. */
function lostBackslashes({ impersonation = [] }: AccessRules): readonly Caution[] {
  return impersonation.flatMap(({ original_user: original, new_user: target }, index) => {
    if (original === undefined || !target.includes('\\')) return [];
    const read = target.replace(/\\([^])/g, '$1');
    const text = `Trino takes backslashes out of it, because of original_user, and reads '${read}'; write [.] for a dot`;
    return [{ path: `impersonation[${index}].new_user`, text }];
  });
}

const NO_PATTERNS = ['allow', 'owner', 'privileges', 'columns', 'filter', 'filter_environment', 'principal_to_user'];

function javaOnly(rules: AccessRules): readonly Caution[] {
  return Object.entries(rules).flatMap(([name, section]: [string, readonly AnyRule[]]) =>
    section.flatMap((rule, index) =>
      Object.entries(rule)
        .filter(([key, value]) => !NO_PATTERNS.includes(key) && typeof value === 'string' && isJavaOnly(value))
        .map(([key]) => ({
          path: `${name}[${index}].${key}`,
          text: 'only Java can evaluate this pattern: its effect is not known before a server reads it',
        })),
    ),
  );
}

function isJavaOnly(pattern: string): boolean {
  return !isBrokenPattern(pattern) && wholeMatch(pattern) === undefined;
}
