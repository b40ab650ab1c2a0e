import type { Violation } from '../core';
import { isCatalogFile, serverFiles } from './properties';
import type { TrinoRelease } from './release';
import type { SessionDefault } from './session-default';
import { sessionCatalogViolations, sessionNameViolations } from './session-names';

/** Where the coordinator finds the session defaults, below `etc/`. */
export const SESSION_DEFAULTS_FILE = 'session-property-config.json';

/**
 * Why a release would fail queries that get the session defaults of these files; paths are of the file's list.
 * @param files of a coordinator, below `etc/`
 */
export function sessionFileViolations(
  files: Readonly<Record<string, string>>,
  release: TrinoRelease,
): readonly Violation[] {
  const defaults = JSON.parse(files[SESSION_DEFAULTS_FILE] ?? '[]') as readonly SessionDefault[];
  const found = [
    ...sessionNameViolations(defaults, release),
    ...sessionCatalogViolations(defaults, connectorsIn(files, release), release),
  ];
  return found.map((violation) => ({ ...violation, path: violation.path.replace(/^sessionDefaults/, '') }));
}

/** Catalog → connector. */
function connectorsIn(files: Readonly<Record<string, string>>, release: TrinoRelease): ReadonlyMap<string, string> {
  const catalogs = serverFiles(release, 'coordinator', files).filter(({ file }) => isCatalogFile(file));
  return new Map(
    catalogs.map(({ file, component }) => [
      file.replace(/^catalog\/|\.properties$/g, ''),
      component.replace('connector:', ''),
    ]),
  );
}
