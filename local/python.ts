import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { madeOnce } from './made-once';
import { MissingToolError } from './missing-tool';
import { userCache } from './user-cache';

/** The oldest Python that the pinned emulator packages run on. */
const OLDEST_PYTHON: readonly [number, number] = [3, 11];

/** Python's usual names, the plainest first. */
const PYTHON_COMMANDS = ['python3', 'python', 'python3.13', 'python3.12', 'python3.11'];

const PRINT_VERSION = 'import sys; print("%d.%d.%d" % sys.version_info[:3])';

/**
 * A Python interpreter that has the packages of a requirements file, in a virtual environment of our own: found in the
 * user's cache, else made there (about half a minute).
 * @param requirements a requirements file with pinned versions and hashes
 * @param say called with one line when there is something to install
 * @returns the path of the interpreter
 * @throws MissingToolError when no Python of the wanted version is there
 */
export async function pythonWith(requirements: string, say: (line: string) => void): Promise<string> {
  const place = join(await userCache('python'), fingerprint(requirements));
  const home = await madeOnce(place, async (draft) => {
    const python = await findPython();
    say('installing the emulator: pinned Python packages into a virtual environment of its own (about half a minute)');
    await createVirtualEnvironment(python, requirements, draft);
  });
  return interpreterOf(home);
}

/**
 * The first Python on the PATH that is new enough.
 * @throws MissingToolError
 */
export async function findPython(commands: readonly string[] = PYTHON_COMMANDS): Promise<string> {
  const found: string[] = [];
  for (const command of commands) {
    const version = await versionOf(command);
    if (version !== undefined && isNewEnough(version)) return command;
    if (version !== undefined) found.push(`${command} ${version}`);
  }
  const wanted = `${OLDEST_PYTHON.join('.')} or newer`;
  throw new MissingToolError('Python', wanted, found.join(', ') || 'none', 'https://www.python.org/downloads/');
}

async function versionOf(command: string): Promise<string | undefined> {
  const { execa } = await import('execa');
  const { exitCode, stdout } = await execa(command, ['-c', PRINT_VERSION], { reject: false });
  return exitCode === 0 ? stdout.trim() : undefined;
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST_PYTHON[0] || (major === OLDEST_PYTHON[0] && minor >= OLDEST_PYTHON[1]);
}

async function createVirtualEnvironment(python: string, requirements: string, home: string): Promise<void> {
  const { execa } = await import('execa');
  await execa(python, ['-m', 'venv', home]);
  await execa(interpreterOf(home), ['-m', 'pip', 'install', '--no-input', '--quiet', '-r', requirements]);
}

function fingerprint(requirements: string): string {
  return createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 16);
}

function interpreterOf(home: string): string {
  return process.platform === 'win32' ? join(home, 'Scripts', 'python.exe') : join(home, 'bin', 'python');
}
