import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SweepResult } from '../../tools/property-sweep/sweep';

/** Compiled before every suite (tools/setup.mjs); the server is downloaded when it is in no cache. */
const PROGRAM = join(__dirname, '../../dist/tools/property-sweep/main.js');
/** The program's answer where it cannot run: no JDK, no network. */
const NOT_HERE = 2;

const run = existsSync(PROGRAM)
  ? spawnSync(process.execPath, [PROGRAM, '476', '--count', '40', '--json'], { encoding: 'utf8', maxBuffer: 1 << 26 })
  : { status: NOT_HERE, stdout: '', stderr: 'skipped: the sweep of Trino 476: nothing is compiled, run npm run build' };
if (run.status === NOT_HERE) console.error(run.stderr);

(run.status === NOT_HERE ? describe.skip : describe)("a sample of the sweep against a real release's classes", () => {
  const result = (): SweepResult => JSON.parse(run.stdout) as SweepResult;

  it('mutates configurations that the server accepts, and most mutations are refused', () => {
    expect(result().judged).toBeGreaterThan(20);
    expect(result().refused).toBeGreaterThan(result().judged / 2);
  });

  it('finds every mutation that the server refuses', () => {
    expect([...result().missed, ...result().warned]).toEqual([]);
  });

  it('refuses none that the server accepts', () => {
    expect(result().falseAlarms).toEqual([]);
  });
});
