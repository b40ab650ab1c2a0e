import type { SynthesisWarning } from '../stacks/synthesize';
import { deploy, destroy, prepareStacks, type PreparedStack } from './deployment';
import { emulatedTerraform } from './emulated-terraform';
import { endpointOf, stopEmulator } from './emulator';
import { MissingToolError } from './missing-tool';
import { outcomeOf, type Outcome } from './outcome';
import { StackBoard } from './stack-board';
import { deploymentReport, stackTable } from './summary';
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
  const stacks = synthesizeStacks(target);
  try {
    const outcome = await run(target, stacks, deploy);
    console.log(deploymentReport(target.name, stacks, outcome.results));
  } catch (error) {
    if (!(error instanceof MissingToolError)) throw error;
    console.log(stackTable(stacks, []));
    fail(`${target.name} is synthesized, but cannot be deployed: ${error.message}`);
  }
}

/** Destroys an environment in the emulator, and ends the emulator when no other environment is in it. */
export async function destroyEnvironment(target: Target): Promise<void> {
  const { name, workspace } = target;
  if (!workspace.environments().includes(name)) {
    const deployed = workspace.environments().join(', ');
    say(`${name} is not deployed${deployed === '' ? '' : ` (deployed: ${deployed})`}`);
    return;
  }
  const { failures } = await run(target, synthesizeStacks(target), destroy);
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

function synthesizeStacks({ name, workspace, synthesize }: Target): readonly PreparedStack[] {
  for (const { constructPath, message } of synthesize(workspace.synthesized(name))) {
    say(`warning: ${constructPath}: ${message}`);
  }
  return prepareStacks(workspace, name);
}

/** Does to all stacks what is to be done, with live progress. */
async function run(target: Target, stacks: readonly PreparedStack[], action: typeof deploy): Promise<Outcome> {
  const { terraform, emulator } = await emulatedTerraform(target.workspace, say);
  say(`${target.name} in the AWS emulator at ${endpointOf(emulator)}`);
  const board = new StackBoard();
  const outcome = await untilInterrupted(async (signal) => {
    const results = action(terraform, stacks, { onEvent: board.record, signal });
    await board.show(results);
    return outcomeOf(results);
  });
  outcome.failures.forEach(fail);
  return outcome;
}
