import { type S3, startS3 } from '../../../local/servers/s3';
import { findPython } from '../../../local/python';
import { isAlive } from '../../../local/state-lock';
import { say, TIMEOUT, workbench } from './workbench';

const bench = workbench();
afterAll(() => bench.clear());
jest.setTimeout(TIMEOUT);

const start = (): Promise<S3> => startS3({ folder: bench.folder('s3'), buckets: ['lake'], say });

describe('S3', () => {
  it('keeps its objects for a second start, whatever their keys, and leaves no process behind', async () => {
    await findPython();
    const first = await start();
    const keys = ['orders/', 'orders/a b+c%2F=ü&<x>.parquet', 'plain'];
    for (const key of keys) await first.objects.put('lake', key, key);
    await first.objects.createBucket('empty');
    await first.stop();
    expect(isAlive(first.process.pid)).toBe(false);
    const second = await start();
    const { objects } = second;
    expect((await objects.list('lake')).map(({ key }) => key).sort()).toEqual([...keys].sort());
    expect(await objects.list('lake', 'pl')).toEqual([{ key: 'plain', size: 5 }]);
    for (const key of keys) expect(Buffer.from(await objects.get('lake', key)).toString()).toBe(key);
    expect([...(await objects.buckets())].sort()).toEqual(['empty', 'lake']);
    await second.stop();
  });

  it('fails with the words of the server', async () => {
    const server = await start();
    await expect(server.objects.get('lake', 'nowhere')).rejects.toThrow(/NoSuchKey/);
    await server.stop();
  });
});
