import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { destroyEnvironment, startEnvironment, type Target } from '../../local/commands';
import { emulatorRuns, stopEmulator, type Emulator } from '../../local/emulator';
import { Workspace } from '../../local/workspace';
import { describeWithEmulator, PATIENCE } from './support/emulated-workspace';
import { synthesizeSmallApp } from './support/small-app';

jest.setTimeout(PATIENCE);

/** What `npm start` and `npm run destroy` do, with an environment that is quick. */
describeWithEmulator('an environment on the command line', () => {
  const workspace = new Workspace(mkdtempSync(join(tmpdir(), 'cdktf-trino-commands-')));
  const small: Target = { name: 'small', workspace, synthesize: synthesizeSmall };
  let said: string[] = [];

  beforeEach(() => {
    said = [];
    const listen = (...words: unknown[]) => {
      said.push(words.join(' '));
    };
    jest.spyOn(console, 'log').mockImplementation(listen);
    jest.spyOn(console, 'error').mockImplementation(listen);
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(async () => {
    await stopEmulator(workspace);
    rmSync(workspace.root, { recursive: true });
  });

  test('fails without Terraform after synthesis: the sizes are told, and the version that is wanted', async () => {
    await without('PATH', () => startEnvironment(small));
    expect(text()).toMatch(/small-cluster +│ 1 +│ \d\.\d KiB/);
    expect(text()).toMatch('small is synthesized, but cannot be deployed: Terraform 1.11 or newer is needed');
    expect(takeExitCode()).toBe(1);
  });

  test('is deployed, and what exists then is told', async () => {
    await startEnvironment(small);
    expect(text()).toMatch(/small-cluster +│ 1 +│ \d\.\d KiB +│ 1 added in \d+ s/);
    expect(text()).toMatch(/address +│ \/small\/address/);
    expect(text()).toMatch('small is deployed.');
  });

  test('a second start finds the emulator again, changes nothing and says so', async () => {
    const before = emulator();
    await startEnvironment(small);
    expect(emulator()).toEqual(before);
    expect(text()).toMatch('small was deployed already: nothing had to be changed.');
  });

  test('a start after the emulator has died begins anew, without the state of what is gone', async () => {
    await kill(emulator().pid);
    await startEnvironment(small);
    expect(text()).toMatch('the emulator that small was deployed into is gone');
    expect(text()).toMatch('small is deployed.');
  });

  test('is destroyed, and the emulator is stopped with the last environment', async () => {
    await destroyEnvironment({ ...small, name: 'other' });
    expect(text()).toMatch('other is not deployed (deployed: small)');
    await destroyEnvironment(small);
    expect(text()).toMatch('small is destroyed');
    expect(await emulatorRuns(workspace)).toBe(false);
    expect(workspace.environments()).toEqual([]);
  });

  function synthesizeSmall(outdir: string): [] {
    rmSync(outdir, { recursive: true, force: true });
    mkdirSync(outdir, { recursive: true });
    synthesizeSmallApp('small', outdir);
    return [];
  }

  function text(): string {
    return said.join('\n');
  }

  function emulator(): Emulator {
    return JSON.parse(readFileSync(workspace.file('emulator.json'), 'utf8')) as Emulator;
  }

  async function kill(pid: number): Promise<void> {
    process.kill(pid, 'SIGKILL');
    while (await emulatorRuns(workspace)) await new Promise((resolve) => setTimeout(resolve, 50));
  }
});

async function without(variable: string, work: () => Promise<void>): Promise<void> {
  const { [variable]: value } = process.env;
  process.env[variable] = '';
  try {
    await work();
  } finally {
    process.env[variable] = value;
  }
}

/** The exit code that a command has set, which must not become that of the tests. */
function takeExitCode(): typeof process.exitCode {
  const { exitCode } = process;
  process.exitCode = undefined;
  return exitCode;
}
