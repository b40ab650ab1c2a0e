import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { MissingToolError } from '../missing-tool';

/** Where people and packages put a JDK, beside JAVA_HOME. */
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
  const wanted = Math.max(atLeast, OLDEST);
  const found = jdks().sort((a, b) => b.release - a.release);
  const [newest] = found;
  if (newest === undefined || newest.release < wanted) {
    const there = found.map(({ release }) => release).join(', ');
    throw new MissingToolError('JDK', `${wanted} or newer`, there === '' ? 'none' : there, 'https://adoptium.net');
  }
  return join(newest.home, 'bin', `java${EXE}`);
}

function jdks(): Jdk[] {
  const named = process.env['JAVA_HOME'] === undefined ? [] : [process.env['JAVA_HOME']];
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
