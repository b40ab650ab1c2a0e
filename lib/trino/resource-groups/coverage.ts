import { wholeMatch } from '../java-regex';
import { patternsOf, type PatternCondition } from './select';
import type { Selector } from './shapes';

/** The patterns that match any text a query may have there; a query text with a line break is not matched by dots. */
const ANYTHING: Partial<Record<PatternCondition, readonly string[]>> = {
  user: ['.*', '.+'],
  originalUser: ['.*', '.+'],
  authenticatedUser: ['.*'],
  source: ['.*'],
};

/** Whether a selector takes every query. */
export function isCatchAll(selector: Selector): boolean {
  return covers(selector, { group: selector.group });
}

/**
 * Whether every query that `later` would take is taken by `earlier` already, as far as that can be told: equal patterns,
 * patterns for anything, and plain texts that the earlier pattern matches.
 */
export function covers(earlier: Selector, later: Selector): boolean {
  const tags = later.clientTags ?? [];
  return (
    patternsOf(earlier).every(([condition, pattern]) => impliedBy(condition, pattern, later[condition])) &&
    (earlier.queryType === undefined || earlier.queryType === later.queryType) &&
    (earlier.clientTags ?? []).every((tag) => tags.includes(tag))
  );
}

function impliedBy(condition: PatternCondition, pattern: string, later: string | undefined): boolean {
  if (ANYTHING[condition]?.includes(pattern) === true) return true;
  if (later === undefined) return false;
  return pattern === later || (isPlainText(later) && wholeMatch(pattern)?.test(later) === true);
}

function isPlainText(pattern: string): boolean {
  return !/[\\^$.*+?()[\]{}|]/.test(pattern);
}
