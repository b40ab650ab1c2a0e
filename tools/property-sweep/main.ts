import { parseArgs } from 'node:util';
import { MissingToolError } from '../../local/missing-tool';
import { findJava } from '../../local/servers/jdk';
import { MavenError } from '../../local/servers/maven';
import { trinoServer } from '../../local/servers/trino-server';
import { reportErrors } from '../../local/terminal';
import { wholeNumber } from '../../local/whole-number';
import { TrinoRelease } from '../../lib/trino/release';
import { type Disagreement, sweep, type SweepResult } from './sweep';

/** Ended without an answer: this machine cannot run the server. */
const NOT_HERE = 2;

/**
 * `npm run sweep -- 476 [--count 1000] [--seed 1] [--json]`: exits with 1 when the library missed what a server refuses,
 * or refused what a server accepts.
 */
async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      count: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    },
  });
  const [version = '476'] = positionals;
  const [count, seed] = [wholeNumber('count', values.count), wholeNumber('seed', values.seed, 0)];
  const home = await serverOf(version);
  if (home === undefined) return;
  const result = await sweep(version, home, count, seed);
  if (values.json) console.log(JSON.stringify(result));
  else report(version, result);
  if (result.missed.length + result.warned.length + result.falseAlarms.length > 0) process.exitCode = 1;
}

async function serverOf(version: string): Promise<string | undefined> {
  try {
    findJava(TrinoRelease.of(version).javaVersion);
    return await trinoServer(version, (line) => console.error(line));
  } catch (error) {
    if (!(error instanceof MissingToolError || error instanceof MavenError)) throw error;
    console.error(`skipped: the sweep of Trino ${version}: ${error.message}`);
    process.exitCode = NOT_HERE;
    return undefined;
  }
}

function report(version: string, { judged, refused, missed, warned, falseAlarms }: SweepResult): void {
  print('MISSED: refused by the server, accepted here', missed);
  print('WARNED: refused by the server, a warning here', warned);
  print('FALSE ALARM: accepted by the server, refused here', falseAlarms);
  console.log(
    `Trino ${version}: ${judged} mutations of good configurations, ${refused} refused by the server; ` +
      `missed ${missed.length}, only warned of ${warned.length}, ${falseAlarms.length} false alarms`,
  );
}

function print(title: string, disagreements: readonly Disagreement[]): void {
  for (const { component, change, after, server, library } of disagreements) {
    console.log(`${title}\n  ${component}, ${change}\n  ${JSON.stringify(after)}`);
    for (const error of server) console.log(`  server:  ${error}`);
    for (const { severity, path, allowed } of library) console.log(`  library: ${severity} ${path}: ${allowed}`);
  }
}

void reportErrors(main);
