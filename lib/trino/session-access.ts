import { nearestName, type Violation } from '../core';
import type { AccessRules, SectionName, Who } from './access-control';
import { idleRule } from './access-control/idle-rule';
import { wholeMatch } from './java-regex';
import type { Caution } from './policy';
import { componentOf } from './properties';
import type { TrinoRelease } from './release';
import { type SessionName, sessionSettings } from './session-names';
import type { SessionDefault } from './session-default';

/**
 * Session defaults under the rules of access: Trino sets a default as if the user had. For whoever may not set it, every
 * query that the entry matches fails.
 * @see https://github.com/trinodb/trino/issues/25474
 */

/** Defaults that no user of an entry may set and, where an entry is for everybody, those that somebody may not. */
export function sessionAccessViolations(defaults: readonly SessionDefault[], rules: AccessRules): readonly Violation[] {
  return denialsOf(defaults, rules)
    .filter(({ isCertain }) => isCertain)
    .map(({ path, by }) => ({
      path,
      got: `a default that ${by} denies`,
      allowed: 'what all users of the entry may set: Trino sets a default as if they had, and fails their queries',
      fix: 'allow the property there, or let the entry match nobody who may not set it',
    }));
}

/** Defaults that may be denied to users of an entry, who are not known here: their groups are not, nor who sends a tag. */
export function sessionAccessCautions(defaults: readonly SessionDefault[], rules: AccessRules): readonly Caution[] {
  return denialsOf(defaults, rules)
    .filter(({ isCertain }) => !isCertain)
    .map(({ path, by }) => ({
      path,
      text: `${by} denies it: every query that the entry matches fails for whom that is`,
    }));
}

/**
 * Rules about properties of a session that are not there in this release: whom they should stop, they do not.
 * @param catalogs the connector of each of them; those of connectors whose session properties nobody here knows say nothing
 */
export function sessionRuleCautions(
  rules: AccessRules,
  release: TrinoRelease,
  catalogs: ReadonlyMap<string, string>,
): readonly Caution[] {
  const { system_session_properties: ofServer = [], catalog_session_properties: ofCatalogs = [] } = rules;
  const server = { whose: `the server in ${release.toString()}`, known: propertiesOf(release, 'server') };
  return [
    ...ofServer.flatMap((rule, index) => vain(`system_session_properties[${index}]`, rule, server)),
    ...ofCatalogs.flatMap((rule, index) => {
      const meant = [...catalogs].filter(([name]) => wholeMatch(rule.catalog ?? '.*')?.test(name));
      const known = meant.map(([, connector]) => propertiesOf(release, `connector:${connector}`));
      if (known.some(({ length }) => length === 0)) return [];
      const names = meant.map(([name]) => name).join(' or ');
      const owner = { whose: `${names} in ${release.toString()}`, known: known.flat() };
      return vain(`catalog_session_properties[${index}]`, rule, owner);
    }),
  ];
}

function propertiesOf(release: TrinoRelease, component: string): readonly string[] {
  return [...(componentOf(release, component)?.session?.keys() ?? [])];
}

interface Owner {
  /** `the server in Trino 480`. */
  readonly whose: string;
  /** Names of its session properties. */
  readonly known: readonly string[];
}

function vain(
  path: string,
  { property = '.*' }: Pick<PropertyRule, 'property'>,
  { whose, known }: Owner,
): readonly Caution[] {
  const pattern = wholeMatch(property);
  if (pattern === undefined || known.length === 0 || known.some((name) => pattern.test(name))) return [];
  const reason = `no session property of ${whose} matches '${property}'`;
  return [idleRule(`${path}.property`, reason, nearestName(property, known))];
}

interface Denial {
  readonly path: string;
  /** The rule that denies. */
  readonly by: string;
  readonly isCertain: boolean;
}

function denialsOf(defaults: readonly SessionDefault[], rules: AccessRules): readonly Denial[] {
  return sessionSettings(defaults).flatMap(({ path, entry, ...name }) => {
    const sections = sectionsOf(rules, name, entry.user);
    const denial = sections.flat().find(({ allow }) => !allow);
    if (denial === undefined) return [];
    const isCertain = isForEverybody(entry) || !sections.every((answers) => answers.some(({ allow }) => allow));
    return [{ path, by: denial.by, isCertain }];
  });
}

function isForEverybody({ user, source, group, clientTags = [] }: SessionDefault): boolean {
  return [user, source, group].every(isAny) && clientTags.length === 0;
}

function isAny(pattern: string | undefined): pattern is '.*' | undefined {
  return pattern === undefined || pattern === '.*';
}

/** What a section may answer to users of an entry. */
interface Answer extends Omit<Who, 'user'> {
  /** The rule that gives it. */
  readonly by: string;
  readonly allow: boolean;
  /** Which of the users get it; undefined for all of them. */
  readonly user: string | undefined;
}

/** The answers of each section that is asked, all of which must allow. */
function sectionsOf(rules: AccessRules, name: SessionName, user: string | undefined): readonly (readonly Answer[])[] {
  const { catalogs, system_session_properties: ofServer, catalog_session_properties: ofCatalog } = rules;
  if (name.catalog === undefined) return [answers('system_session_properties', ofServer, name, user)];
  const open = catalogs?.map((rule) => ({ ...rule, allow: rule.allow !== 'none' }));
  return [answers('catalogs', open, name, user), answers('catalog_session_properties', ofCatalog, name, user)];
}

interface PropertyRule extends Who {
  readonly catalog?: string;
  readonly property?: string;
  readonly allow: boolean;
}

/** Rules that may be for users of the entry, without those that an earlier one hides; no match is no. */
function answers(
  section: SectionName,
  rules: readonly PropertyRule[] = [{ allow: true }],
  name: SessionName,
  ofEntry: string | undefined,
): readonly Answer[] {
  const all: readonly PropertyRule[] = [...rules, { allow: false }];
  return all
    .map((rule, index) => ({ rule, by: `accessControl.${section}${index < rules.length ? `[${index}]` : ''}` }))
    .filter(({ rule }) => isAbout(rule, name) && (mayBeSame(rule.user, ofEntry) ?? rule.allow))
    .map(({ rule, by }): Answer => ({ ...rule, by, user: usersAmong(rule.user, ofEntry) }))
    .filter((answer, at, asked) => !asked.slice(0, at).some((before) => hides(before, answer)));
}

/** A pattern that only Java can evaluate counts where it allows. */
function isAbout(rule: PropertyRule, { catalog = '', property }: SessionName): boolean {
  const matches = (pattern = '.*', text: string) => wholeMatch(pattern)?.test(text) ?? rule.allow;
  return matches(rule.catalog, catalog) && matches(rule.property, property);
}

function usersAmong(user: string | undefined, ofEntry: string | undefined): string | undefined {
  return isAny(user) || user === ofEntry || isName(ofEntry) ? undefined : user;
}

function hides(before: Answer, { user, group, role }: Answer): boolean {
  const isForUser =
    before.user === undefined || before.user === user || (isName(user) && mayBeSame(before.user, user) !== false);
  return isForUser && [undefined, group].includes(before.group) && [undefined, role].includes(before.role);
}

/** Whether two patterns may match one user; undefined where nobody can say. */
function mayBeSame(one: string | undefined, other: string | undefined): boolean | undefined {
  if (isAny(one) || isAny(other) || one === other) return true;
  const [name, pattern] = isName(one) ? [one, other] : [other, one];
  return isName(name) ? wholeMatch(pattern)?.test(name.replace(/\\/g, '')) : undefined;
}

/** Whether a pattern is for one name and nothing else. */
function isName(pattern: string | undefined): boolean {
  return pattern !== undefined && /^(?:[\w@-]|\\[^A-Za-z0-9])+$/.test(pattern);
}
