import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { userCache } from '../user-cache';

/** Whose classes they are, and who writes them down. */
export interface ClassArchiveProps {
  /** The unpacked server. */
  readonly home: string;
  /** The `java` that runs it. */
  readonly java: string;
  /** The node's own. */
  readonly folder: string;
  /** A node that is no good example of others only reads them. */
  readonly writes: boolean;
}

/** Classes of a server as a JVM has read and verified them: a node that finds them starts in three quarters of the time. */
export interface ClassArchive {
  /** For the command of `java`. */
  readonly options: readonly string[];
  /** To be called when the node has ended well. */
  readonly keep: () => void;
}

/**
 * What the JVM finds in the user's cache, else writes when it ends. It goes without an archive that does not fit.
 * @see https://docs.oracle.com/en/java/javase/25/vm/class-data-sharing.html
 */
export async function classArchive(props: ClassArchiveProps): Promise<ClassArchive> {
  const kept = join(await userCache('class-archives'), `${keyOf(props)}.jsa`);
  if (existsSync(kept)) return { options: [`-XX:SharedArchiveFile=${kept}`], keep: () => undefined };
  if (!props.writes) return { options: [], keep: () => undefined };
  const written = join(props.folder, 'classes.jsa');
  return { options: [`-XX:ArchiveClassesAtExit=${written}`], keep: () => keep(written, kept) };
}

/** It belongs to one build of a JVM and to the jars of one server: what the JVM itself compares before it takes it. */
function keyOf({ home, java }: ClassArchiveProps): string {
  const library = join(home, 'lib');
  const jars = readdirSync(library)
    .sort()
    .map((name) => join(library, name));
  const parts = [java, ...jars].map((file) => `${file} ${statSync(file).mtimeMs}`);
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
}

/** Copied beside its place and renamed, so that no JVM reads half of one. */
function keep(written: string, kept: string): void {
  if (!existsSync(written) || existsSync(kept)) return;
  const draft = `${kept}.${process.pid}`;
  copyFileSync(written, draft);
  renameSync(draft, kept);
}
