import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port';
import { findJdkTool } from './jdk';
import { jarList, mavenJars } from './maven-jars';

const AGENT = 'jmx-exporter-1.0.1';

export interface JmxExporterProps {
  /** Of the Java process that is to be observed. */
  readonly pid: number;
  /** Its configuration. */
  readonly folder: string;
  /** Names of the objects that are shown, as patterns of JMX. */
  readonly objects: readonly string[];
  /** Called with one line when there is something to download. */
  readonly say: (line: string) => void;
}

/**
 * Puts the Prometheus JMX exporter, without rules, into a Java process that runs already; it ends with it.
 * @returns where it answers: `http://127.0.0.1:9404/metrics`
 * @see https://github.com/prometheus/jmx_exporter
 */
export async function attachJmxExporter({ pid, folder, objects, say }: JmxExporterProps): Promise<string> {
  const { execa } = await import('execa');
  const jars = await mavenJars({ name: AGENT, list: jarList(AGENT), size: '3 MB' }, say);
  const [agent = ''] = readdirSync(jars);
  mkdirSync(folder, { recursive: true });
  const configuration = join(folder, 'jmx-exporter.yaml');
  // JSON is YAML, too.
  writeFileSync(configuration, JSON.stringify({ includeObjectNames: objects }));
  const port = await freePort();
  const options = `127.0.0.1:${port}:${configuration}`;
  const { stdout } = await execa(findJdkTool('jcmd'), [
    ...[String(pid), 'JVMTI.agent_load', join(jars, agent), `"${options}"`],
  ]);
  if (!/return code: 0/.test(stdout)) throw new Error(`the JMX exporter does not start in process ${pid}: ${stdout}`);
  return `http://127.0.0.1:${port}/metrics`;
}
