import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The folder of everything that a deployment into the emulator leaves on disk (`.local` in the project, never
 * committed). Deleting it while no emulator runs loses nothing but the next run's head start.
 *
 * The bootstrap stack keeps its state in a file three folders above its own (see `stacks/bootstrap-stack.ts`), which
 * puts it beside the environments: `bootstrap-<environment>.tfstate`.
 */
export class Workspace {
  public readonly root: string;

  public constructor(root: string) {
    this.root = resolve(root);
    mkdirSync(this.root, { recursive: true });
  }

  /** What synthesis wrote, untouched: `manifest.json` and `stacks/<stack>/cdk.tf.json`. */
  public synthesized(environment: string): string {
    return join(this.root, environment, 'synthesized');
  }

  /** The copy of a stack that Terraform runs in. */
  public stack(environment: string, stack: string): string {
    return join(this.root, environment, 'stacks', stack);
  }

  /** The environments that have been deployed and not destroyed, in alphabetical order. */
  public environments(): readonly string[] {
    return readdirSync(this.root)
      .filter((name) => existsSync(join(this.root, name, 'stacks')))
      .sort();
  }

  /** Forgets that an environment was deployed: the folders that Terraform ran in and the state of its bootstrap stack. */
  public forget(environment: string): void {
    rmSync(join(this.root, environment, 'stacks'), { recursive: true, force: true });
    readdirSync(this.root)
      .filter((name) => name.startsWith(`bootstrap-${environment}.tfstate`))
      .forEach((name) => rmSync(join(this.root, name), { force: true }));
  }

  /** A file of the workspace itself. */
  public file(name: string): string {
    return join(this.root, name);
  }
}
