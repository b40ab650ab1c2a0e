import { writeFileSync } from 'node:fs';
import { endpointOf, ensureEmulator, type Emulator } from './emulator';
import { findProviderMirror } from './provider-mirror';
import { findTerraform, Terraform } from './terraform';
import { mirrorConfig, terraformEnvironment } from './terraform-environment';
import { userCache } from './user-cache';
import type { Workspace } from './workspace';

/** A Terraform that reaches the emulator, and nothing else that looks like AWS. */
export interface EmulatedTerraform {
  readonly terraform: Terraform;
  readonly emulator: Emulator;
}

/**
 * Terraform with the workspace's emulator behind it, started when it does not run.
 * @param say called with one line for whatever takes its time or is worth knowing
 * @throws MissingToolError when Terraform or Python is missing or too old
 */
export async function emulatedTerraform(workspace: Workspace, say: (line: string) => void): Promise<EmulatedTerraform> {
  const binary = await findTerraform();
  const emulator = await ensureEmulator(workspace, say);
  const mirror = await findProviderMirror();
  const variables = terraformEnvironment(process.env, {
    endpoint: endpointOf(emulator),
    pluginCache: await userCache('terraform-plugins'),
    ...(mirror === undefined ? {} : { cliConfig: cliConfig(workspace, mirror) }),
  });
  return { terraform: new Terraform(binary, variables), emulator };
}

function cliConfig(workspace: Workspace, mirror: string): string {
  const file = workspace.file('terraform.rc');
  writeFileSync(file, mirrorConfig(mirror));
  return file;
}
