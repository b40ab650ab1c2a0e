import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { LEFT_OUT } from './left-out';
import { forEmulator } from './override';
import { inOrder, Limit, reversed, sorted, type Dependent } from './schedule';
import { InterruptedError, type RunOptions, type Terraform, type TerraformPlan, type TerraformRun } from './terraform';
import type { Changes, TerraformEvent } from './terraform-events';
import { readStacks, type SynthesizedStack } from './terraform-json';
import type { Workspace } from './workspace';

/** A stack in a folder of its own, ready for Terraform and the emulator. */
export interface PreparedStack extends Dependent {
  readonly directory: string;
  readonly resources: number;
  /** Of the synthesized file. In bytes. */
  readonly size: number;
  /** Arguments that the emulator's provider does not know, as `aws_eks_cluster.Main: deletion_protection`. */
  readonly leftOut: readonly string[];
  readonly backendConfig: readonly string[];
}

/** What the deployment of a stack did. */
export interface StackResult extends Changes {
  readonly stack: string;
  readonly resources: number;
  readonly seconds: number;
  /** Outputs that are not sensitive. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** How a deployment is watched and stopped. */
export interface DeploymentOptions {
  readonly onEvent?: (stack: string, event: TerraformEvent) => void;
  /** Stops it: what Terraform has in flight is ended, nothing new is begun. */
  readonly signal?: AbortSignal;
}

/** Each needs about 700 MB, and waits for the cloud most of the time: a share of the machine, of which others run, too. */
const TERRAFORMS_AT_ONCE = Math.min(Math.max(Math.floor(totalmem() / 2 ** 32), 2), 6);

/** Shared by all deployments of this process. */
const limit = new Limit(TERRAFORMS_AT_ONCE);

/**
 * Copies the synthesized stacks of an environment to where Terraform runs, ready for the emulator. The synthesized
 * files stay as they are, and so does what Terraform has left in the folders. Stacks that need more than AWS are left out.
 */
export function prepareStacks(workspace: Workspace, environment: string): readonly PreparedStack[] {
  return sorted(readStacks(workspace.synthesized(environment)).filter(needsOnlyAws)).map(
    ({ id, dependencies, directory: source, ...stack }) => {
      const directory = workspace.stack(environment, id);
      const { stack: json, override, backendConfig, leftOut } = forEmulator(stack.json, LEFT_OUT);
      mkdirSync(directory, { recursive: true });
      cpSync(source, directory, { recursive: true });
      writeJson(join(directory, 'cdk.tf.json'), json);
      writeJson(join(directory, 'emulator_override.tf.json'), override);
      return { id, dependencies, directory, resources: stack.resources, size: stack.size, leftOut, backendConfig };
    },
  );
}

/** The platform stack talks to a Kubernetes API, too, which no emulator of AWS has. */
function needsOnlyAws({ json }: SynthesizedStack): boolean {
  return Object.keys(json.terraform?.required_providers ?? {}).every((provider) => provider === 'aws');
}

/** Deploys stacks, each as soon as those that it depends on are there; rejected results say why. */
export function deploy(
  terraform: Terraform,
  stacks: readonly PreparedStack[],
  options: DeploymentOptions = {},
): ReadonlyMap<string, Promise<StackResult>> {
  return inOrder(stacks, (stack) => timed(stack, () => applyStack(terraform, stack, runOptions(stack, options))));
}

/** Destroys stacks, each as soon as those that depend on it are gone. */
export function destroy(
  terraform: Terraform,
  stacks: readonly PreparedStack[],
  options: DeploymentOptions = {},
): ReadonlyMap<string, Promise<StackResult>> {
  return inOrder(reversed(stacks), (stack) =>
    timed(stack, () => destroyStack(terraform, stack, runOptions(stack, options))),
  );
}

/** Plans a stack that has been deployed, changing nothing. */
export function plan(terraform: Terraform, stack: PreparedStack): Promise<TerraformPlan> {
  return limit.run(async () => {
    await terraform.init(stack.directory, stack.backendConfig);
    return terraform.plan(stack.directory);
  });
}

async function applyStack(terraform: Terraform, stack: PreparedStack, options: RunOptions): Promise<TerraformRun> {
  await terraform.init(stack.directory, stack.backendConfig, options);
  try {
    return await terraform.apply(stack.directory, options);
  } catch (error) {
    if (error instanceof InterruptedError) await terraform.keepInterrupted(stack.directory);
    throw error;
  }
}

async function destroyStack(terraform: Terraform, stack: PreparedStack, options: RunOptions): Promise<TerraformRun> {
  await terraform.init(stack.directory, stack.backendConfig, options);
  return terraform.destroy(stack.directory, options);
}

function timed(stack: PreparedStack, work: () => Promise<TerraformRun>): Promise<StackResult> {
  return limit.run(async () => {
    const start = performance.now();
    const { changes, outputs } = await work();
    const seconds = (performance.now() - start) / 1000;
    return { stack: stack.id, resources: stack.resources, seconds, outputs, ...changes };
  });
}

function runOptions({ id }: PreparedStack, { onEvent, signal }: DeploymentOptions): RunOptions {
  return {
    ...(onEvent === undefined ? {} : { onEvent: (event: TerraformEvent) => onEvent(id, event) }),
    ...(signal === undefined ? {} : { signal }),
  };
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`);
}
