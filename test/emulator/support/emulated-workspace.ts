import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emulatedTerraform, type EmulatedTerraform } from '../../../local/emulated-terraform';
import { stopEmulator } from '../../../local/emulator';
import { Workspace } from '../../../local/workspace';

/** Longest time that a test waits for what Terraform does; the provider itself waits for minutes. In milliseconds. */
export const PATIENCE = 20 * 60_000;

/** `describe` where Terraform and Python are there, else `describe.skip` with the reason in the log. */
export const describeWithEmulator = canRun('terraform') && canRun('python3') ? describe : describe.skip;

function canRun(command: string): boolean {
  const found = spawnSync(command, ['--version']).status === 0;
  if (!found) process.stderr.write(`skipped: deployments into the emulator: ${command} is not on the PATH\n`);
  return found;
}

/** A workspace in a temporary folder, and a Terraform with an emulator of its own. */
export interface EmulatedWorkspace extends EmulatedTerraform {
  readonly workspace: Workspace;
}

export async function openWorkspace(): Promise<EmulatedWorkspace> {
  const workspace = new Workspace(mkdtempSync(join(tmpdir(), 'cdktf-trino-emulator-')));
  const emulated = await emulatedTerraform(workspace, (line) => process.stderr.write(`${line}\n`));
  return { workspace, ...emulated };
}

/** Ends the emulator and removes the folder. */
export async function closeWorkspace({ workspace }: EmulatedWorkspace): Promise<void> {
  await stopEmulator(workspace);
  rmSync(workspace.root, { recursive: true, force: true });
}
