import type { SynthesisWarning } from '../stacks/synthesize';
import { deploy, destroy, prepareStacks, type DeploymentOptions, type StackResult } from './deployment';
import { emulatedTerraform, type EmulatedTerraform } from './emulated-terraform';
import { emulatorRuns, endpointOf, stopEmulator } from './emulator';
import { MissingToolError } from './missing-tool';
import { outcomeOf, type Outcome } from './outcome';
import { StackBoard } from './stack-board';
import { deploymentReport, stackTable } from './summary';
import { readStacks } from './terraform-json';
import { fail, say, untilInterrupted } from './terminal';
import type { Workspace } from './workspace';

/** An environment that a command is about. */
export interface Target {
  readonly name: string;
  readonly workspace: Workspace;
  /** Writes the environment's stacks to a folder. */
  readonly synthesize: (outdir: string) => readonly SynthesisWarning[];
}

/** Deploys an environment into the emulator, and prints what exists then. */
export async function startEnvironment(target: Target): Promise<void> {
  const { name, workspace } = target;
  synthesizeTarget(target);
  try {
    const emulated = await emulatedTerraform(workspace, say);
    const stacks = prepareStacks(workspace, name);
    const { results } = await run(target, emulated, (options) => deploy(emulated.terraform, stacks, options));
    console.log(deploymentReport(name, stacks, results));
  } catch (error) {
    if (!(error instanceof MissingToolError)) throw error;
    console.log(stackTable(readStacks(workspace.synthesized(name)), []));
    fail(`${name} is synthesized, but cannot be deployed: ${error.message}`);
  }
}

/** Destroys an environment in the emulator, and ends the emulator when no other environment is in it. */
export async function destroyEnvironment(target: Target): Promise<void> {
  const { name, workspace } = target;
  if (!(await isDeployed(target))) return;
  synthesizeTarget(target);
  const emulated = await emulatedTerraform(workspace, say);
  const stacks = prepareStacks(workspace, name);
  const { failures } = await run(target, emulated, (options) => destroy(emulated.terraform, stacks, options));
  if (failures.length > 0) {
    say('to throw the emulator away with all that is in it: npm run destroy -- --all');
    return;
  }
  workspace.forget(name);
  say(`${name} is destroyed`);
  if (workspace.environments().length === 0) await destroyEmulator(workspace);
}

/** Ends the emulator, and with it whatever is deployed there. */
export async function destroyEmulator(workspace: Workspace): Promise<void> {
  await stopEmulator(workspace);
  say('the emulator is stopped: nothing is left');
}

async function isDeployed({ name, workspace }: Target): Promise<boolean> {
  const deployed = (await emulatorRuns(workspace)) ? workspace.environments() : [];
  if (deployed.includes(name)) return true;
  say(`${name} is not deployed${deployed.length === 0 ? '' : ` (deployed: ${deployed.join(', ')})`}`);
  return false;
}

function synthesizeTarget({ name, workspace, synthesize }: Target): void {
  for (const { constructPath, message } of synthesize(workspace.synthesized(name))) {
    say(`warning: ${constructPath}: ${message}`);
  }
}

/** Does something to all stacks with live progress, until it is done or interrupted. */
async function run(
  { name }: Target,
  { emulator }: EmulatedTerraform,
  action: (options: DeploymentOptions) => ReadonlyMap<string, Promise<StackResult>>,
): Promise<Outcome> {
  say(`${name} in the AWS emulator at ${endpointOf(emulator)}`);
  const board = new StackBoard();
  const outcome = await untilInterrupted(async (signal) => {
    const results = action({ onEvent: board.record, signal });
    await board.show(results);
    return outcomeOf(results);
  });
  outcome.failures.forEach(fail);
  return outcome;
}
