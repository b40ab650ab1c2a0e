/**
 * Prints the milliseconds of processor time that each further catalog costs an environment that has as many as the first
 * argument says, up to as many as the second says; the program is loaded, and has run before.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../stacks';
import { productionWith } from './catalogs';
import { processorTime } from './processor-time';

const few = Number(process.argv[2]);
const many = Number(process.argv[3]);
synthesisTime(many);
console.log((synthesisTime(many) - synthesisTime(few)) / (many - few));

function synthesisTime(catalogs: number): number {
  const outdir = mkdtempSync(join(tmpdir(), 'cdktf-trino-bench-'));
  try {
    return processorTime(() => synthesize('production', productionWith(catalogs), outdir));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
