import type { Violation } from '../lib/core';

/** What every environment says, sections before their members. */
const REQUIRED = {
  organization: 'text',
  region: 'text',
  state: 'an object',
  'state.bucket': 'text',
  cluster: 'an object',
  'cluster.admins': 'a list',
  nodePools: 'an object',
  'nodePools.system': 'an object',
  'nodePools.system.instanceTypes': 'a list',
  'nodePools.coordinator': 'an object',
  'nodePools.coordinator.instanceTypes': 'a list',
  'nodePools.workers': 'an object',
  'nodePools.workers.instanceTypes': 'a list',
  trino: 'an object',
  'trino.workers': 'an object',
  catalogs: 'a function',
} as const;

/**
 * Sections that are not there or of another kind, all of them: without them nothing else can be judged. TypeScript says
 * so, too; JavaScript does not.
 */
export function sectionViolations(config: unknown): readonly Violation[] {
  const wrong = Object.entries(REQUIRED).filter(([path, kind]) => kindOf(at(config, path)) !== kind);
  const paths = wrong.map(([path]) => path);
  return wrong
    .filter(([path]) => !paths.some((section) => path.startsWith(`${section}.`)))
    .map(([path, kind]) => ({
      path,
      got: kindOf(at(config, path)),
      allowed: `${kind}, in every environment`,
      fix: 'write it as the type EnvironmentConfig says',
    }));
}

function at(config: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], config);
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return 'text';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
