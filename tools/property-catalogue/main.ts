import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { combine, type Explored } from './combine';
import { renderData, type ReleaseData } from './data-file';
import { differences } from './differences';
import { runJava } from './java-program';
import { startingPoints } from './starting-points';
import { trinoServer } from '../../local/servers/trino-server';
import { reportErrors } from '../../local/terminal';

const DATA = join('lib', 'trino', 'properties', 'data');

/**
 * `npm run catalogue -- 476`: asks the running classes of a release what they accept, and writes its data file. What
 * changed is printed, and is the diff to review.
 */
async function main(): Promise<void> {
  const version = process.argv[2] ?? '476';
  const home = await trinoServer(version, (line) => console.error(line));
  const input = startingPoints()
    .map((point) => `${JSON.stringify(point)}\n`)
    .join('');
  const explored = JSON.parse(await runJava('Catalogue.java', version, home, input)) as Explored;
  const file = join(DATA, `${version}.json`);
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ReleaseData) : undefined;
  const after = combine(version, explored, before);
  if (before !== undefined) differences(before, after).forEach((line) => console.log(line));
  writeFileSync(file, renderData(after));
}

void reportErrors(main);
