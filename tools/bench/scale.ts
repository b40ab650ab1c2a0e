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
import { processorTime } from './processor-time';

const count = Number(process.argv[2]);
const config = findEnvironment('production');
const outdir = mkdtempSync(join(tmpdir(), 'cdktf-trino-bench-'));
try {
  console.log(processorTime(synthesizeAll));
} finally {
  rmSync(outdir, { recursive: true });
}

function synthesizeAll(): void {
  const app = new App({ outdir, stackTraces: false });
  for (let index = 0; index < count; index++) buildEnvironment(app, `production-${index}`, config);
  app.synth();
}
