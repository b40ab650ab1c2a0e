import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** A folder of ours in the user's cache, shared by all checkouts and safe to delete; created when missing. */
export async function userCache(name: string): Promise<string> {
  const { default: envPaths } = await import('env-paths');
  const folder = join(envPaths('cdktf-trino', { suffix: '' }).cache, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}
