import { readdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import { refuse, oneOf, show } from '../../lib/core';
import type { EnvironmentConfig } from '../environment-config';

/** Names of all environments: each is a file of this folder that exports `environment`. */
export function environmentNames(): readonly string[] {
  const files = readdirSync(__dirname).filter((file) => /^[a-z0-9-]+\.(ts|js)$/.test(file) && !file.endsWith('.d.ts'));
  return files.map((file) => parse(file).name).filter((name) => name !== 'index');
}

/**
 * The definition of an environment.
 * @throws ConfigError that lists the known names when there is none of this name
 */
export function findEnvironment(name: string): EnvironmentConfig {
  if (!environmentNames().includes(name)) refuseUnknown(name);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an environment is loaded only when it is asked for
  return (require(join(__dirname, name)) as { environment: EnvironmentConfig }).environment;
}

function refuseUnknown(name: string): void {
  const violation = {
    path: 'name',
    got: name === '' ? 'nothing' : show(name),
    allowed: oneOf(environmentNames()),
    fix: 'name an environment as the argument of the command, or by TRINO_ENV',
  };
  refuse('environment', [violation]);
}
