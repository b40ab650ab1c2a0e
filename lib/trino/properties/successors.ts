import type { TrinoRelease } from '../release';
import { type Component, componentOf } from './catalogue';

/**
 * Replacements that no data tells, because the new property is another one than the old one under a new name.
 * @see https://trino.io/docs/current/object-storage/file-system-s3.html#migration-from-legacy-s3-file-system
 */
const SUCCESSORS: Readonly<Record<string, string>> = {
  'query.max-total-memory-per-node': 'query.max-memory-per-node and memory.heap-headroom-per-node',
  's3.use-web-identity-token-credentials-provider': 's3.auth-type=WEB_IDENTITY',
};

/** What to write instead of a name that is gone: as the data of the releases or the migration guides say. */
export function successorOf(component: Component, last: TrinoRelease | undefined, name: string): string | undefined {
  const former = last === undefined ? undefined : componentOf(last, component.name)?.aliases.get(name);
  return SUCCESSORS[name] ?? (former !== undefined && component.properties.has(former) ? former : undefined);
}
