/**
 * Makes a checkout ready to run: npm packages when missing or stale, then the compiled program when a source is newer.
 * It runs before everything else, so it uses nothing but Node. On a ready checkout it costs some milliseconds.
 *
 * `--rebuild` compiles in any case.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const MODULES = join(ROOT, 'node_modules');
const DIST = join(ROOT, 'dist');
const SOURCES = ['lib', 'stacks', 'local', 'cli', 'tools', 'examples'].map((name) => join(ROOT, name));
const PACKAGES_STAMP = join(MODULES, '.cdktf-trino-lockfile');
const BUILD_STAMP = join(DIST, '.built');

process.chdir(ROOT);
installPackages();
build(process.argv.includes('--rebuild'));

function installPackages() {
  const lockfile = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (existsSync(PACKAGES_STAMP) && readFileSync(PACKAGES_STAMP, 'utf8') === lockfile) return;
  say(
    existsSync(MODULES) ? 'npm packages are stale: installing them anew' : 'installing npm packages (about a minute)',
  );
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(PACKAGES_STAMP, lockfile);
}

function build(always) {
  const newest = Math.max(...SOURCES.map(newestChange), newestChange('tsconfig.build.json'));
  if (!always && existsSync(BUILD_STAMP) && statSync(BUILD_STAMP).mtimeMs > newest) return;
  say('compiling');
  rmSync(DIST, { recursive: true, force: true });
  run(process.execPath, [join(MODULES, '@typescript/native/bin/tsc'), '-p', 'tsconfig.build.json']);
  SOURCES.filter((folder) => existsSync(folder)).forEach(copyData);
  writeFileSync(BUILD_STAMP, '');
}

/** Files that the program reads beside its code: data, templates, the emulator's Python. */
function copyData(folder) {
  cpSync(folder, join(DIST, folder.slice(ROOT.length + 1)), {
    recursive: true,
    filter: (path) => !/\.(ts|mjs)$|__pycache__/.test(path),
  });
}

/** Milliseconds of the last change in a file or below a folder; 0 when it does not exist. */
function newestChange(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || path.endsWith('__pycache__')) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}

function run(command, args) {
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (status !== 0) process.exit(status ?? 1);
}

function say(what) {
  console.error(`setup: ${what}`);
}
