import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pythonWith } from './python';
import { isAlive } from './state-lock';
import type { Workspace } from './workspace';

/** The emulator's Python package, which the build copies beside this file. */
const PACKAGE = join(__dirname, 'emulator');
const REQUIREMENTS = join(PACKAGE, 'requirements.txt');

/** How long a server may take from its start to its first answer (the usual is 2 s). In milliseconds. */
const START_TIMEOUT = 60_000;

/** A running emulator of a workspace, as `.local/emulator.json` remembers it. */
export interface Emulator {
  readonly pid: number;
  readonly port: number;
  /** One JSON line for each request. */
  readonly log: string;
  /** Of the emulator's own code: another one's state is not trusted. */
  readonly version: string;
}

/** Where Terraform and the AWS command line reach an emulator. */
export function endpointOf({ port }: Emulator): string {
  return `http://127.0.0.1:${port}`;
}

/**
 * The emulator of a workspace: the one that still runs from an earlier time, else a new one in the background. A new
 * one is empty, so what earlier deployments have left in the workspace is dropped.
 * @param say called with one line for whatever takes its time or is worth knowing
 * @throws MissingToolError when there is no Python
 */
export async function ensureEmulator(workspace: Workspace, say: (line: string) => void): Promise<Emulator> {
  const known = readRecord(workspace);
  const version = packageVersion();
  if (known !== undefined && known.version === version && (await isHealthy(known))) return known;
  const python = await pythonWith(REQUIREMENTS, say);
  if (known !== undefined) await dropEmulator(workspace, known, say);
  return startEmulator(workspace, python, version);
}

/** True when the workspace's emulator runs, so that something can be deployed in it. */
export async function emulatorRuns(workspace: Workspace): Promise<boolean> {
  const known = readRecord(workspace);
  return known !== undefined && isHealthy(known);
}

/** Ends the workspace's emulator, and with it everything that was deployed into it. */
export async function stopEmulator(workspace: Workspace): Promise<void> {
  const known = readRecord(workspace);
  if (known !== undefined && (await isHealthy(known))) await end(known);
  workspace.environments().forEach((environment) => workspace.forget(environment));
  rmSync(recordFile(workspace), { force: true });
}

async function dropEmulator(workspace: Workspace, known: Emulator, say: (line: string) => void): Promise<void> {
  const lost = workspace.environments().join(', ');
  if (lost !== '') say(`the emulator that ${lost} was deployed into is gone or of another version: starting anew`);
  await stopEmulator(workspace);
  rmSync(known.log, { force: true });
}

async function startEmulator(workspace: Workspace, python: string, version: string): Promise<Emulator> {
  const { default: getPort } = await import('get-port');
  const port = await getPort({ host: '127.0.0.1' });
  const log = workspace.file('emulator-requests.log');
  const output = openSync(workspace.file('emulator.log'), 'w');
  const child = spawn(python, ['-m', 'gap_layer', '--port', String(port), '--log', log], {
    cwd: workspace.root,
    env: { ...process.env, PYTHONPATH: PACKAGE, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['ignore', output, output],
    detached: true,
  });
  child.unref();
  closeSync(output);
  const emulator = { pid: child.pid ?? -1, port, log, version };
  writeFileSync(recordFile(workspace), `${JSON.stringify(emulator, undefined, 2)}\n`);
  await untilHealthy(emulator, workspace.file('emulator.log'));
  return emulator;
}

async function untilHealthy(emulator: Emulator, output: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT;
  while (!(await isHealthy(emulator))) {
    if (!isAlive(emulator.pid) || Date.now() > deadline) {
      throw new Error(`the emulator does not start; it said:\n${readFileSync(output, 'utf8')}`);
    }
    await sleep(100);
  }
}

/** True when the process lives and answers as the emulator, not as something else that has got its number or port. */
async function isHealthy(emulator: Emulator): Promise<boolean> {
  if (!isAlive(emulator.pid)) return false;
  try {
    const response = await fetch(`${endpointOf(emulator)}/_gap_layer/health`, { signal: AbortSignal.timeout(30_000) });
    return response.ok;
  } catch {
    return false;
  }
}

async function end(emulator: Emulator): Promise<void> {
  process.kill(emulator.pid, 'SIGTERM');
  while (await isHealthy(emulator)) await sleep(50);
}

function readRecord(workspace: Workspace): Emulator | undefined {
  const file = recordFile(workspace);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Emulator) : undefined;
}

function recordFile(workspace: Workspace): string {
  return workspace.file('emulator.json');
}

/** A fingerprint of the emulator's code and of the packages that it runs on. */
function packageVersion(): string {
  const hash = createHash('sha256');
  for (const file of [REQUIREMENTS, ...filesBelow(join(PACKAGE, 'gap_layer'))]) {
    hash.update(file.slice(PACKAGE.length)).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.includes('__pycache__'))
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile())
    .sort();
}
