import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { classArchive, type ClassArchive } from '../../../local/servers/class-archive';
import { workbench } from './workbench';

const bench = workbench();
afterAll(() => bench.clear());

describe('an archive of classes', () => {
  const home = bench.folder('server');
  const jar = join(home, 'lib', 'trino-main-476.jar');
  const java = bench.folder('java');
  beforeAll(() => {
    process.env['XDG_CACHE_HOME'] = bench.folder('cache');
    mkdirSync(join(home, 'lib'), { recursive: true });
    mkdirSync(bench.folder('node'), { recursive: true });
    for (const file of [jar, java]) writeFileSync(file, '');
  });

  const archive = (writes: boolean): Promise<ClassArchive> =>
    classArchive({ home, java, folder: bench.folder('node'), writes });

  it('is neither read nor written by a node that would have to make it and is no example', async () => {
    expect((await archive(false)).options).toEqual([]);
  });

  it('is written by the first node, and read by all later ones', async () => {
    await written();
    expect((await archive(true)).options).toEqual((await archive(false)).options);
    expect((await archive(false)).options).toEqual([expect.stringMatching(/^-XX:SharedArchiveFile=/)]);
  });

  it('is still read when something else was written beside the jars', async () => {
    const file = join(home, 'heap.hprof');
    writeFileSync(file, '');
    rmSync(file);
    expect((await archive(false)).options).toHaveLength(1);
  });

  it('is not read for other jars, nor by another build of the JVM', async () => {
    utimesSync(jar, 1, 1);
    expect((await archive(false)).options).toEqual([]);
    await written();
    utimesSync(java, 1, 1);
    expect((await archive(false)).options).toEqual([]);
  });

  /** A node starts and ends. */
  async function written(): Promise<void> {
    const { options, keep } = await archive(true);
    const [, file = ''] = /^-XX:ArchiveClassesAtExit=(.*)/.exec(options.join()) ?? [];
    writeFileSync(file, 'classes');
    keep();
  }
});
