/** The environments of this repository by name, planned. The package comes without them: they are nobody else's. */
import type { TrinoDefinition, TrinoPlan, TrinoRelease } from '../lib/trino';
import { planEnvironment, platformOf } from './environment-plan';
import { findEnvironment } from './environments';

/**
 * What Trino is planned as in an environment; nothing is written.
 * @throws ConfigError when there is no environment of this name, or when its definition cannot work
 */
export function planOf(name: string): TrinoPlan {
  return planEnvironment(name, findEnvironment(name));
}

/**
 * What Trino's plan is made from in an environment, for planning the same elsewhere.
 * @param release another one than the environment's, which its catalogs are then written for
 * @throws ConfigError when there is no environment of this name, or when its definition cannot work
 */
export function definitionOf(name: string, release?: TrinoRelease): TrinoDefinition {
  const config = findEnvironment(name);
  const trino = release === undefined ? config.trino : { ...config.trino, release };
  return platformOf(name, { ...config, trino }).definition;
}
