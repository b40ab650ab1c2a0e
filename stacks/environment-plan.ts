import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import type { TrinoPlatform } from '../lib/platform';
import type { TrinoDefinition, TrinoPlan, TrinoRelease } from '../lib/trino';
import { buildEnvironment } from './build-environment';
import type { EnvironmentConfig } from './environment-config';
import { findEnvironment } from './environments';

/**
 * What Trino is planned as in an environment; nothing is written.
 * @throws ConfigError when there is no environment of this name, or when its definition cannot work
 */
export function planOf(name: string): TrinoPlan {
  return planEnvironment(name, findEnvironment(name));
}

/** The same of any definition. @throws ConfigError with everything that is wrong with it */
export function planEnvironment(name: string, config: EnvironmentConfig): TrinoPlan {
  return platformOf(name, config).plan;
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

/** The environment's stacks are made, and nothing is written. */
function platformOf(name: string, config: EnvironmentConfig): TrinoPlatform {
  const outdir = mkdtempSync(join(tmpdir(), 'cdktf-trino-plan-'));
  try {
    const app = new App({ outdir, stackTraces: false });
    return buildEnvironment(app, name, config).platform.trino;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
