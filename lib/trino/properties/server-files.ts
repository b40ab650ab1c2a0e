import { parseProperties, resolvesEnvironment } from '../properties-file';
import type { TrinoRelease } from '../release';
import type { TrinoRole } from '../trino-role';
import { componentOfFile } from './catalogue';

/** A file of a node that its server reads as properties, with who reads it. */
export interface ServerFile {
  /** Below `etc/`: `catalog/lake.properties`. */
  readonly file: string;
  /** `server`, `connector:hive`, …; the file's own name when the release knows nobody who reads it. */
  readonly component: string;
  readonly role: TrinoRole;
  /** As the server gets it. */
  readonly text: string;
}

/** The files of a node that its server reads as properties; the launcher has read `node.properties` before. */
export function serverFiles(
  release: TrinoRelease,
  role: TrinoRole,
  files: Readonly<Record<string, string>>,
): readonly ServerFile[] {
  return Object.entries(files)
    .filter(([file]) => resolvesEnvironment(file) && file !== 'node.properties')
    .map(([file, text]) => ({ file, role, component: readerOf(release, file, text), text: text + added(file, files) }));
}

function readerOf(release: TrinoRelease, file: string, text: string): string {
  const values = new Map(parseProperties(text).map(({ name, value }) => [name, value]));
  if (isCatalogFile(file)) return `connector:${values.get('connector.name') ?? ''}`;
  return componentOfFile(release, file, (name) => values.get(name))?.name ?? file;
}

/** Catalogs are the same on every node. */
export function isCatalogFile(file: string): boolean {
  return file.startsWith('catalog/');
}

/** The launcher hands `node.environment` to the server as if it stood in `config.properties`, where it is required. */
function added(file: string, files: Readonly<Record<string, string>>): string {
  if (file !== 'config.properties') return '';
  return /^node\.environment=.*\n/m.exec(files['node.properties'] ?? '')?.[0] ?? '';
}
