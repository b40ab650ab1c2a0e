import type { StackResult } from './deployment';
import { advance, describeProgress, describeResult, NOT_BEGUN, type Progress } from './progress';
import type { TerraformEvent } from './terraform-events';

/**
 * Shows how stacks are deployed: live lines with what Terraform is at on a terminal, else a plain line for each stack
 * when it begins and when it ends.
 */
export class StackBoard {
  private readonly progress = new Map<string, Progress>();
  private readonly listeners = new Map<string, (line: string) => void>();

  /** Takes an event of a stack; to be passed on as `onEvent`. */
  public readonly record = (stack: string, event: TerraformEvent): void => {
    const progress = advance(this.progress.get(stack) ?? NOT_BEGUN, event);
    this.progress.set(stack, progress);
    this.listeners.get(stack)?.(describeProgress(progress));
  };

  /** Shows the stacks until the last of them is through; what failed is told by its result, not here. */
  public async show(results: ReadonlyMap<string, Promise<StackResult>>): Promise<void> {
    const { Listr } = await import('listr2');
    const tasks = [...results].map(([stack, result]) => ({
      title: stack,
      task: async (_: unknown, task: { title: string; output: string }) => {
        if (process.stdout.isTTY) this.listeners.set(stack, (line) => (task.output = line));
        task.title = `${stack}: ${await ending(result)}`;
      },
    }));
    await new Listr(tasks, {
      concurrent: true,
      exitOnError: false,
      fallbackRenderer: 'simple',
      registerSignalListeners: false, // Ctrl-C is for Terraform to end in peace, see `untilInterrupted`
    }).run();
  }
}

/** How it ended, for the stack's line; the whole story of a failure is for after the board. */
async function ending(result: Promise<StackResult>): Promise<string> {
  try {
    return describeResult(await result);
  } catch (error) {
    throw new Error((error instanceof Error ? error.message : String(error)).split('\n')[0]);
  }
}
