import { isToken, nearestName, show, type Violation } from '../core';
import { componentOf, type PropertyFacts } from './properties';
import { problemOf } from './properties/values';
import { TrinoRelease } from './release';

/** One session property, and where it stands in a definition. */
export interface SessionSetting {
  /** Path of all that is set together. */
  readonly within: string;
  readonly path: string;
  /** As it is written, with the catalog it is of. */
  readonly name: string;
  /** Without a catalog. */
  readonly property: string;
  readonly text: string;
}

/**
 * Why queries fail that start with this setting: Trino takes it as it is, and looks at it when a query comes. Nothing
 * where the library does not know which session properties there are.
 * @param component whose they are: `server`, `connector:hive`, …
 * @see https://trino.io/docs/current/sql/set-session.html
 */
export function settingViolations(
  release: TrinoRelease,
  component: string,
  setting: SessionSetting,
): readonly Violation[] {
  const known = componentOf(release, component)?.session;
  if (known === undefined || isToken(setting.property)) return [];
  const facts = known.get(setting.property);
  return facts === undefined
    ? [unknown(release, component, setting, [...known.keys()])]
    : valueViolations(facts, setting);
}

function unknown(
  release: TrinoRelease,
  component: string,
  { within, name, property }: SessionSetting,
  known: readonly string[],
): Violation {
  const near = nearestName(property, known);
  const having = TrinoRelease.KNOWN.filter((version) => has(version, component, property));
  const elsewhere = having.length === 0 ? '' : `; found in Trino ${having.join(', ')}`;
  const owner = component === 'server' ? 'the server' : component.replace(':', ' ');
  return {
    path: within,
    got: show(name),
    allowed: `a session property of ${owner} in ${release.toString()}${elsewhere}`,
    fix: `${near === undefined || having.length > 0 ? 'leave it out' : `write ${name.replace(property, near)}`}, or every query that the entry matches fails`,
  };
}

function has(version: string, component: string, property: string): boolean {
  return componentOf(TrinoRelease.of(version), component)?.session?.has(property) ?? false;
}

/** Constants are spelled as they are, in letters of either size. */
function valueViolations(facts: PropertyFacts, { path, text }: SessionSetting): readonly Violation[] {
  if (typeof text !== 'string' || isToken(text)) return [];
  const problem = problemOf({ ...facts, exact: true }, text);
  return problem === undefined ? [] : [{ path, got: show(text), ...problem }];
}
