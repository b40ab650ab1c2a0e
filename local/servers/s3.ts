import { join } from 'node:path';
import { pythonWith } from '../python';
import { freePort } from './free-port';
import { orStop } from './or-stop';
import { keepObjects, restoreObjects } from './s3-snapshot';
import { S3Client } from './s3-client';
import { startProcess, type ServerProcess } from './server-process';

/** The emulator of AWS has moto among its packages. */
const REQUIREMENTS = join(__dirname, '..', 'emulator', 'requirements.txt');

export interface S3Props {
  /** Its log, and what was in its buckets when it was stopped: kept for a second start. */
  readonly folder: string;
  /** @default - a free one */
  readonly port?: number;
  /** Made when missing. */
  readonly buckets: readonly string[];
  /** Called with one line when there is something to install. */
  readonly say: (line: string) => void;
}

/** A running S3, for clients that address buckets by path. */
export interface S3 {
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly objects: S3Client;
  readonly process: ServerProcess;
  /** Keeps what is in the buckets, and ends. */
  stop(): Promise<void>;
}

/**
 * Starts moto's S3 on this machine. It has its objects in memory: they outlive it only when it is stopped in order.
 * @see https://docs.getmoto.org/en/latest/docs/server_mode.html
 */
export async function startS3({ folder, buckets, say, port: wanted }: S3Props): Promise<S3> {
  const python = await pythonWith(REQUIREMENTS, say);
  const port = wanted ?? (await freePort());
  const endpoint = `http://127.0.0.1:${port}`;
  const process = await startProcess({
    name: 'S3',
    command: python,
    args: ['-m', 'moto.server', '--host', '127.0.0.1', '--port', String(port)],
    log: join(folder, 's3.log'),
    ready: async () => (await fetch(`${endpoint}/moto-api/`)).ok,
  });
  const objects = new S3Client(endpoint);
  const kept = join(folder, 'objects');
  await orStop(process, async () => {
    await restoreObjects(objects, kept);
    for (const bucket of buckets) await objects.createBucket(bucket);
  });
  const stop = async () => {
    try {
      await keepObjects(objects, kept);
    } finally {
      await process.stop();
    }
  };
  // It believes whoever names himself.
  return { endpoint, accessKey: 'local', secretKey: 'local', objects, process, stop };
}
