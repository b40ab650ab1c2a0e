import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { madeOnce } from '../made-once';
import { MissingToolError } from '../missing-tool';
import { userCache } from '../user-cache';

const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy';

/** A file of a Maven repository, pinned. */
export interface MavenArtifact {
  /** In hexadecimal. */
  readonly sha256: string;
  readonly groupId: string;
  readonly artifactId: string;
  readonly version: string;
  readonly classifier: string | undefined;
  /** `jar`, `tar.gz`. */
  readonly type: string;
  /** Its file name. */
  readonly file: string;
}

/** A set of files from a Maven repository. */
export interface MavenJars {
  /** For people and for the cache: `kafka`. */
  readonly name: string;
  /** `<sha256>  <path in the repository>`, a line for each file. */
  readonly list: string;
  /** What a download costs, for people: `54 MB`. */
  readonly size: string;
  /** Makes of the files in a folder what is wanted there, once. @default - the files as they are */
  readonly prepare?: (folder: string) => Promise<void>;
}

/**
 * Files from Maven Central, or from the mirror that the user's Maven knows, in a folder of the user's cache: found there,
 * else brought there. Only what is exactly as listed is kept; nothing that the list does not name is brought.
 * @param say called with one line when there is something to download
 * @returns the folder
 * @throws MissingToolError without Maven, Error when a file is not the listed one
 */
export async function mavenJars(jars: MavenJars, say: (line: string) => void): Promise<string> {
  const fingerprint = createHash('sha256').update(jars.list).digest('hex').slice(0, 16);
  return madeOnce(join(await userCache('jars'), `${jars.name}-${fingerprint}`), async (folder) => {
    say(`downloading ${jars.name} from Maven Central (${jars.size})`);
    await install(jars, folder);
  });
}

/** The files that a list names. @throws RangeError for a line of another form */
export function parseArtifacts(list: string): readonly MavenArtifact[] {
  return list
    .split('\n')
    .filter((line) => line !== '')
    .map(parseArtifact);
}

function parseArtifact(line: string): MavenArtifact {
  const [, sha256 = '', path = ''] = /^([0-9a-f]{64}) {2}(\S+)$/.exec(line) ?? [];
  const [file = '', version = '', artifactId = '', ...group] = path.split('/').reverse();
  const start = `${artifactId}-${version}`;
  const [, classifier, type] = /^(?:-(\w+))?\.([\w.]+)$/.exec(file.slice(start.length)) ?? [];
  if (group.length === 0 || !file.startsWith(start) || type === undefined) {
    throw new RangeError(`not '<sha256>  <path in a Maven repository>': ${line}`);
  }
  return { sha256, groupId: group.reverse().join('.'), artifactId, version, classifier, type, file };
}

async function install({ list, prepare }: MavenJars, folder: string): Promise<void> {
  mkdirSync(folder);
  const artifacts = parseArtifacts(list);
  await bring(artifacts, folder);
  for (const artifact of artifacts) await verify(join(folder, artifact.file), artifact.sha256);
  await prepare?.(folder);
}

/** Runs of Maven write to one folder of the user's: in this process they wait for each other. */
let lastRun: Promise<void> = Promise.resolve();

function bring(artifacts: readonly MavenArtifact[], folder: string): Promise<void> {
  const run = lastRun.then(() => runMaven(artifacts, folder));
  lastRun = run.catch(() => undefined);
  return run;
}

/** One run for all. */
async function runMaven(artifacts: readonly MavenArtifact[], folder: string): Promise<void> {
  const { execa } = await import('execa');
  const pom = join(folder, 'pom.xml');
  writeFileSync(pom, project(artifacts, folder));
  const run = await execa('mvn', ['-q', '-B', '-ntp', '-f', pom, COPY], { all: true, reject: false });
  if (run.code === 'ENOENT') {
    throw new MissingToolError('Maven', '3.6 or newer', 'none', 'https://maven.apache.org/download.cgi');
  }
  if (run.failed) throw new Error(`Maven does not bring the files: ${run.all}`);
  rmSync(pom);
}

function project(artifacts: readonly MavenArtifact[], folder: string): string {
  const items = artifacts.map(
    ({ groupId, artifactId, version, classifier, type }) =>
      `<artifactItem><groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId><version>${version}</version>` +
      `${classifier === undefined ? '' : `<classifier>${classifier}</classifier>`}<type>${type}</type></artifactItem>`,
  );
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>cdktf-trino</groupId><artifactId>jars</artifactId><version>1</version><packaging>pom</packaging>
  <build><plugins><plugin>
    <groupId>org.apache.maven.plugins</groupId><artifactId>maven-dependency-plugin</artifactId>
    <configuration>
      <outputDirectory>${folder}</outputDirectory>
      <artifactItems>
        ${items.join('\n        ')}
      </artifactItems>
    </configuration>
  </plugin></plugins></build>
</project>
`;
}

async function verify(file: string, expected: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const actual = hash.digest('hex');
  if (actual !== expected) throw new Error(`${basename(file)}: its SHA-256 is ${actual}, the list says ${expected}`);
}

/** A list in `data/`. */
export function jarList(name: string): string {
  return readFileSync(join(__dirname, 'data', `${name}.txt`), 'utf8');
}
