import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { madeOnce } from '../made-once';
import { userCache } from '../user-cache';
import { assemble, isAssembled } from './assembled-server';

const DEPENDENCY_PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

/** SHA-256 of the tarballs that the suites run on; of others, Maven checks what the repository says. */
const CHECKSUMS: Readonly<Record<string, string>> = {
  '476': 'cfd5accde17e8ebd251eeeb78aed1f490e77bb3a164d95a0f454bf8a7c1cbd3f',
};

/**
 * A released server, unpacked: with `lib` and `plugin` in it. Found in the user's cache, else brought there from Maven
 * Central (800 MB), whole or with the plugins that are to be had.
 * @param say called with one line when there is something to download
 * @throws Error when Maven cannot bring it, or when it is not the file that it was
 */
export async function trinoServer(version: string, say: (line: string) => void): Promise<string> {
  return madeOnce(join(await userCache('servers'), version), async (home) => {
    say(`downloading the Trino ${version} server (about 800 MB)`);
    await (isAssembled(version) ? assemble(version, home) : unpack(version, home));
  });
}

/** The release of an unpacked server. @throws Error when the folder holds none */
export function releaseIn(home: string): string {
  const library = join(home, 'lib');
  const names = existsSync(library) ? readdirSync(library) : [];
  const [version] = names.flatMap((name) => /(?:^|_)trino-main-(\d+)\.jar$/.exec(name)?.[1] ?? []);
  if (version === undefined) throw new Error(`${home} is no unpacked Trino server: there is no trino-main in its lib`);
  return version;
}

/** The release's own archive holds one folder, `trino-server-<version>`. */
async function unpack(version: string, home: string): Promise<void> {
  const { execa } = await import('execa');
  const folder = dirname(home);
  const archive = join(folder, `trino-server-${version}.tar.gz`);
  const options = [`-Dartifact=io.trino:trino-server:${version}:tar.gz`, `-DoutputDirectory=${folder}`];
  await execa('mvn', ['-q', '-B', '-ntp', '--strict-checksums', `${DEPENDENCY_PLUGIN}:copy`, ...options]);
  await verify(archive, CHECKSUMS[version]);
  await execa('tar', ['-xzf', archive, '-C', folder]);
  renameSync(join(folder, `trino-server-${version}`), home);
}

async function verify(file: string, expected: string | undefined): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const actual = hash.digest('hex');
  if (expected !== undefined && actual !== expected) {
    throw new Error(`${file}: its SHA-256 is ${actual}, expected ${expected}: the download is not the released server`);
  }
}
