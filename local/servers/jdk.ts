import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { MissingToolError } from '../missing-tool';

/** Where people and packages put a JDK, beside what JAVA_HOME and others that begin so (`JAVA_HOME_25_X64`) name. */
const FOLDERS = [
  '/usr/lib/jvm',
  '/usr/java',
  '/opt',
  '/opt/java',
  '/Library/Java/JavaVirtualMachines',
  join(homedir(), '.jdks'),
  join(homedir(), '.sdkman/candidates/java'),
  'C:\\Program Files\\Java',
  'C:\\Program Files\\Eclipse Adoptium',
];

/** The programs here rewrite classes with an API that is final since this release, and run from source. */
const OLDEST = 24;

const EXE = process.platform === 'win32' ? '.exe' : '';

interface Jdk {
  readonly home: string;
  readonly release: number;
}

/**
 * The newest JDK of this machine.
 * @param atLeast the release that the server asks for
 * @returns its `java`
 * @throws MissingToolError when none is new enough
 */
export function findJava(atLeast: number): string {
  return programOf(newestJdk(Math.max(atLeast, OLDEST)), 'java');
}

/**
 * The newest JDK that a server still runs on.
 * @returns its `java`
 * @throws MissingToolError when none is in the range
 */
export function findJavaBetween(oldest: number, newest: number): string {
  return programOf(newestJdk(oldest, newest), 'java');
}

/** A tool that any JDK has: `keytool`, `jar`. @throws MissingToolError when there is no JDK */
export function findJdkTool(name: string): string {
  return programOf(newestJdk(OLDEST), name);
}

function newestJdk(oldest: number, newest = Infinity): Jdk {
  const all = jdks().sort((a, b) => b.release - a.release);
  const found = all.find(({ release }) => release >= oldest && release <= newest);
  if (found !== undefined) return found;
  const there = all.map(({ release }) => release).join(', ');
  const wanted = newest === Infinity ? `${oldest} or newer` : `${oldest} to ${newest}`;
  throw new MissingToolError('JDK', wanted, there === '' ? 'none' : there, 'https://adoptium.net');
}

function programOf({ home }: Jdk, name: string): string {
  return join(home, 'bin', `${name}${EXE}`);
}

function jdks(): Jdk[] {
  const named = Object.entries(process.env).flatMap(([name, home]) =>
    name.startsWith('JAVA_HOME') ? (home ?? []) : [],
  );
  const listed = FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
    readdirSync(folder).flatMap((name) => [join(folder, name), join(folder, name, 'Contents', 'Home')]),
  );
  return [...named, ...listed].flatMap(jdkIn);
}

/** A JDK has a compiler, and its version in a file `release`. */
function jdkIn(home: string): Jdk[] {
  const file = join(home, 'release');
  if (!existsSync(file) || !existsSync(join(home, 'bin', `javac${EXE}`))) return [];
  const [, version] = /^JAVA_VERSION="(\d+)/m.exec(readFileSync(file, 'utf8')) ?? [];
  return version === undefined ? [] : [{ home, release: Number(version) }];
}
