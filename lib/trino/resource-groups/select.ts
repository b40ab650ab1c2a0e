import { wholeMatch } from '../java-regex';
import type { QueryType, ResourceGroups, Selector } from './shapes';

/** What Trino knows of a query when it looks for the group. */
export interface QueryContext {
  readonly user: string;
  /** @default - none */
  readonly userGroups?: readonly string[];
  /** @default - user */
  readonly originalUser?: string;
  /** @default - nobody: the connection is not authenticated, which Trino compares as the empty text */
  readonly authenticatedUser?: string;
  /** @default - the client sent none, which Trino compares as the empty text */
  readonly source?: string;
  /** @default - the empty text */
  readonly queryText?: string;
  /** @default - not known, which matches no `queryType` */
  readonly queryType?: QueryType;
  /** @default - none */
  readonly clientTags?: readonly string[];
}

/** Where a query runs, and why there. */
export interface Selection {
  /** Id of the group, variables filled in. */
  readonly group: string;
  /** Index of the selector that decided. */
  readonly selector: number;
}

/** The conditions that are patterns, with the texts of a query of which one must match. */
const PATTERN_CONDITIONS = {
  user: (query: QueryContext) => [query.user],
  originalUser: (query: QueryContext) => [query.originalUser ?? query.user],
  authenticatedUser: (query: QueryContext) => [query.authenticatedUser ?? ''],
  source: (query: QueryContext) => [query.source ?? ''],
  userGroup: (query: QueryContext) => query.userGroups ?? [],
  queryText: (query: QueryContext) => [query.queryText ?? ''],
} satisfies Partial<Record<keyof Selector, (query: QueryContext) => readonly string[]>>;
export type PatternCondition = keyof typeof PATTERN_CONDITIONS;

/** The conditions whose named groups fill variables of the group's id. */
export const CAPTURING_CONDITIONS = ['user', 'originalUser', 'authenticatedUser', 'source'] as const;

/**
 * The group that Trino puts a query in: the first selector whose conditions all hold.
 * @returns undefined when none does: Trino rejects the query, "No matching resource group found"
 * @throws RangeError for a pattern that only Java can evaluate, such as `(?>a)` or `a++`
 * @see https://github.com/trinodb/trino/blob/476/plugin/trino-resource-group-managers/src/main/java/io/trino/plugin/resourcegroups/StaticSelector.java
 */
export function whichGroup(query: QueryContext, { selectors }: ResourceGroups): Selection | undefined {
  const index = selectors.findIndex((selector) => matches(selector, query));
  const selector = selectors[index];
  if (selector === undefined) return undefined;
  return { group: fill(selector.group, variablesOf(selector, query)), selector: index };
}

function matches(selector: Selector, query: QueryContext): boolean {
  const sent = query.clientTags ?? [];
  return (
    patternsOf(selector).every(([condition, pattern]) => matchOf(condition, pattern, query) !== undefined) &&
    (selector.queryType === undefined || selector.queryType === query.queryType) &&
    (selector.clientTags ?? []).every((tag) => sent.includes(tag))
  );
}

/** The pattern conditions that a selector sets. */
export function patternsOf(selector: Selector): readonly (readonly [PatternCondition, string])[] {
  const conditions = Object.keys(PATTERN_CONDITIONS) as PatternCondition[];
  return conditions.flatMap((condition) => {
    const pattern = selector[condition];
    return pattern === undefined ? [] : [[condition, pattern] as const];
  });
}

function matchOf(condition: PatternCondition, pattern: string, query: QueryContext): RegExpExecArray | undefined {
  const regex = wholeMatch(pattern);
  if (regex === undefined) {
    throw new RangeError(`${condition} '${pattern}': only Java can evaluate this pattern; write it in simpler terms`);
  }
  const found = PATTERN_CONDITIONS[condition](query).map((text) => regex.exec(text));
  return found.find((match) => match !== null) ?? undefined;
}

/** Named groups of the patterns that matched, and the user and the source where no pattern gave them. */
function variablesOf(selector: Selector, query: QueryContext): Readonly<Record<string, string>> {
  const captured = CAPTURING_CONDITIONS.flatMap((condition) => {
    const pattern = selector[condition];
    return pattern === undefined ? [] : Object.entries(matchOf(condition, pattern, query)?.groups ?? {});
  });
  return { USER: query.user, SOURCE: query.source ?? '', ...Object.fromEntries(captured) };
}

function fill(id: string, variables: Readonly<Record<string, string>>): string {
  return id.replace(/\$\{([a-zA-Z][a-zA-Z0-9]*)\}/g, (text, name: string) => variables[name] ?? text);
}
