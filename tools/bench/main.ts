/**
 * `npm run bench [-- --write] [-- --rounds 15]`: what the library costs, as ratios. Exits with 1 when one is higher than
 * promised. `--write` puts the table into docs/benchmarks.md.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { reportErrors } from '../../local/terminal';
import { wholeNumber } from '../../local/whole-number';
import { floorProgram } from './floor';
import { compare, output, processTime } from './measure';
import { parseStack } from './stack-json';
import { type Row, table, withTable } from './table';

const ROOT = resolve(__dirname, '../../..');
const MAIN = join(ROOT, 'dist/stacks/main.js');
const LIBRARY = join(ROOT, 'dist/lib/index.js');
const DOCUMENT = join(ROOT, 'docs/benchmarks.md');
/** Beside this program, where packages are found as it finds them. */
const GENERATED = join(__dirname, 'generated.js');
const ENVIRONMENT = 'production';

void reportErrors(() => {
  const { values } = parseArgs({ options: { write: { type: 'boolean' }, rounds: { type: 'string', default: '15' } } });
  const rows = measureAll(wholeNumber('rounds', values.rounds));
  console.log(table(rows));
  if (values.write === true) writeFileSync(DOCUMENT, withTable(readFileSync(DOCUMENT, 'utf8'), table(rows)));
  process.exitCode = rows.every(({ ratio, atMost }) => ratio <= atMost) ? 0 : 1;
});

function measureAll(rounds: number): readonly Row[] {
  const folder = mkdtempSync(join(tmpdir(), 'cdktf-trino-bench-'));
  try {
    return [
      synthesis(MAIN, `\`${ENVIRONMENT}\``, rounds, folder),
      synthesis(join(__dirname, 'twelve-catalogs.js'), 'an environment with 12 catalogs', rounds, folder),
      imports(rounds),
      releaseData(rounds),
      plans(rounds),
      ...scale(rounds),
      catalogs(rounds),
    ];
  } finally {
    rmSync(folder, { recursive: true });
    rmSync(GENERATED, { force: true });
  }
}

/** A program of the library against the same by hand. */
function synthesis(program: string, what: string, rounds: number, folder: string): Row {
  const env = { TRINO_ENV: ENVIRONMENT, CDKTF_OUTDIR: mkdtempSync(join(folder, 'ours-')) };
  processTime(program, env);
  writeFileSync(GENERATED, floorProgram(stacksIn(env.CDKTF_OUTDIR)));
  const floor = { CDKTF_OUTDIR: mkdtempSync(join(folder, 'floor-')) };
  const { ours, theirs, ratio } = compare(
    rounds,
    () => processTime(program, env),
    () => processTime(GENERATED, floor),
  );
  const measured = `synthesis of ${what}, a fresh process`;
  return { measured, ours: ms(ours), theirs: `${ms(theirs)} by hand`, ratio, atMost: 1.5 };
}

function imports(rounds: number): Row {
  writeFileSync(GENERATED, output([join(__dirname, 'imports.js'), LIBRARY]));
  const { ours, theirs, ratio } = compare(
    rounds,
    () => processTime(LIBRARY),
    () => processTime(GENERATED),
  );
  const measured = "`import 'cdktf-trino'`, a fresh process";
  return { measured, ours: ms(ours), theirs: `${ms(theirs)} for the deep imports in it`, ratio, atMost: 1.2 };
}

function releaseData(rounds: number): Row {
  const time = (...args: readonly string[]) => Number(output([join(__dirname, 'release-data.js'), ...args]));
  const { ours, theirs, ratio } = compare(
    rounds,
    () => time(),
    () => time('file'),
  );
  const measured = 'what a release accepts, loaded';
  return { measured, ours: ms(ours), theirs: `${ms(theirs)} to parse its file`, ratio, atMost: 3 };
}

function plans(rounds: number): Row {
  const each = (count: number) => () => Number(output([join(__dirname, 'plan.js'), String(count)])) / count;
  const { ours, theirs, ratio } = compare(rounds, each(50), each(25));
  const measured = 'check and files of a platform with 50 catalogs';
  const all = `${ours.toFixed(1)} ms each, ${ms(ours * 50)} together`;
  return { measured, ours: all, theirs: `${theirs.toFixed(1)} ms each of 25`, ratio, atMost: 1.1 };
}

/** Twice as many shall take twice as long, not four times. */
function scale(rounds: number): Row[] {
  return [
    [10, 1],
    [50, 10],
  ].map(([many = 0, few = 0]) => {
    const each = (count: number) => () => Number(output([join(__dirname, 'scale.js'), String(count)])) / count;
    const { ours, theirs, ratio } = compare(Math.ceil(rounds / 4), each(many), each(few));
    const measured = `${many} environments in one process`;
    return { measured, ours: `${ms(ours)} each`, theirs: `${ms(theirs)} each of ${few}`, ratio, atMost: 1.1 };
  });
}

/** Were the cost quadratic, each catalog beyond 200 would cost three times what each of the first 200 does. */
function catalogs(rounds: number): Row {
  const each = (few: number, many: number) => () =>
    Number(output([join(__dirname, 'catalog-cost.js'), String(few), String(many)]));
  const { ours, theirs, ratio } = compare(Math.ceil(rounds / 2), each(200, 400), each(0, 200));
  const measured = 'catalogs 201 to 400 of an environment';
  const first = `${theirs.toFixed(1)} ms each of the first 200`;
  return { measured, ours: `${ours.toFixed(1)} ms each`, theirs: first, ratio, atMost: 2 };
}

function stacksIn(folder: string): Record<string, ReturnType<typeof parseStack>> {
  const read = (id: string) => parseStack(readFileSync(join(folder, 'stacks', id, 'cdk.tf.json'), 'utf8'));
  return Object.fromEntries(readdirSync(join(folder, 'stacks')).map((id) => [id, read(id)]));
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}
