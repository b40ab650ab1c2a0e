import { createInterface } from 'node:readline';
import { startJava } from '../property-catalogue/java-program';

/** A configuration of one component. */
export interface Configuration {
  readonly component: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** A properties file of one component, and what its start knows beside it. */
export interface ConfigurationFile extends Configuration {
  /** Its path. Further files that it names are read, too. */
  readonly file: string;
  /** Of a server's file: those of its launcher. */
  readonly properties: Readonly<Record<string, string>>;
  /** The property that says which component the file is for. */
  readonly selector?: string;
  /** Of a server's file: the heap in bytes. */
  readonly heap?: number;
}

/**
 * The errors with which a component refuses its configuration; none when it accepts it, undefined when nothing can be said:
 * the release has no such component here, or refuses something that this machine does not have.
 */
export type Answer = readonly string[] | undefined;

/** The running classes of a release, in one JVM. */
export interface Judge {
  /** @throws Error with the end of the JVM's error output when it ended */
  ask(question: Configuration | ConfigurationFile): Promise<Answer>;
  close(): void;
}

/** Stands for a file in the starting points: the machine of the sweep has no such file, so another takes its place. */
const ANY_FILE = '/x';

/** About files, databases and parts that this machine does not have: they are not the configuration's fault. */
const ABOUT_THIS_MACHINE =
  /file does not exist|NoSuchFileException|FileNotFoundException|UnknownHostException|Communications link failure|HDFS directory is missing/;
/** Warnings, which come along with errors. */
const NO_ERROR = /has been replaced|is deprecated/;

/** @param home an unpacked server */
export function startJudge(version: string, home: string): Judge {
  const child = startJava('Judge.java', version, home);
  const waiting: ((line: string | Error) => void)[] = [];
  let complaints = '';
  child.stderr.on('data', (text: Buffer) => (complaints = (complaints + text.toString()).slice(-4000)));
  createInterface(child.stdout).on('line', (line) => waiting.shift()?.(line));
  child.on('close', () => {
    waiting.splice(0).forEach((answer) => answer(new Error(`Trino's classes ended: ${complaints}`)));
  });
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        waiting.push((line) => (typeof line === 'string' ? resolve(answerOf(line)) : reject(line)));
        child.stdin.write(`${JSON.stringify(withFiles(question))}\n`);
      }),
    close: () => child.stdin.end(),
  };
}

/** What the running classes of a release say to many configurations. */
export async function judge(
  version: string,
  home: string,
  configurations: readonly Configuration[],
): Promise<readonly Answer[]> {
  const release = startJudge(version, home);
  const answers = await Promise.all(configurations.map((configuration) => release.ask(configuration)));
  release.close();
  return answers;
}

function withFiles<T extends Configuration>(configuration: T): T {
  const pairs = Object.entries(configuration.properties).map(([name, value]) => [
    name,
    value === ANY_FILE ? __filename : value,
  ]);
  return { ...configuration, properties: Object.fromEntries(pairs) as Configuration['properties'] };
}

function answerOf(line: string): Answer {
  const errors = JSON.parse(line) as readonly string[] | null;
  if (errors === null || errors.some((error) => ABOUT_THIS_MACHINE.test(error))) return undefined;
  return errors.filter((error) => !NO_ERROR.test(error));
}
