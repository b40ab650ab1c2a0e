import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';

const DEPENDENCY_PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

/** Releases whose server is not on Maven Central as a whole, with the plugins that are: folder → class. */
const PLUGINS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '483': {
    hive: 'io.trino.plugin.hive.HivePlugin',
    iceberg: 'io.trino.plugin.iceberg.IcebergPlugin',
    tpch: 'io.trino.plugin.tpch.TpchPlugin',
    tpcds: 'io.trino.plugin.tpcds.TpcdsPlugin',
    memory: 'io.trino.plugin.memory.MemoryPlugin',
    'exchange-filesystem': 'io.trino.plugin.exchange.filesystem.FileSystemExchangePlugin',
  },
};

/** Whether a release's server has to be put together from its libraries. */
export function isAssembled(version: string): boolean {
  return version in PLUGINS;
}

/** What starts an unpacked server, behind the options of `java`. */
export function mainProgram(home: string, version: string): readonly string[] {
  if (hasLibrary(home, 'trino-server-main', version)) return ['io.trino.server.TrinoServer'];
  return [join(__dirname, 'java', 'AssembledServer.java'), version];
}

function hasLibrary(home: string, artifact: string, version: string): boolean {
  return readdirSync(join(home, 'lib')).some((name) => name.endsWith(`${artifact}-${version}.jar`));
}

/** Puts a server together in a folder as the release would unpack: `lib`, and `plugin` with the plugins there are. */
export async function assemble(version: string, home: string): Promise<void> {
  await bring('trino-main', version, join(home, 'lib'));
  for (const [name, plugin] of Object.entries(PLUGINS[version] ?? {})) {
    const folder = join(home, 'plugin', name);
    await bring(`trino-${name}`, version, folder);
    // Only the archive of a plugin says which class it is, not its library.
    const services = zipSync({ 'META-INF/services/io.trino.spi.Plugin': strToU8(`${plugin}\n`) });
    writeFileSync(join(folder, 'services.jar'), services);
  }
}

/** A library with everything that it needs at run time. */
async function bring(artifact: string, version: string, folder: string): Promise<void> {
  const { execa } = await import('execa');
  mkdirSync(folder, { recursive: true });
  const pom = join(folder, 'pom.xml');
  writeFileSync(pom, project(artifact, version));
  const options = [`-DoutputDirectory=${folder}`, '-DincludeScope=runtime'];
  await execa('mvn', ['-q', '-B', '-ntp', '-f', pom, `${DEPENDENCY_PLUGIN}:copy-dependencies`, ...options]);
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
