import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { dependencyGoal, runMaven } from './maven';
import { sha256Of } from './sha256';

/** A release whose server is not on Maven Central as a whole. */
export interface AssembledServer {
  /** The plugins that are there: folder → class. */
  readonly plugins: Readonly<Record<string, string>>;
  /** Of its libraries, all together. */
  readonly sha256: string;
}

const SERVERS: Readonly<Record<string, AssembledServer>> = {
  '483': {
    plugins: {
      hive: 'io.trino.plugin.hive.HivePlugin',
      iceberg: 'io.trino.plugin.iceberg.IcebergPlugin',
      tpch: 'io.trino.plugin.tpch.TpchPlugin',
      tpcds: 'io.trino.plugin.tpcds.TpcdsPlugin',
      memory: 'io.trino.plugin.memory.MemoryPlugin',
      'exchange-filesystem': 'io.trino.plugin.exchange.filesystem.FileSystemExchangePlugin',
    },
    sha256: '4c70c8b6a79f94d1b6de1c5e52b97236cfac32950fe32e746feaf12c68e9b8bd',
  },
};

/** The release's server as it is put together from its libraries; nothing when it is to be had as a whole. */
export function assembledServer(version: string): AssembledServer | undefined {
  return SERVERS[version];
}

/** What starts an unpacked server, behind the options of `java`. */
export function mainProgram(home: string, version: string): readonly string[] {
  if (hasLibrary(home, 'trino-server-main', version)) return ['io.trino.server.TrinoServer'];
  return [join(__dirname, 'java', 'AssembledServer.java'), version];
}

function hasLibrary(home: string, artifact: string, version: string): boolean {
  return readdirSync(join(home, 'lib')).some((name) => name.endsWith(`${artifact}-${version}.jar`));
}

/**
 * Puts a server together in a folder as the release would unpack: `lib`, and `plugin` with the plugins there are.
 * @throws Error when a library is not the released one
 */
export async function assemble(version: string, { plugins, sha256 }: AssembledServer, home: string): Promise<void> {
  await bring('trino-main', version, join(home, 'lib'));
  for (const name of Object.keys(plugins)) await bring(`trino-${name}`, version, join(home, 'plugin', name));
  const actual = await fingerprintOf(home);
  if (actual !== sha256) throw new Error(`the libraries of Trino ${version} are not the released ones: ${actual}`);
  for (const [name, plugin] of Object.entries(plugins)) {
    // Only the archive of a plugin says which class it is, not its library.
    const services = zipSync({ 'META-INF/services/io.trino.spi.Plugin': strToU8(`${plugin}\n`) });
    writeFileSync(join(home, 'plugin', name, 'services.jar'), services);
  }
}

/** A library with everything that it needs at run time. */
async function bring(artifact: string, version: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const pom = join(folder, 'pom.xml');
  writeFileSync(pom, project(artifact, version));
  const options = [`-DoutputDirectory=${folder}`, '-DincludeScope=runtime'];
  await runMaven(['-f', pom, dependencyGoal('copy-dependencies'), ...options]);
  rmSync(pom);
}

/** Of a line for each file below a folder: `<sha256>  <path>`. */
async function fingerprintOf(folder: string): Promise<string> {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.jar'));
  for (const path of files.sort()) hash.update(`${await sha256Of(join(folder, path))}  ${path}\n`);
  return hash.digest('hex');
}

function project(artifact: string, version: string): string {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>cdktf-trino</groupId><artifactId>${artifact}</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>io.trino</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>
  </dependencies>
</project>
`;
}
