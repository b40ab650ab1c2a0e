/**
 * Prints the milliseconds of processor time that it takes to check the definition of a platform with as many catalogs as
 * the argument says, and to make its files; the program and what the release accepts are loaded.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { planTrino } from '../../lib/trino';
import { buildEnvironment } from '../../stacks';
import { definitionOf } from '../../stacks/known-environments';
import { productionWith } from './catalogs';
import { processorTime } from './processor-time';

const outdir = mkdtempSync(join(tmpdir(), 'cdktf-trino-bench-'));
try {
  const environment = productionWith(Number(process.argv[2]));
  const { definition } = buildEnvironment(new App({ outdir }), 'production', environment).platform.trino;
  planTrino(definitionOf('production'));
  console.log(processorTime(() => planTrino(definition)));
} finally {
  rmSync(outdir, { recursive: true });
}
