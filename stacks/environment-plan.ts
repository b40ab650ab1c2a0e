import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import type { TrinoPlan } from '../lib/trino';
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
  const outdir = mkdtempSync(join(tmpdir(), 'cdktf-trino-plan-'));
  try {
    const app = new App({ outdir, stackTraces: false });
    return buildEnvironment(app, name, config).platform.trino.plan;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
