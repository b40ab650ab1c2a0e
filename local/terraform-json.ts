import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A block or an argument of Terraform's JSON syntax. */
export type TerraformValue = string | number | boolean | null | readonly TerraformValue[] | TerraformObject;
export interface TerraformObject {
  readonly [name: string]: TerraformValue;
}

/** Blocks of a kind by their type, then by their name. */
type Blocks = Readonly<Record<string, Readonly<Record<string, TerraformObject>>>>;

/** A synthesized stack (`cdk.tf.json`), as far as it is looked into here. */
export interface StackJson {
  readonly terraform?: {
    readonly backend?: Readonly<Record<string, TerraformObject>>;
    readonly required_providers?: Readonly<Record<string, TerraformObject>>;
  };
  readonly provider?: Readonly<Record<string, readonly TerraformObject[]>>;
  readonly resource?: Blocks;
  readonly data?: Blocks;
}

/** A stack of a synthesized environment. */
export interface SynthesizedStack {
  readonly id: string;
  /** Stacks that must be deployed before. */
  readonly dependencies: readonly string[];
  /** The folder of its files. */
  readonly directory: string;
  readonly json: StackJson;
  /** Of its `cdk.tf.json`. In bytes. */
  readonly size: number;
  readonly resources: number;
}

interface Manifest {
  readonly stacks: Readonly<
    Record<
      string,
      { readonly name: string; readonly workingDirectory: string; readonly dependencies: readonly string[] }
    >
  >;
}

/**
 * The stacks that synthesis wrote to a folder. Those with their state in S3 wait for the one with a state file, which
 * makes the bucket; people deploy it by hand before anything else, so that the manifest does not name it.
 */
export function readStacks(outdir: string): readonly SynthesizedStack[] {
  const stacks = readManifest(outdir);
  const bootstrap = stacks.filter((stack) => backendOf(stack) === 'local').map(({ id }) => id);
  return stacks.map((stack) =>
    backendOf(stack) === 's3' ? { ...stack, dependencies: [...stack.dependencies, ...bootstrap] } : stack,
  );
}

function backendOf({ json }: SynthesizedStack): string | undefined {
  return Object.keys(json.terraform?.backend ?? {})[0];
}

function readManifest(outdir: string): readonly SynthesizedStack[] {
  const { stacks } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as Manifest;
  return Object.values(stacks).map(({ name, workingDirectory, dependencies }) => {
    const directory = join(outdir, workingDirectory);
    const text = readFileSync(join(directory, 'cdk.tf.json'), 'utf8');
    const json = JSON.parse(text) as StackJson;
    return {
      id: name,
      dependencies,
      directory,
      json,
      size: Buffer.byteLength(text),
      resources: countBlocks(json.resource),
    };
  });
}

function countBlocks(blocks: Blocks = {}): number {
  return Object.values(blocks).reduce((sum, named) => sum + Object.keys(named).length, 0);
}
