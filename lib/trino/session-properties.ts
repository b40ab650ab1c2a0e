import { DataSize, inside, oneOf, rule, show, violationsOf, type Rule, type Violation } from '../core';
import { isBrokenPattern } from './broken-pattern';
import { literalPattern, wholeMatch } from './java-regex';
import type { MemoryPlan } from './memory';
import type { Properties } from './policy';
import { sessionLimits } from './query-limits';
import { memoryShare, placedGroups, QUERY_TYPES, type QueryType, type ResourceGroups } from './resource-groups';
import type { SessionDefault } from './session-default';
import { sessionName } from './session-names';

/** What Trino knows of a query when it looks for session defaults. */
export interface SessionQuery {
  readonly user: string;
  readonly source?: string;
  readonly clientTags?: readonly string[];
  readonly queryType?: QueryType;
  /** Id of its resource group, as `whichGroup` gives it. */
  readonly group: string;
}

const PATTERN_CONDITIONS = ['user', 'source', 'group'] as const;

/**
 * The session properties that a query starts with. All entries that match count, and of two values for one property the
 * later entry's. What the client sets itself wins over all of them.
 * @throws RangeError for a pattern that only Java can evaluate, such as `(?>a)` or `a++`
 * @see https://trino.io/docs/current/admin/session-property-managers.html
 */
export function sessionDefaultsFor(query: SessionQuery, defaults: readonly SessionDefault[]): Properties {
  const matching = defaults.filter((entry) => matches(entry, query));
  return Object.assign({}, ...matching.map(({ sessionProperties }) => sessionProperties)) as Properties;
}

function matches(entry: SessionDefault, query: SessionQuery): boolean {
  const sent = query.clientTags ?? [];
  return (
    PATTERN_CONDITIONS.every((condition) => matchesWhole(entry[condition], query[condition] ?? '')) &&
    (entry.queryType === undefined || entry.queryType === query.queryType) &&
    (entry.clientTags ?? []).every((tag) => sent.includes(tag))
  );
}

function matchesWhole(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined) return true;
  const regex = wholeMatch(pattern);
  if (regex === undefined) throw new RangeError(`'${pattern}': only Java can evaluate this pattern`);
  return regex.test(text);
}

/** The text of the file session property manager's JSON. */
export function renderSessionDefaults(defaults: readonly SessionDefault[]): string {
  return JSON.stringify(defaults, null, 2);
}

/** The pattern for one group of the tree and nothing else; its variables stand for any text. */
export function groupPattern(id: string): string {
  return id
    .split(/\$\{[^}]*\}/)
    .map(literalPattern)
    .join('.+');
}

/**
 * A group's share of memory as a limit of each of its queries: `softMemoryLimit` alone only makes later queries wait, so
 * one query could still take what belongs to the others. None with task retries, where Trino ignores the limit.
 */
export function memoryDefaults(groups: ResourceGroups, memory: MemoryPlan): readonly SessionDefault[] {
  if (memory.inert.length > 0) return [];
  return placedGroups(groups.rootGroups).flatMap(({ group, id }) => {
    const share = group.subGroups === undefined ? memoryShare(group, memory.clusterPool) : undefined;
    if (share === undefined) return [];
    const maxMemory = DataSize.min(share.floorToMib(), memory.maxMemory);
    return [{ group: groupPattern(id), sessionProperties: sessionLimits({ maxMemory }) }];
  });
}

/** @param groups when given, a `group` must match one of them */
export function sessionDefaultViolations(
  defaults: readonly SessionDefault[],
  groups?: ResourceGroups,
): readonly Violation[] {
  return defaults.flatMap((entry, index) =>
    inside(`sessionDefaults[${index}]`, [
      ...violationsOf(entry, [...ENTRY_RULES, ...(groups === undefined ? [] : [groupRule(groups)])]),
      ...propertyViolations(entry.sessionProperties),
    ]),
  );
}

const ENTRY_RULES: readonly Rule<SessionDefault>[] = [
  ...PATTERN_CONDITIONS.map((condition) =>
    rule<SessionDefault>(
      (entry) => !isBrokenPattern(entry[condition] ?? ''),
      (entry) => ({
        path: condition,
        got: show(entry[condition]),
        allowed: 'a regular expression of Java',
        fix: 'correct it; a literal bracket or brace needs a backslash',
      }),
    ),
  ),
  rule(
    ({ queryType }) => queryType === undefined || QUERY_TYPES.includes(queryType),
    ({ queryType }) => ({
      path: 'queryType',
      got: show(queryType),
      allowed: oneOf(QUERY_TYPES),
      fix: 'choose one of them: another one matches no query',
    }),
  ),
];

function groupRule(groups: ResourceGroups): Rule<SessionDefault> {
  const ids = placedGroups(groups.rootGroups)
    .filter(({ group }) => group.subGroups === undefined)
    .map(({ id }) => id);
  return rule(
    ({ group }) => group === undefined || mayMatch(group, ids),
    ({ group }) => ({
      path: 'group',
      got: show(group),
      allowed: `a pattern for the whole id of ${oneOf(ids)}`,
      fix: 'write the id from the root on, or use groupPattern(id)',
    }),
  );
}

/** A pattern that only Java understands, and an id with variables, may match. */
function mayMatch(pattern: string, ids: readonly string[]): boolean {
  const regex = wholeMatch(pattern);
  return regex === undefined || ids.some((id) => id.includes('${') || regex.test(id));
}

function propertyViolations(properties: Properties): readonly Violation[] {
  return Object.entries(properties).flatMap(([name, value]) => [
    ...violationsOf(name, [nameRule]),
    ...violationsOf<unknown>(value, [textRule(name)]),
  ]);
}

const nameRule = rule<string>(
  (name) => sessionName(name) !== undefined,
  (name) => ({
    path: 'sessionProperties',
    got: show(name),
    allowed: 'the name of a session property, query_max_memory, or of a catalog, lake.compression_codec',
    fix: `write ${show(name.replace(/[.-]/g, '_'))}: properties of the server have dots and hyphens, of a session underscores`,
  }),
);

function textRule(name: string): Rule<unknown> {
  return rule(
    (value) => typeof value === 'string',
    (value) => ({
      path: `sessionProperties.${name}`,
      got: show(value),
      allowed: 'text, also for numbers and booleans',
      fix: `write '${String(value)}'`,
    }),
  );
}
