import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { buildEnvironment } from './build-environment';
import type { EnvironmentConfig } from './environment-config';

/** A warning that a construct raised while it was synthesized. */
export interface SynthesisWarning {
  readonly constructPath: string;
  readonly message: string;
}

interface Manifest {
  readonly stacks: Readonly<
    Record<string, { readonly annotations: readonly { level: string; constructPath: string; message: string }[] }>
  >;
}

/**
 * Writes the Terraform files of an environment's stacks below `outdir`: all of them, or none when anything is wrong.
 * What Terraform keeps beside the files (its working data, lock files) stays.
 * @throws ConfigError with every violation of the definition
 * @returns what is worth a look but no mistake
 */
export function synthesize(name: string, config: EnvironmentConfig, outdir: string): readonly SynthesisWarning[] {
  const draft = mkdtempSync(join(tmpdir(), 'cdktf-trino-'));
  try {
    const app = new App({ outdir: draft, stackTraces: false });
    buildEnvironment(app, name, config);
    app.synth();
    publish(draft, outdir);
    return warningsOf(readManifest(draft));
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function publish(draft: string, outdir: string): void {
  const stacks = readdirSync(join(draft, 'stacks'));
  removeStaleStacks(outdir, stacks);
  mkdirSync(outdir, { recursive: true });
  cpSync(draft, outdir, { recursive: true });
}

/** A stack that is no longer defined must not be found by `cdktf deploy '*'` or by a script that walks the folder. */
function removeStaleStacks(outdir: string, stacks: readonly string[]): void {
  const folder = join(outdir, 'stacks');
  const stale = existsSync(folder) ? readdirSync(folder).filter((name) => !stacks.includes(name)) : [];
  stale.forEach((name) => rmSync(join(folder, name), { recursive: true }));
}

function readManifest(outdir: string): Manifest {
  return JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as Manifest;
}

function warningsOf({ stacks }: Manifest): readonly SynthesisWarning[] {
  return Object.values(stacks)
    .flatMap(({ annotations }) => annotations)
    .filter(({ level }) => level.endsWith('warn'))
    .map(({ constructPath, message }) => ({ constructPath, message }));
}
