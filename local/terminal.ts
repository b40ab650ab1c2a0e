import pc from 'picocolors';

/** Tells in one line of something that takes its time or is worth knowing. */
export function say(line: string): void {
  console.error(pc.dim(`local: ${line}`));
}

/** Tells of what went wrong; the process ends with 1. */
export function fail(message: string): void {
  console.error(pc.red(message));
  process.exitCode = 1;
}

/** Runs a command; an error is told by its message, which is made for people, without its stack trace. */
export async function reportErrors(command: () => Promise<void> | void): Promise<void> {
  try {
    await command();
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
}

/** What a shell takes for a process that Ctrl-C has ended. */
const EXIT_INTERRUPTED = 130;

/**
 * Does work that a first Ctrl-C asks to stop, through the signal that it is given. A second one ends this process at
 * once; Terraform then goes on alone until it has ended in peace.
 */
export async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(EXIT_INTERRUPTED);
    say('stopping: Terraform ends what is in flight and keeps the state');
    controller.abort();
  };
  process.on('SIGINT', stop);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', stop);
  }
}
