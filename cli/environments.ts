import { statSync } from 'node:fs';
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
  const known = names.length > 0;
  const allowed = known ? oneOf(names) : 'the name of a file that --file gives: none is known without';
  const fix = known ? 'name one of these, or give the file of another one with --file' : 'add --file <path>';
  refuse('environment', [{ path: 'name', got: show(name), allowed, fix }]);
}

function environmentIn(file: string): EnvironmentConfig {
  const path = resolve(file);
  const kind = statSync(path, { throwIfNoEntry: false });
  if (kind === undefined) refuseFile(file, 'no such file', 'name a compiled module');
  if (kind.isDirectory()) refuseFile(file, 'a folder', 'name the file in it');
  if (/\.[cm]?ts$/.test(path)) refuseFile(file, 'TypeScript', 'compile it, and name the .js file');
  const environment = exportsOf(file, path)?.environment;
  if (typeof environment === 'object' && environment !== null) return environment;
  return refuseFile(file, 'a module without it', 'add: export const environment: EnvironmentConfig = …');
}

function exportsOf(file: string, path: string): { readonly environment?: EnvironmentConfig | null } | null {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- which file it is, is known only now
    return require(path) as ReturnType<typeof exportsOf>;
  } catch (error) {
    const { name, message } = error as Error;
    // What the library refuses is told by its own message.
    if (name === 'ConfigError') throw error;
    return refuseFile(file, `a module that fails: ${message.split('\n')[0]}`, `mend it: \`node ${file}\` says where`);
  }
}

function refuseFile(file: string, got: string, fix: string): never {
  throw new ConfigError('--file', [
    { path: file, got, allowed: "a JavaScript module that exports 'environment'", fix },
  ]);
}
