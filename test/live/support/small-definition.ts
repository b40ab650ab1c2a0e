import { ClientTls, type NamedCatalog, type TrinoDefinition, TrinoRelease } from '../../../lib/trino';
import { LOCAL_RELEASE } from '../../../local/platform/platform';
import { definitionOf } from '../../../stacks';

/** Catalogs that need no server. */
const CATALOGS: readonly NamedCatalog[] = ['tpch', 'memory'].map((connector) => ({
  name: connector,
  config: { connector, properties: {} },
}));

/**
 * `production` without the servers behind it, and where nobody logs in, for tests of who may do what: it starts quickly,
 * and beside any other.
 */
export function smallDefinition(changes: Partial<TrinoDefinition> = {}): TrinoDefinition {
  const definition = definitionOf('production', TrinoRelease.of(LOCAL_RELEASE));
  const alone = without(definition, 'audit', 'authentication');
  return { ...alone, clientTls: ClientTls.none(), catalogs: CATALOGS, ...changes };
}

/** A platform beside the shared one has no audit log: their database has one user for it, with one password. */
export function without(
  definition: TrinoDefinition,
  ...parts: readonly ('audit' | 'authentication')[]
): TrinoDefinition {
  const kept = Object.entries(definition).filter(([name]) => !parts.some((part) => part === name));
  return Object.fromEntries(kept) as unknown as TrinoDefinition;
}
