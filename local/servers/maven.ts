import { MissingToolError } from '../missing-tool';

const OPTIONS = ['-q', '-B', '-ntp', '--strict-checksums'];

/** A goal of the plugin that brings files, in the version that this project knows. */
export function dependencyGoal(goal: 'copy' | 'copy-dependencies'): string {
  return `org.apache.maven.plugins:maven-dependency-plugin:3.8.1:${goal}`;
}

/** What Maven says when it cannot bring something: mostly that it reaches no repository. */
export class MavenError extends Error {
  public override readonly name = 'MavenError';
}

/** Runs of Maven write to one folder of the user's: in this process they wait for each other. */
let lastRun: Promise<void> = Promise.resolve();

/**
 * Runs Maven with the user's own settings, so that it asks the mirror that the user's Maven knows.
 * @throws MissingToolError without Maven, MavenError when it fails
 */
export function runMaven(args: readonly string[]): Promise<void> {
  const run = lastRun.then(() => runNow(args));
  lastRun = run.catch(() => undefined);
  return run;
}

async function runNow(args: readonly string[]): Promise<void> {
  const { execa } = await import('execa');
  const run = await execa('mvn', [...OPTIONS, ...args], { all: true, reject: false });
  if (run.code === 'ENOENT') {
    throw new MissingToolError('Maven', '3.6 or newer', 'none', 'https://maven.apache.org/download.cgi');
  }
  if (run.failed) throw new MavenError(`Maven does not bring the files: ${run.all}`);
}
