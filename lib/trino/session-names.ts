import { isToken, oneOf, show, type Violation } from '../core';
import type { TrinoRelease } from './release';
import { type SessionSetting, settingViolations } from './session-catalogue';
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

/** One property that an entry sets. */
export interface SessionDefaultSetting extends SessionSetting, SessionName {
  readonly entry: SessionDefault;
}

/** Everything that all entries set. */
export function sessionSettings(defaults: readonly SessionDefault[]): readonly SessionDefaultSetting[] {
  return defaults.flatMap((entry, index) => {
    const within = `sessionDefaults[${index}].sessionProperties`;
    const settings = Object.entries(entry.sessionProperties);
    return settings.flatMap(([name, text]) => {
      const parts = sessionName(name);
      return parts === undefined ? [] : { entry, within, path: `${within}.${name}`, name, text, ...parts };
    });
  });
}

/**
 * Defaults of the server that the release does not know or cannot read.
 * @see https://trino.io/docs/current/admin/session-property-managers.html
 */
export function sessionNameViolations(
  defaults: readonly SessionDefault[],
  release: TrinoRelease,
): readonly Violation[] {
  return sessionSettings(defaults)
    .filter(({ catalog }) => catalog === undefined)
    .flatMap((setting) => settingViolations(release, 'server', setting));
}

/**
 * Defaults of catalogs that are not there, which fail queries as well, also those that use none, and what the connectors
 * of the others do not know or cannot read.
 * @param catalogs the connector of each of them
 */
export function sessionCatalogViolations(
  defaults: readonly SessionDefault[],
  catalogs: ReadonlyMap<string, string>,
  release: TrinoRelease,
): readonly Violation[] {
  const names = [...catalogs.keys()];
  return sessionSettings(defaults).flatMap((setting) => {
    const { catalog = '', within, name } = setting;
    const connector = catalogs.get(catalog);
    if (connector !== undefined) return settingViolations(release, `connector:${connector}`, setting);
    return catalog === '' || names.some(isToken) ? [] : [withoutCatalog(within, name, names)];
  });
}

/**
 * `system` is none of them: Trino's own catalogs have no properties of a session.
 * @see https://github.com/trinodb/trino/blob/480/core/trino-main/src/main/java/io/trino/Session.java
 */
function withoutCatalog(path: string, name: string, catalogs: readonly string[]): Violation {
  const which = catalogs.length === 0 ? ', because there is no catalog' : `, and of the catalogs ${oneOf(catalogs)}`;
  return {
    path,
    got: show(name),
    allowed: `properties of the server${which}`,
    fix: 'leave it out, or add its catalog: it fails every query that the entry matches',
  };
}

/** The line of `config.properties` with the server's own value of a limit, `query_max_memory`. */
export function serverLine(name: string): string {
  return name.replace('query_max_', 'query.max-').replace(/_/g, '-');
}
