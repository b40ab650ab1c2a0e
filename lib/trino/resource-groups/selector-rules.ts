import { inside, oneOf, repeatedNames, rule, show, violationsOf, type Rule, type Violation } from '../../core';
import { isBrokenPattern } from '../broken-pattern';
import type { TrinoRelease } from '../release';
import { covers, isCatchAll } from './coverage';
import { CAPTURING_CONDITIONS, patternsOf } from './select';
import { placedGroups, QUERY_TYPES, variablesIn, type ResourceGroups, type Selector } from './shapes';

const BUILT_IN_VARIABLES = ['USER', 'SOURCE'];

/** What the file manager refuses in a selector, and selectors that can never decide. */
export function selectorViolations(groups: ResourceGroups, release: TrinoRelease): readonly Violation[] {
  const { selectors } = groups;
  const each = selectors.flatMap((selector, index) =>
    inside(`selectors[${index}]`, [
      ...violationsOf(selector, [...SELECTOR_RULES, groupRule(groups), queryTextRule(release)]),
      ...brokenPatterns(selector),
      ...unreachable(selectors, index),
    ]),
  );
  return [...each, ...violationsOf(groups, [catchAllRule, killPathRule])];
}

/** A selector leads to a group of the tree that has no sub-groups. */
function groupRule(groups: ResourceGroups): Rule<Selector> {
  const placed = placedGroups(groups.rootGroups);
  const leaves = placed.filter(({ group }) => (group.subGroups ?? []).length === 0).map(({ id }) => id);
  return rule(
    ({ group }) => leaves.includes(group),
    ({ group }) => {
      const isParent = placed.some(({ id }) => id === group);
      return {
        path: 'group',
        got: isParent ? `${show(group)}, which has sub-groups` : show(group),
        allowed: oneOf(leaves),
        fix: isParent
          ? 'choose one of its sub-groups: a group has sub-groups or queries'
          : 'correct the id or add the group',
      };
    },
  );
}

const queryTypeRule = rule<Selector>(
  ({ queryType }) => queryType === undefined || QUERY_TYPES.includes(queryType),
  ({ queryType }) => ({
    path: 'queryType',
    got: show(queryType),
    allowed: oneOf(QUERY_TYPES),
    fix: 'choose one of them; CALL and DDL are DATA_DEFINITION',
  }),
);

const variablesRule = rule<Selector>(
  (selector) => unresolved(selector).length === 0,
  (selector) => ({
    path: 'group',
    got: `${show(selector.group)} with nothing to fill ${unresolved(selector).join(', ')}`,
    allowed: `variables ${[...BUILT_IN_VARIABLES, ...captures(selector)].join(', ')}`,
    fix: 'use one of them, or name a group (?<name>…) in the pattern of user or source',
  }),
);

const captureRule = rule<Selector>(
  (selector) => repeatedNames([...BUILT_IN_VARIABLES, ...captures(selector)]).length === 0,
  (selector) => ({
    path: 'group',
    got: `${repeatedNames([...BUILT_IN_VARIABLES, ...captures(selector)]).join(', ')} defined twice`,
    allowed: 'each named group once, and none called USER or SOURCE, which Trino defines',
    fix: 'rename the group in the pattern',
  }),
);

const SELECTOR_RULES: readonly Rule<Selector>[] = [queryTypeRule, variablesRule, captureRule];

function queryTextRule(release: TrinoRelease): Rule<Selector> {
  return rule(
    ({ queryText }) => queryText === undefined || release.isAtLeast('479'),
    ({ queryText }) => ({
      path: 'queryText',
      got: show(queryText),
      allowed: `nothing in Trino ${release.version}, which does not know it`,
      fix: 'remove the condition or move to Trino 480',
    }),
  );
}

function brokenPatterns(selector: Selector): readonly Violation[] {
  const broken = patternsOf(selector).filter(([, pattern]) => isBrokenPattern(pattern));
  return broken.map(([path, pattern]) => ({
    path,
    got: show(pattern),
    allowed: 'a regular expression of Java',
    fix: 'correct it; a literal bracket or brace needs a backslash',
  }));
}

function unreachable(selectors: readonly Selector[], index: number): readonly Violation[] {
  const selector = selectors[index];
  if (selector === undefined) return [];
  const by = selectors.slice(0, index).findIndex((earlier) => covers(earlier, selector));
  if (by === -1) return [];
  const fix = 'move it up or remove it';
  return [{ path: '', got: `a selector that selectors[${by}] hides`, allowed: 'a selector that can decide', fix }];
}

const catchAllRule = rule<ResourceGroups>(
  ({ selectors }) => selectors.some(isCatchAll),
  ({ selectors }) => ({
    path: 'selectors',
    got: `${selectors.length} selectors, none for every query`,
    allowed: 'a last selector without conditions: Trino rejects a query that none matches',
    fix: "end the list with { group: '…' }",
  }),
);

/** `kill_query` is a DATA_DEFINITION: queued behind the query that it is to end, it would never start. */
const killPathRule = rule<ResourceGroups>(
  ({ selectors }) => {
    const kill = selectors.find((selector) => covers(selector, { queryType: 'DATA_DEFINITION', group: '' }));
    return kill === undefined || !isCatchAll(kill);
  },
  () => ({
    path: 'selectors',
    got: "no selector for queryType 'DATA_DEFINITION'",
    allowed: 'one above the catch-all, so that kill_query does not wait behind the query that it is to end',
    fix: "put { queryType: 'DATA_DEFINITION', group: '…' } first, with a group of its own",
  }),
);

function captures(selector: Selector): readonly string[] {
  return CAPTURING_CONDITIONS.flatMap((condition) =>
    [...(selector[condition] ?? '').matchAll(/\(\?<([a-zA-Z][a-zA-Z0-9]*)>/g)].flatMap(([, name]) => name ?? []),
  );
}

function unresolved(selector: Selector): readonly string[] {
  const known = [...BUILT_IN_VARIABLES, ...captures(selector)];
  return variablesIn(selector.group).filter((variable) => !known.includes(variable));
}
