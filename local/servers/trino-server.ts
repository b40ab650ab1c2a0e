import { existsSync, readdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { madeOnce } from '../made-once';
import { userCache } from '../user-cache';
import { assemble, assembledServer } from './assembled-server';
import { dependencyGoal, runMaven } from './maven';
import { verifySha256 } from './sha256';

/** SHA-256 of the tarballs that the suites run on; of others, Maven checks what the repository says. */
const CHECKSUMS: Readonly<Record<string, string>> = {
  '476': 'cfd5accde17e8ebd251eeeb78aed1f490e77bb3a164d95a0f454bf8a7c1cbd3f',
};

/**
 * A released server, unpacked: with `lib` and `plugin` in it. Found in the user's cache, else brought there from Maven
 * Central, whole or with the plugins that are to be had.
 * @param say called with one line when there is something to download
 * @throws MissingToolError without Maven, Error when it cannot bring the server or the files are not the released ones
 */
export async function trinoServer(version: string, say: (line: string) => void): Promise<string> {
  return madeOnce(join(await userCache('servers'), version), async (home) => {
    const assembled = assembledServer(version);
    say(`downloading the Trino ${version} server (about ${assembled === undefined ? 800 : 470} MB)`);
    await (assembled === undefined ? unpack(version, home) : assemble(version, assembled, home));
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
  await runMaven([dependencyGoal('copy'), ...options]);
  const sha256 = CHECKSUMS[version];
  if (sha256 !== undefined) await verifySha256(archive, sha256);
  await execa('tar', ['-xzf', archive, '-C', folder]);
  renameSync(join(folder, `trino-server-${version}`), home);
}
