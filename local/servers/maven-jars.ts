import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { madeOnce } from '../made-once';
import { userCache } from '../user-cache';
import { dependencyGoal, runMaven } from './maven';
import { verifySha256 } from './sha256';

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
  for (const artifact of artifacts) await verifySha256(join(folder, artifact.file), artifact.sha256);
  await prepare?.(folder);
}

/** One run for all. */
async function bring(artifacts: readonly MavenArtifact[], folder: string): Promise<void> {
  const pom = join(folder, 'pom.xml');
  writeFileSync(pom, project(artifacts, folder));
  await runMaven(['-f', pom, dependencyGoal('copy')]);
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

/** A list in `data/`. */
export function jarList(name: string): string {
  return readFileSync(join(__dirname, 'data', `${name}.txt`), 'utf8');
}
