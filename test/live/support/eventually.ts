import { setTimeout as sleep } from 'node:timers/promises';

/** In milliseconds. */
const PATIENCE = 180_000;
const POLL = 200;

/** Looks again and again until something is as wanted. @throws Error with what it was last, when it never is */
export async function eventually<T>(look: () => Promise<T>, isWanted: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const value = await look();
    if (isWanted(value)) return value;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(value)}`);
    await sleep(POLL);
  }
}
