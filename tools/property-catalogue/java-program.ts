import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { TrinoRelease } from '../../lib/trino/release';
import { findJava } from '../../local/servers/jdk';

/** What the server's own launcher passes, as far as the configuration needs it. */
const OPTIONS = [
  '-Xmx1G',
  // A run lives for a minute: compiling well does not pay.
  '-XX:TieredStopAtLevel=1',
  '--add-modules=jdk.incubator.vector',
  '--sun-misc-unsafe-memory-access=allow',
  '--enable-native-access=ALL-UNNAMED',
  '--add-opens=java.base/java.nio=ALL-UNNAMED',
  '-Djdk.attach.allowAttachSelf=true',
];

/**
 * Starts one of the programs in `java/` with the classes of an unpacked server.
 * @param program its file name
 */
export function startJava(program: string, version: string, home: string): ChildProcessWithoutNullStreams {
  const options = [...OPTIONS, `-Dtrino.version=${version}`, '-cp', join(home, 'lib', '*')];
  // The server looks for its plugins in the folder it is started in, and newer releases refuse to start without them.
  return spawn(findJava(TrinoRelease.of(version).javaVersion), [...options, join(__dirname, 'java', program), home], {
    cwd: home,
  });
}

/**
 * Runs such a program to its end.
 * @param input what it reads
 * @returns what it writes
 * @throws Error with the end of its error output when it fails
 */
export async function runJava(program: string, version: string, home: string, input: string): Promise<string> {
  const child = startJava(program, version, home);
  child.stdin.end(input);
  const exit = new Promise<number | null>((resolve, reject) => child.on('close', resolve).on('error', reject));
  const [output, complaints, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  if (code !== 0) throw new Error(`${program} failed: ${complaints.slice(-4000)}`);
  return output;
}
