import { rmSync } from 'node:fs';
import {
  componentOf,
  isCatalogFile,
  parseProperties,
  serverFiles,
  type TrinoPlan,
  TRINO_ROLES,
  type TrinoRelease,
  type TrinoRole,
} from '../../lib/trino';
import type { Answer, ConfigurationFile, Judge } from '../property-sweep/judge';
import { type NodeFolder, writeNodeFolder } from './node-folder';

/** A generated file of properties, and whom it is for. */
export interface PlannedFile {
  readonly role: TrinoRole;
  /** Below `/etc/trino`. */
  readonly name: string;
  /** `server`, `connector:hive`, … */
  readonly component: string;
  /** The property that says so, and that no component knows. */
  readonly selector?: string;
  readonly text: string;
}

export interface JudgedFile extends PlannedFile {
  readonly answer: Answer;
}

/** Of the launcher's properties, these are the launcher's own. */
const LAUNCHERS_OWN = ['node.data-dir', 'plugin.dir'];

/** Every file of properties that the nodes read. A catalog is the same on each, so it is the coordinator's. */
export function plannedFiles({ release, chart }: TrinoPlan): readonly PlannedFile[] {
  return TRINO_ROLES.flatMap((role) =>
    serverFiles(release, role, chart.files[role])
      .filter(({ file }) => role === 'coordinator' || !isCatalogFile(file))
      .map(({ file, component }) => {
        const selector = selectorOf(release, component);
        return { role, name: file, component, text: chart.files[role][file] ?? '', ...(selector && { selector }) };
      }),
  );
}

function selectorOf(release: TrinoRelease, component: string): string | undefined {
  if (component.startsWith('connector:')) return 'connector.name';
  return componentOf(release, component)?.select?.[0];
}

/**
 * What a release's running classes say to the files of a plan: those of properties, and those that they name.
 * @param which @default - all
 */
export async function judgePlan(
  judge: Judge,
  plan: TrinoPlan,
  which: (file: PlannedFile) => boolean = () => true,
): Promise<readonly JudgedFile[]> {
  const files = plannedFiles(plan).filter(which);
  const judged = TRINO_ROLES.map(async (role) => {
    const folder = writeNodeFolder(plan.chart.files[role], plan.chart.secretFiles);
    try {
      const own = files.filter((file) => file.role === role);
      const ask = async (file: PlannedFile) => ({ ...file, answer: await judge.ask(questionOf(plan, folder, file)) });
      return await Promise.all(own.map(ask));
    } finally {
      rmSync(folder.path, { recursive: true, force: true });
    }
  });
  return (await Promise.all(judged)).flat();
}

/** The question about a file that stands in the folder. */
export function questionOf(plan: TrinoPlan, folder: NodeFolder, file: PlannedFile): ConfigurationFile {
  const { role, name, component, selector } = file;
  return {
    component,
    file: folder.file(name),
    properties: component === 'server' ? launcherProperties(plan.chart.files[role]) : {},
    heap: plan.memory[role].heap.toBytes(),
    ...(selector === undefined ? {} : { selector }),
  };
}

function launcherProperties(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const lines = parseProperties(files['node.properties'] ?? '').filter(({ name }) => !LAUNCHERS_OWN.includes(name));
  return Object.fromEntries(lines.map(({ name, value }) => [name, value]));
}
