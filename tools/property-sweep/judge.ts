import { runJava } from '../property-catalogue/java-program';

/** A configuration of one component. */
export interface Configuration {
  readonly component: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** Stands for a file in the starting points: the machine of the sweep has no such file, so another takes its place. */
const ANY_FILE = '/x';

/** About files, databases and parts that this machine does not have: they are not the configuration's fault. */
const ABOUT_THIS_MACHINE =
  /file does not exist|NoSuchFileException|FileNotFoundException|Communications link failure|HDFS directory is missing/;
/** Warnings, which come along with errors. */
const NO_ERROR = /has been replaced|is deprecated/;

/**
 * What the running classes of a release say to configurations: for each, the errors with which they refuse it; undefined
 * where they refuse it for something that this machine does not have.
 * @param home an unpacked server
 */
export async function judge(
  version: string,
  home: string,
  configurations: readonly Configuration[],
): Promise<readonly (readonly string[] | undefined)[]> {
  const input = configurations.map((configuration) => `${JSON.stringify(withFiles(configuration))}\n`).join('');
  const lines = (await runJava('Judge.java', version, home, input)).trim().split('\n');
  return lines.map((line) => answerOf(JSON.parse(line) as string[]));
}

function withFiles({ component, properties }: Configuration): Configuration {
  const pairs = Object.entries(properties).map(([name, value]) => [name, value === ANY_FILE ? __filename : value]);
  return { component, properties: Object.fromEntries(pairs) as Configuration['properties'] };
}

function answerOf(errors: readonly string[]): readonly string[] | undefined {
  if (errors.some((error) => ABOUT_THIS_MACHINE.test(error))) return undefined;
  return errors.filter((error) => !NO_ERROR.test(error));
}
