/** Runs the real Terraform over synthesized stacks, against schemas that `startProviders` serves. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TerraformJson } from '../synth';
import { startProviders, type RunningProviders } from './server';

/** What Terraform has to say about a stack. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** The block it is about, as a path in the JSON: `resource.aws_s3_bucket.Lake.rule[0]`; empty for the whole stack. */
  readonly place: string;
  readonly message: string;
}

/** Write-only attributes and ephemeral resources need this one. */
const WANTED = { major: 1, minor: 11 };

/** Why Terraform cannot be used here; undefined when it can. */
export function terraformMissing(): string | undefined {
  const wanted = `Terraform >= ${WANTED.major}.${WANTED.minor} on PATH`;
  const version = terraformVersion();
  if (version === undefined) return `needs ${wanted}: found none`;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const enough = major > WANTED.major || (major === WANTED.major && minor >= WANTED.minor);
  return enough ? undefined : `needs ${wanted}: found ${version}`;
}

/** What Terraform says about each stack, by name; an empty list is a valid one. */
export async function validateStacks(
  stacks: Readonly<Record<string, TerraformJson>>,
): Promise<Record<string, readonly Diagnostic[]>> {
  const validator = await SchemaValidator.start(Object.values(stacks));
  try {
    const found: Record<string, readonly Diagnostic[]> = {};
    for (const [name, json] of Object.entries(stacks)) found[name] = await validator.validate(json);
    return found;
  } finally {
    validator.stop();
  }
}

/** `terraform init -backend=false` and `terraform validate`, as often as one likes against the same schemas. */
export class SchemaValidator {
  /** @param stacks all that will be validated, or others with the same resource types */
  public static async start(stacks: readonly TerraformJson[]): Promise<SchemaValidator> {
    return new SchemaValidator(await startProviders(stacks));
  }

  private constructor(private readonly providers: RunningProviders) {}

  public async validate(stack: TerraformJson): Promise<readonly Diagnostic[]> {
    const folder = mkdtempSync(join(tmpdir(), 'cdktf-trino-validate-'));
    try {
      writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(stack));
      const init = await this.terraform(folder, 'init', '-backend=false', '-input=false', '-no-color');
      if (init.code !== 0) return [{ severity: 'error', place: '', message: init.stdout + init.stderr }];
      return diagnosticsOf((await this.terraform(folder, 'validate', '-json')).stdout);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  public stop(): void {
    this.providers.stop();
  }

  /** Asynchronous, because the providers answer from this very process. */
  private terraform(cwd: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const env = environment(this.providers.environment);
    return new Promise((resolve) => {
      execFile('terraform', args, { cwd, env, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : 1, stdout, stderr });
      });
    });
  }
}

/** Without settings of the person's own Terraform, which could name other providers, workspaces or arguments. */
function environment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('TF_'));
  return { ...Object.fromEntries(own), TF_CLI_CONFIG_FILE: devNull, CHECKPOINT_DISABLE: '1', ...extra };
}

interface ValidateOutput {
  readonly diagnostics: readonly {
    readonly severity: Diagnostic['severity'];
    readonly summary: string;
    readonly detail?: string;
    readonly snippet?: { readonly context: string | null };
  }[];
}

function diagnosticsOf(json: string): Diagnostic[] {
  const { diagnostics } = JSON.parse(json) as ValidateOutput;
  return diagnostics.map(({ severity, summary, detail, snippet }) => ({
    severity,
    place: snippet?.context ?? '',
    message: detail ? `${summary}: ${detail}` : summary,
  }));
}

function terraformVersion(): string | undefined {
  try {
    const text = execFileSync('terraform', ['version', '-json'], {
      encoding: 'utf8',
      env: environment({}),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return (JSON.parse(text) as { terraform_version: string }).terraform_version;
  } catch {
    return undefined;
  }
}
