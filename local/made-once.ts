import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { lock } from 'proper-lockfile';

/** Another process that makes it is waited for as long as it lives; one that was killed, for so long. In milliseconds. */
const GIVEN_UP_AFTER = 30_000;
const PATIENCE = { forever: true, minTimeout: 100, maxTimeout: 1000 };

/**
 * A file or folder that is made when it is not there, by whoever asks first: all others wait for it, in this process and in
 * any other. It is made beside its place and renamed when complete, so that an interrupted download is never taken for a
 * whole one.
 * @param make makes it at the path that it is given, where nothing is yet
 * @returns the place
 */
export async function madeOnce(place: string, make: (draft: string) => Promise<unknown>): Promise<string> {
  if (existsSync(place)) return place;
  const release = await lock(place, { realpath: false, stale: GIVEN_UP_AFTER, retries: PATIENCE });
  try {
    if (!existsSync(place)) await makeBeside(place, make);
  } finally {
    await release();
  }
  return place;
}

async function makeBeside(place: string, make: (draft: string) => Promise<unknown>): Promise<void> {
  const folder = mkdtempSync(`${place}.`);
  try {
    const draft = join(folder, basename(place));
    await make(draft);
    renameSync(draft, place);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
