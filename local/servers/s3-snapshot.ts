import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { S3Client } from './s3-client';

/** What a snapshot's `index.json` says: keys are longer than file names may be, so files have numbers. */
interface Snapshot {
  readonly buckets: readonly string[];
  readonly objects: readonly { readonly bucket: string; readonly key: string; readonly file: string }[];
}

const INDEX = 'index.json';

/** Writes all objects to a folder; what was there is replaced once all of them are written. */
export async function keepObjects(client: S3Client, folder: string): Promise<void> {
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const snapshot = await copyObjects(client, draft);
  writeFileSync(join(draft, INDEX), JSON.stringify(snapshot));
  rmSync(folder, { recursive: true, force: true });
  renameSync(draft, folder);
}

/** Puts the objects of a folder into their buckets; nothing when there is no such folder. */
export async function restoreObjects(client: S3Client, folder: string): Promise<void> {
  const index = join(folder, INDEX);
  if (!existsSync(index)) return;
  const { buckets, objects } = JSON.parse(readFileSync(index, 'utf8')) as Snapshot;
  for (const bucket of buckets) await client.createBucket(bucket);
  for (const { bucket, key, file } of objects) await client.put(bucket, key, readFileSync(join(folder, file)));
}

async function copyObjects(client: S3Client, folder: string): Promise<Snapshot> {
  const buckets = await client.buckets();
  const objects: { bucket: string; key: string; file: string }[] = [];
  for (const bucket of buckets) {
    for (const { key } of await client.list(bucket)) {
      const file = String(objects.length);
      writeFileSync(join(folder, file), await client.get(bucket, key));
      objects.push({ bucket, key, file });
    }
  }
  return { buckets, objects };
}
