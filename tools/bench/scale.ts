/**
 * Makes as many environments as its argument says in one app, and prints the milliseconds of processor time it takes;
 * loading the program is not counted.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { buildEnvironment } from '../../stacks';
import { findEnvironment } from '../../stacks/environments';

const count = Number(process.argv[2]);
const config = findEnvironment('production');
const outdir = mkdtempSync(join(tmpdir(), 'cdktf-trino-bench-'));
try {
  const started = process.cpuUsage();
  const app = new App({ outdir, stackTraces: false });
  for (let index = 0; index < count; index++) buildEnvironment(app, `production-${index}`, config);
  app.synth();
  const { user, system } = process.cpuUsage(started);
  console.log((user + system) / 1000);
} finally {
  rmSync(outdir, { recursive: true });
}
