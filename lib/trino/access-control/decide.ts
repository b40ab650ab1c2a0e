import { replaceAll, replaceWhole } from '../java-replacement';
import type { AccessAction, AccessDecision, AccessUser, FunctionName, ProcedureName, TableName } from './action';
import { allowed, applies, denied, matches, matchesAny, missing, ruling } from './match';
import type {
  AccessRules,
  CatalogAccess,
  ColumnConstraint,
  FunctionRule,
  ImpersonationRule,
  PrincipalRule,
  ProcedureRule,
  QueryAccess,
  TablePrivilege,
} from './rules';

/**
 * What Trino's file-based access control answers: in each section the first rule that matches, and no match is no.
 * What a statement needs beyond it is not asked: a table with masks is not written to, see `accessRuleCautions`.
 * @throws RangeError for a pattern that only Java can evaluate, and for a group that a pattern does not have
 * @see https://trino.io/docs/current/security/file-system-access-control.html
 */
export function can(rules: AccessRules, user: AccessUser, action: AccessAction): AccessDecision {
  switch (action.do) {
    case 'execute-query':
      return queryAccess(rules, user, 'execute', undefined);
    case 'view-query':
      return queryAccess(rules, user, 'view', action.owner);
    case 'kill-query':
      return queryAccess(rules, user, 'kill', action.owner);
    case 'read-system-information':
      return systemInformation(rules, user, 'read');
    case 'write-system-information':
      return systemInformation(rules, user, 'write');
    case 'impersonate':
      return impersonate(rules, user, action.as);
    case 'log-in':
      return logIn(rules, user, action.principal);
    case 'access-catalog':
      return catalogAccess(rules, user, action, 'read-only');
    case 'own-schema':
      return ownSchema(rules, user, action);
    case 'select':
      return select(rules, user, action, action.columns ?? []);
    case 'insert':
      return tableAccess(rules, user, action, ['INSERT']);
    case 'delete':
      return tableAccess(rules, user, action, ['DELETE']);
    case 'update':
      return tableAccess(rules, user, action, ['UPDATE']);
    case 'own-table':
      return tableAccess(rules, user, action, ['OWNERSHIP']);
    case 'hand-over-table':
      return handOver(rules, user, action, action.to);
    case 'execute-function':
      return useFunction(rules, user, action, ['EXECUTE', 'GRANT_EXECUTE']);
    case 'own-function':
      return useFunction(rules, user, action, ['OWNERSHIP']);
    case 'call-procedure':
      return callProcedure(rules, user, action);
    case 'set-session-property':
      return action.catalog === undefined
        ? setSystemProperty(rules, user, action.property)
        : setCatalogProperty(rules, user, action.catalog, action.property);
  }
}

function queryAccess(
  { queries }: AccessRules,
  user: AccessUser,
  access: QueryAccess,
  owner: string | undefined,
): AccessDecision {
  if (owner === user.user) return allowed('everybody may view and kill their own queries');
  if (queries === undefined) return allowed(missing('queries'));
  return ruling(
    'queries',
    queries,
    ({ queryOwner, ...rule }) =>
      applies(rule, user) && (owner === undefined ? queryOwner === undefined : matches(queryOwner, owner)),
    ({ allow }) => allow.includes(access),
  );
}

function systemInformation(rules: AccessRules, user: AccessUser, access: 'read' | 'write'): AccessDecision {
  const section = 'system_information';
  const given = rules[section];
  if (given === undefined) return denied(missing(section));
  return ruling(
    section,
    given,
    (rule) => applies(rule, user),
    ({ allow }) => allow.includes(access),
  );
}

function impersonate({ impersonation, principals }: AccessRules, user: AccessUser, as: string): AccessDecision {
  if (impersonation === undefined) {
    return principals === undefined
      ? denied(missing('impersonation'))
      : allowed("'principals' stands in for 'impersonation'");
  }
  return ruling(
    'impersonation',
    impersonation,
    (rule) => impersonates(rule, user, as),
    ({ allow = true }) => allow,
  );
}

/**
 * Groups of `original_user` are filled in, which takes the backslashes out of `new_user`, before it is a pattern.
 * @see https://github.com/trinodb/trino/blob/480/lib/trino-plugin-toolkit/src/main/java/io/trino/plugin/base/security/ImpersonationRule.java
 */
function impersonates(rule: ImpersonationRule, user: AccessUser, as: string): boolean {
  const { original_user: original, original_role: role, new_user: target } = rule;
  if (!matches(original, user.user) || !matchesAny(role, user.roles)) return false;
  return matches(original === undefined ? target : replaceWhole(original, user.user, target), as);
}

function logIn({ principals }: AccessRules, { user }: AccessUser, principal: string): AccessDecision {
  if (principals === undefined) return allowed(missing('principals'));
  return ruling(
    'principals',
    principals,
    (rule) => matches(rule.principal, principal) && namesUser(rule, principal, user),
    ({ allow }) => allow,
  );
}

/**
 * Every match in the principal is replaced: `(.*)` has a second, empty one at the end.
 * @see https://github.com/trinodb/trino/blob/480/lib/trino-plugin-toolkit/src/main/java/io/trino/plugin/base/security/PrincipalUserMatchRule.java
 */
function namesUser(rule: PrincipalRule, principal: string, user: string): boolean {
  const { user: pattern, principal_to_user: replacement } = rule;
  return (
    (pattern !== undefined && matches(pattern, user)) ||
    (replacement !== undefined && replaceAll(rule.principal, principal, replacement) === user)
  );
}

const STRENGTH: Readonly<Record<CatalogAccess, number>> = { none: 0, 'read-only': 1, all: 2, owner: 3 };

function catalogAccess(
  { catalogs }: AccessRules,
  user: AccessUser,
  { catalog }: { readonly catalog: string },
  needed: CatalogAccess,
): AccessDecision {
  if (catalogs === undefined) return allowed(missing('catalogs'));
  // Trino adds this rule itself, after those of the file.
  const withSystem = [...catalogs, { catalog: 'system', allow: 'all' as const }];
  return ruling(
    'catalogs',
    withSystem,
    (rule) => applies(rule, user, { catalog }),
    ({ allow }) => STRENGTH[allow] >= STRENGTH[needed],
  );
}

function ownSchema(
  rules: AccessRules,
  user: AccessUser,
  { catalog, schema }: Omit<TableName, 'table'>,
): AccessDecision {
  const access = catalogAccess(rules, user, { catalog }, 'all');
  if (!access.allowed) return access;
  if (rules.schemas === undefined) return allowed(missing('schemas'));
  return ruling(
    'schemas',
    rules.schemas,
    (rule) => applies(rule, user, { catalog, schema }),
    ({ owner }) => owner,
  );
}

const READS: readonly TablePrivilege[] = ['SELECT', 'GRANT_SELECT'];

/** Whether the first table rule that matches has one of the privileges; writes need the whole catalog. */
function tableAccess(
  rules: AccessRules,
  user: AccessUser,
  { catalog, schema, table }: TableName,
  oneOf: readonly TablePrivilege[],
): AccessDecision {
  const access = catalogAccess(rules, user, { catalog }, oneOf === READS ? 'read-only' : 'all');
  if (!access.allowed) return access;
  if (schema === 'information_schema') return allowed('everybody may use information_schema');
  if (rules.tables === undefined) return allowed(missing('tables'));
  return ruling(
    'tables',
    rules.tables,
    (rule) => applies(rule, user, { catalog, schema, table }),
    ({ privileges }) => privileges.some((privilege) => oneOf.includes(privilege)),
  );
}

function select(rules: AccessRules, user: AccessUser, at: TableName, columns: readonly string[]): AccessDecision {
  const decision = tableAccess(rules, user, at, READS);
  const rule = (rules.tables ?? []).find((_rule, index) => decision.because === `tables[${index}]`);
  if (rule === undefined || !decision.allowed) return decision;
  const hidden = (rule.columns ?? []).filter(({ name, allow }) => allow === false && columns.includes(name));
  if (hidden.length > 0) return denied(`${decision.because} hides ${hidden.map(({ name }) => name).join(', ')}`);
  return {
    ...decision,
    ...(rule.filter === undefined ? {} : { filter: rule.filter }),
    ...masksOf(rule.columns ?? []),
  };
}

function masksOf(columns: readonly ColumnConstraint[]): Pick<AccessDecision, 'masks'> {
  const masked = columns.flatMap(({ name, mask }) => (mask === undefined ? [] : [[name, mask] as const]));
  return masked.length === 0 ? {} : { masks: Object.fromEntries(masked) };
}

function handOver(rules: AccessRules, user: AccessUser, at: TableName, to: string): AccessDecision {
  const ownership = tableAccess(rules, user, at, ['OWNERSHIP']);
  if (!ownership.allowed) return ownership;
  return ruling(
    'authorization',
    rules.authorization ?? [],
    (rule) =>
      matches(rule.original_user, user.user) &&
      matchesAny(rule.original_group, user.groups) &&
      matchesAny(rule.original_role, user.roles) &&
      rule.new_user !== undefined &&
      matches(rule.new_user, to),
    ({ allow = true }) => allow,
  );
}

function useFunction(
  rules: AccessRules,
  user: AccessUser,
  { catalog, schema, function: name }: FunctionName,
  oneOf: readonly string[],
): AccessDecision {
  if (catalog === 'system' && schema === 'builtin') return allowed('it is built in');
  const access = catalogAccess(rules, user, { catalog }, 'read-only');
  if (!access.allowed) return access;
  return ruling(
    'functions',
    rules.functions ?? BUILT_IN,
    (rule: FunctionRule) => applies(rule, user, { catalog, schema, function: name }),
    ({ privileges }) => privileges.some((privilege) => oneOf.includes(privilege)),
  );
}

/** What Trino takes for the sections of functions and procedures when the file has none. */
const BUILT_IN: readonly (FunctionRule & ProcedureRule)[] = [
  { catalog: 'system', schema: 'builtin', privileges: ['EXECUTE', 'GRANT_EXECUTE'] },
];

function callProcedure(
  rules: AccessRules,
  user: AccessUser,
  { catalog, schema, procedure }: ProcedureName,
): AccessDecision {
  const access = catalogAccess(rules, user, { catalog }, 'read-only');
  if (!access.allowed) return access;
  return ruling(
    'procedures',
    rules.procedures ?? BUILT_IN,
    (rule: ProcedureRule) => applies(rule, user, { catalog, schema, procedure }),
    ({ privileges }) => privileges.length > 0,
  );
}

function setSystemProperty(rules: AccessRules, user: AccessUser, property: string): AccessDecision {
  const section = 'system_session_properties';
  const given = rules[section];
  if (given === undefined) return allowed(missing(section));
  return ruling(
    section,
    given,
    (rule) => applies(rule, user, { property }),
    ({ allow }) => allow,
  );
}

function setCatalogProperty(rules: AccessRules, user: AccessUser, catalog: string, property: string): AccessDecision {
  const section = 'catalog_session_properties';
  const access = catalogAccess(rules, user, { catalog }, 'read-only');
  if (!access.allowed) return access;
  const given = rules[section];
  if (given === undefined) return allowed(missing(section));
  return ruling(
    section,
    given,
    (rule) => applies(rule, user, { catalog, property }),
    ({ allow }) => allow,
  );
}
