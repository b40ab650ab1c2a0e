import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { TrinoRelease } from '../../lib/trino/release';
import { findJava } from '../../local/servers/jdk';
import { trinoServer } from '../../local/servers/trino-server';
import { reportErrors } from '../../local/terminal';
import { wholeNumber } from '../../local/whole-number';
import { startJudge } from '../property-sweep/judge';
import { type CounterExample, describe } from './counter-example';
import { fuzz, type FuzzResult } from './fuzz';

/** Where counter-examples are kept, each as a test. */
const REGRESSIONS = join('test', 'live', 'regressions');
const RELEASES = ['476', '483'];
const MINUTE = 60_000;

/**
 * `npm run fuzz -- [--minutes 5] [--seed 1] [--release 476]`: exits with 1 when the library and a release do not agree.
 * Without a release, both of which there are servers share the time.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '5' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      release: { type: 'string', multiple: true, default: RELEASES },
    },
  });
  const milliseconds = wholeNumber('minutes', values.minutes) * MINUTE;
  const seed = wholeNumber('seed', values.seed, 0);
  const results = await Promise.all(values.release.map((release) => run(release, seed, milliseconds)));
  if (results.some(({ counterExamples }) => counterExamples.length > 0)) process.exitCode = 1;
}

async function run(release: string, seed: number, milliseconds: number): Promise<FuzzResult> {
  findJava(TrinoRelease.of(release).javaVersion);
  const judge = startJudge(release, await trinoServer(release, (line) => console.error(line)));
  const result = await fuzz({ release, judge, seed, milliseconds, found: (example) => keep(example, seed) });
  judge.close();
  report(release, seed, milliseconds, result);
  return result;
}

function keep(example: CounterExample, seed: number): void {
  console.log(describe(example));
  const where = example.kind === 'mutation' ? example.component : example.file;
  const name = [example.release, where.replace(/[^a-z0-9]+/g, '-'), seed, Date.now() % MINUTE].join('-');
  mkdirSync(REGRESSIONS, { recursive: true });
  const file = join(REGRESSIONS, `${name}.json`);
  writeFileSync(file, `${JSON.stringify(example, null, 2)}\n`);
  console.log(`  kept as ${file}\n`);
}

function report(release: string, seed: number, milliseconds: number, result: FuzzResult): void {
  const { definitions, accepted, files, mutations, refusedMutations, unjudged, counterExamples } = result;
  const rate = Math.round((definitions / milliseconds) * MINUTE);
  console.log(
    `Trino ${release}, seed ${seed}: ${definitions} definitions (${rate} a minute), ${accepted} accepted here, ` +
      `${files} files of these judged; ${mutations} changes of one thing, ${refusedMutations} refused by Trino; ` +
      `${counterExamples.length} counter-examples; no classes here for ${unjudged.join(', ')}`,
  );
}

void reportErrors(main);
