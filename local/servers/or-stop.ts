import type { ServerProcess } from './server-process';

/** Does what a server needs before it is of use; stops it when that fails, so that nothing is left of it. */
export async function orStop(server: ServerProcess, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await server.stop();
    throw error;
  }
}
