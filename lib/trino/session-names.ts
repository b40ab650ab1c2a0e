import { inside, isToken, oneOf, rule, show, type Rule, type Violation, violationsOf } from '../core';
import { componentOf } from './properties';
import type { TrinoRelease } from './release';
import type { SessionDefault } from './session-default';

const NAME = /^(?:([a-z][a-z0-9_]*)\.)?([a-z][a-z0-9_]*)$/;

/** A session property of the server, or of one of its catalogs. */
export interface SessionName {
  readonly catalog?: string;
  readonly property: string;
}

/** `lake.compression_codec` in its parts; undefined for what is no name of a session property. */
export function sessionName(text: string): SessionName | undefined {
  const [, catalog, property] = NAME.exec(text) ?? [];
  return property === undefined ? undefined : { ...(catalog === undefined ? {} : { catalog }), property };
}

/** One property that an entry sets, and where that stands in a definition. */
export interface SessionSetting {
  readonly entry: SessionDefault;
  /** Path of all that the entry sets. */
  readonly within: string;
  readonly path: string;
  readonly name: string;
  readonly text: string;
}

/** Everything that all entries set. */
export function sessionSettings(defaults: readonly SessionDefault[]): readonly SessionSetting[] {
  return defaults.flatMap((entry, index) => {
    const within = `sessionDefaults[${index}].sessionProperties`;
    const settings = Object.entries(entry.sessionProperties);
    return settings.map(([name, text]) => ({ entry, within, path: `${within}.${name}`, name, text }));
  });
}

/**
 * Defaults that the release does not know. Trino takes the file as it is, and fails each query that the entry matches.
 * @see https://trino.io/docs/current/admin/session-property-managers.html
 */
export function sessionNameViolations(
  defaults: readonly SessionDefault[],
  release: TrinoRelease,
): readonly Violation[] {
  return ofEachName(defaults, limitRule(release));
}

/** Defaults of catalogs that are not there, which fail queries as well, also those that use none. @param catalogs all of them */
export function sessionCatalogViolations(
  defaults: readonly SessionDefault[],
  catalogs: readonly string[],
): readonly Violation[] {
  return catalogs.some(isToken) ? [] : ofEachName(defaults, catalogRule(catalogs));
}

function ofEachName(defaults: readonly SessionDefault[], check: Rule<string>): readonly Violation[] {
  return sessionSettings(defaults).flatMap(({ name, within }) => inside(within, violationsOf(name, [check])));
}

/**
 * `system` is none of them: Trino's own catalogs have no properties of a session.
 * @see https://github.com/trinodb/trino/blob/480/core/trino-main/src/main/java/io/trino/Session.java
 */
function catalogRule(catalogs: readonly string[]): Rule<string> {
  const which = catalogs.length === 0 ? ', because there is no catalog' : `, and of the catalogs ${oneOf(catalogs)}`;
  const catalogOf = (name: string) => sessionName(name)?.catalog ?? '';
  return rule(
    (name) => catalogOf(name) === '' || catalogs.includes(catalogOf(name)),
    (name) => ({
      path: '',
      got: show(name),
      allowed: `properties of the server${which}`,
      fix: 'leave it out, or add its catalog: it fails every query that the entry matches',
    }),
  );
}

/** The line of `config.properties` with the server's own value of a limit, `query_max_memory`. */
export function serverLine(name: string): string {
  return name.replace('query_max_', 'query.max-').replace(/_/g, '-');
}

/**
 * Each limit of a session has its default in a line of `config.properties`, in every release that is known here.
 * @see https://github.com/trinodb/trino/blob/480/core/trino-main/src/main/java/io/trino/SystemSessionProperties.java
 */
function limitRule(release: TrinoRelease): Rule<string> {
  const known = componentOf(release, 'server')?.properties;
  return rule(
    (name) => !name.startsWith('query_max_') || known?.has(serverLine(name)) !== false,
    (name) => ({
      path: '',
      got: show(name),
      allowed: `a limit that ${release.toString()} has: there is no ${serverLine(name)} in its config.properties either`,
      fix: 'correct or leave it out: it fails every query that the entry matches',
    }),
  );
}
