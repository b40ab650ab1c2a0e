import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { madeOnce } from '../../local/made-once';

describe('something of the cache that is made when it is not there', () => {
  let cache: string;
  let place: string;
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'made-once-'));
    place = join(cache, 'server');
  });
  afterEach(() => rmSync(cache, { recursive: true }));

  const write = async (draft: string): Promise<void> => {
    await sleep(20);
    writeFileSync(draft, 'whole');
  };

  test('is made by whoever asks first, and once, however many ask meanwhile', async () => {
    const make = jest.fn(write);
    expect(await Promise.all([1, 2, 3].map(() => madeOnce(place, make)))).toEqual([place, place, place]);
    expect(await madeOnce(place, make)).toBe(place);
    expect(make).toHaveBeenCalledTimes(1);
    expect(readFileSync(place, 'utf8')).toBe('whole');
    expect(readdirSync(cache)).toEqual([basename(place)]);
  });

  test('is not there before it is whole', async () => {
    const seen: string[][] = [];
    await madeOnce(place, async (draft) => {
      writeFileSync(draft, 'half');
      seen.push(readdirSync(cache));
      await write(draft);
    });
    expect(seen.flat()).not.toContain(basename(place));
  });

  test('is left out when it cannot be made, and made by the next who asks', async () => {
    const failing = async (draft: string): Promise<void> => {
      writeFileSync(draft, 'half');
      await sleep(1);
      throw new Error('no network');
    };
    await expect(madeOnce(place, failing)).rejects.toThrow('no network');
    expect(readdirSync(cache)).toEqual([]);
    await madeOnce(place, write);
    expect(readFileSync(place, 'utf8')).toBe('whole');
  });

  test('is waited for while another process makes it', async () => {
    const lock = `${place}.lock`;
    mkdirSync(lock);
    const make = jest.fn(write);
    const made = madeOnce(place, make);
    await sleep(50);
    writeFileSync(place, 'of another process');
    rmdirSync(lock);
    await made;
    expect(make).not.toHaveBeenCalled();
  });
});
