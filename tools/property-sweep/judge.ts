import { runJava } from '../property-catalogue/java-program';

/** A configuration of one component. */
export interface Configuration {
  readonly component: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** Files and folders belong to the machine that the server runs on, not to its configuration. */
const ABOUT_THIS_MACHINE = /file does not exist|NoSuchFileException|FileNotFoundException/;

/**
 * What the running classes of a release say to configurations: for each, the errors with which they refuse it.
 * @param home an unpacked server
 */
export async function judge(
  version: string,
  home: string,
  configurations: readonly Configuration[],
): Promise<readonly (readonly string[])[]> {
  const input = configurations.map((configuration) => `${JSON.stringify(configuration)}\n`).join('');
  const lines = (await runJava('Judge.java', version, home, input)).trim().split('\n');
  return lines.map((line) => (JSON.parse(line) as string[]).filter((error) => !ABOUT_THIS_MACHINE.test(error)));
}
