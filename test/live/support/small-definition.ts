import { type NamedCatalog, type TrinoDefinition, TrinoRelease } from '../../../lib/trino';
import { LOCAL_RELEASE } from '../../../local/platform/platform';
import { definitionOf } from '../../../stacks';

/** Catalogs that need no server. */
const CATALOGS: readonly NamedCatalog[] = ['tpch', 'memory'].map((connector) => ({
  name: connector,
  config: { connector, properties: {} },
}));

/** `production` without the servers behind it, for tests of who may do what: it starts quickly, and beside any other. */
export function smallDefinition(changes: Partial<TrinoDefinition> = {}): TrinoDefinition {
  const definition = definitionOf('production', TrinoRelease.of(LOCAL_RELEASE));
  return { ...withoutAudit(definition), catalogs: CATALOGS, ...changes };
}

/** For platforms beside the shared one: its database has one user for the audit log, with one password. */
export function withoutAudit(definition: TrinoDefinition): TrinoDefinition {
  return Object.fromEntries(
    Object.entries(definition).filter(([name]) => name !== 'audit'),
  ) as unknown as TrinoDefinition;
}
