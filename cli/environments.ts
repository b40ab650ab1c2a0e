import { existsSync } from 'node:fs';
import { parse, resolve } from 'node:path';
import { ConfigError, oneOf, refuse, show } from '../lib/core';
import type { TrinoPlan } from '../lib/trino';
import type { EnvironmentConfig } from '../stacks/environment-config';

/** Environments by name, and what Trino becomes in them. */
export interface Environments {
  readonly names: readonly string[];
  /** @throws ConfigError for a name that is not among them, and for a definition that cannot work */
  readonly planOf: (name: string) => TrinoPlan;
}

/** What follows from an environment's definition. */
export type PlanEnvironment = (name: string, config: EnvironmentConfig) => TrinoPlan;

/**
 * Environments, and those of other files, each called after its file: `out/staging.js` is `staging`, whatever else was
 * called so.
 * @throws ConfigError when a file is not there or exports no environment
 */
export function withFiles(known: Environments, files: readonly string[], plan: PlanEnvironment): Environments {
  const configs = new Map(files.map((file) => [parse(file).name, environmentIn(file)]));
  const names = [...new Set([...known.names, ...configs.keys()])].sort();
  return {
    names,
    planOf: (name) => {
      refuseUnknown(name, names);
      const config = configs.get(name);
      return config === undefined ? known.planOf(name) : plan(name, config);
    },
  };
}

function refuseUnknown(name: string, names: readonly string[]): void {
  if (names.includes(name)) return;
  const fix = 'name one of these, or give the file of another one with --file';
  refuse('environment', [{ path: 'name', got: show(name), allowed: oneOf(names), fix }]);
}

function environmentIn(file: string): EnvironmentConfig {
  const path = resolve(file);
  if (!existsSync(path)) refuseFile(file, 'no such file', 'name a compiled module');
  if (/\.[cm]?ts$/.test(path)) refuseFile(file, 'TypeScript', 'compile it, and name the .js file');
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- which file it is, is known only now
  const { environment } = require(path) as { readonly environment?: EnvironmentConfig };
  return environment ?? refuseFile(file, 'a module without it', 'add: export const environment: EnvironmentConfig = …');
}

function refuseFile(file: string, got: string, fix: string): never {
  throw new ConfigError('--file', [
    { path: file, got, allowed: "a JavaScript module that exports 'environment'", fix },
  ]);
}
