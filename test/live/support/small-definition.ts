import { ClientTls, type NamedCatalog, type TrinoDefinition, TrinoRelease } from '../../../lib/trino';
import { without } from '../../../local/platform/overlay';
import { LOCAL_RELEASE } from '../../../local/platform/platform';
import { definitionOf } from '../../../stacks/known-environments';

/** Catalogs that need no server. */
const CATALOGS: readonly NamedCatalog[] = ['tpch', 'memory'].map((connector) => ({
  name: connector,
  config: { connector, properties: {} },
}));

/** What a platform beside the shared one does without: their database has one user for the audit log, with one password. */
export const BESIDE_OTHERS = ['audit', 'authentication'] as const;

/**
 * `production` without the servers behind it, and where nobody logs in, for tests of who may do what: it starts quickly,
 * and beside any other.
 */
export function smallDefinition(changes: Partial<TrinoDefinition> = {}): TrinoDefinition {
  const definition = definitionOf('production', TrinoRelease.of(LOCAL_RELEASE));
  const alone = without(definition, BESIDE_OTHERS);
  return { ...alone, clientTls: ClientTls.none(), catalogs: CATALOGS, ...changes };
}
