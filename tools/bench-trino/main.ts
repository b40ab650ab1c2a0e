/**
 * `npm run bench:trino [-- --write]`: the same questions, asked of the same pod with its memory divided as this library
 * does and as others do. Takes about twenty minutes. `--write` puts the table into docs/benchmarks.md.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DataSize } from '../../lib/core';
import { TrinoRelease } from '../../lib/trino';
import { LOCAL_RELEASE } from '../../local/platform/platform';
import { reportErrors, say } from '../../local/terminal';
import { measure, type Result } from './measure';
import { SIZINGS } from './sizings';
import { sizingTable, withSizingTable } from './table';

const DOCUMENT = resolve(__dirname, '../../../docs/benchmarks.md');
/** Small, so that a laptop can make questions that are too large for it. */
const POD = DataSize.gib(3);

void reportErrors(async () => {
  const { values } = parseArgs({ options: { write: { type: 'boolean' } } });
  const table = sizingTable(await measureAll(), POD);
  console.log(table);
  if (values.write === true) writeFileSync(DOCUMENT, withSizingTable(readFileSync(DOCUMENT, 'utf8'), table));
});

async function measureAll(): Promise<readonly Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cdktf-trino-bench-'));
  const release = TrinoRelease.of(LOCAL_RELEASE);
  const results: Result[] = [];
  try {
    for (const { name, plan } of SIZINGS) {
      say(`${name}: about five minutes`);
      results.push(await measure(name, plan(POD, release), folder));
    }
    return results;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
