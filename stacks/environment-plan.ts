import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import type { TrinoPlatform } from '../lib/platform';
import type { TrinoPlan } from '../lib/trino';
import { buildEnvironment } from './build-environment';
import type { EnvironmentConfig } from './environment-config';

/**
 * What Trino is planned as in an environment; nothing is written.
 * @throws ConfigError with everything that is wrong with the definition
 */
export function planEnvironment(name: string, config: EnvironmentConfig): TrinoPlan {
  return platformOf(name, config).plan;
}

/** The platform of an environment: its stacks are made, and nothing is written. @throws ConfigError as above */
export function platformOf(name: string, config: EnvironmentConfig): TrinoPlatform {
  const outdir = mkdtempSync(join(tmpdir(), 'cdktf-trino-plan-'));
  try {
    const app = new App({ outdir, stackTraces: false });
    return buildEnvironment(app, name, config).platform.trino;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
