import { parseArgs } from 'node:util';
import { trinoServer } from '../property-catalogue/trino-server';
import { type Disagreement, sweep } from './sweep';

/** `npm run sweep -- 476 [--count 1000] [--seed 1]`: exits with 1 when the library missed a refusal. */
async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { count: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
  });
  const [version = '476'] = positionals;
  const home = await trinoServer(version, (line) => console.error(line));
  const result = await sweep(version, home, Number(values.count), Number(values.seed));
  print('MISSED: refused by the server, accepted here', result.missed);
  print('WARNED: refused by the server, a warning here', result.warned);
  print('FALSE ALARM: accepted by the server, refused here', result.falseAlarms);
  console.log(
    `Trino ${version}: ${result.judged} mutations of good configurations, ${result.refused} refused by the server; ` +
      `missed ${result.missed.length}, only warned of ${result.warned.length}, ${result.falseAlarms.length} false alarms`,
  );
  if (result.missed.length > 0) process.exitCode = 1;
}

function print(title: string, disagreements: readonly Disagreement[]): void {
  for (const { component, change, after, server, library } of disagreements) {
    console.log(`${title}\n  ${component}, ${change}\n  ${JSON.stringify(after)}`);
    for (const error of server) console.log(`  server:  ${error}`);
    for (const { severity, path, allowed } of library) console.log(`  library: ${severity} ${path}: ${allowed}`);
  }
}

void main();
