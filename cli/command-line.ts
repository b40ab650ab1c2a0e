import { Command, Option } from 'commander';
import { TrinoRelease } from '../lib/trino';
import { diffLines, differenceOf } from './diff';
import { withFiles, type Environments, type PlanEnvironment } from './environments';
import { explainLines, explanationOf } from './explain';
import { hideTokens, type Screen } from './screen';
import { upgradeLines, upgradeReport } from './upgrade';

/** What the commands know of the world. */
export interface Surroundings {
  readonly environments: Environments;
  /** For environments in files of the user. */
  readonly plan: PlanEnvironment;
  readonly screen: Screen;
  readonly print: (text: string) => void;
  /** Told when the process must end with 1 although nothing went wrong. */
  readonly refuse: () => void;
}

interface Options {
  readonly json?: true;
  readonly file: readonly string[];
}

/** `cdktf-trino` with its commands. Every command is a function of plans; nothing is deployed, asked or written. */
export function commandLine(surroundings: Surroundings): Command {
  const program = new Command('cdktf-trino').description(
    "What follows from an environment's definition, before anything is deployed.",
  );
  addExplain(program, surroundings);
  addDiff(program, surroundings);
  addUpgrade(program, surroundings);
  program.commands.forEach(addOptions);
  return program;
}

function addExplain(program: Command, surroundings: Surroundings): void {
  program
    .command('explain')
    .description('memory and drain as pictures, and the reason for each number')
    .argument('<environment>')
    .action((name: string, options: Options) => {
      const plan = environmentsOf(surroundings, options).planOf(name);
      tell(surroundings, options, explanationOf(name, plan), () => explainLines(surroundings.screen, name, plan));
    });
}

function addDiff(program: Command, surroundings: Surroundings): void {
  program
    .command('diff')
    .description('what differs between two environments: planned numbers, and files property by property')
    .argument('<environment>')
    .argument('<other>')
    .action((from: string, to: string, options: Options) => {
      const { planOf } = environmentsOf(surroundings, options);
      const difference = differenceOf({ name: from, plan: planOf(from) }, { name: to, plan: planOf(to) });
      tell(surroundings, options, difference, () => diffLines(surroundings.screen, difference));
    });
}

function addUpgrade(program: Command, surroundings: Surroundings): void {
  program
    .command('upgrade')
    .description('what another release of Trino would refuse or read otherwise; ends with 1 when it would not start')
    .argument('<environment>')
    .requiredOption('--to <release>', `the release: ${TrinoRelease.KNOWN.join(', ')}`)
    .action((name: string, options: Options & { readonly to: string }) => {
      const to = TrinoRelease.of(options.to);
      const report = upgradeReport(name, environmentsOf(surroundings, options).planOf(name), to);
      tell(surroundings, options, report, () => upgradeLines(surroundings.screen, report));
      if (!report.possible) surroundings.refuse();
    });
}

function addOptions(command: Command): void {
  const file = new Option(
    '--file <path>',
    'a module (.js) that exports an environment, called after its file; repeatable',
  );
  command
    .option('--json', 'for machines: sizes in bytes, times in seconds')
    .addOption(file.default([], 'none').argParser((path: string, files: readonly string[]) => [...files, path]));
}

function environmentsOf({ environments, plan }: Surroundings, { file }: Options): Environments {
  return withFiles(environments, file, plan);
}

function tell({ print }: Surroundings, { json }: Options, data: object, lines: () => readonly string[]): void {
  print(hideTokens(json === true ? JSON.stringify(data, null, 2) : lines().join('\n')));
}
