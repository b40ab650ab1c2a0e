import { chartKeyViolations, inside, repeatedNames, show, wholeNumberIfGiven, type Violation } from '../../core';
import { catalogNameViolations } from '../catalog-config';
import { checkPropertiesText, errorsOf, type Finding, isCatalogFile, serverFiles } from '../properties';
import type { TrinoRelease } from '../release';
import { envCollisions, type SecretFile } from '../secret-text';
import { serverViolations } from '../server-config';
import type { ServerFiles } from '../server-part';
import { TRINO_ROLES } from '../trino-role';
import { trinoChartKeys } from './chart-keys';
import { fixedLineViolations } from './chart-properties';
import type { TrinoChartConfig, WorkerCount } from './config';
import { nameViolations } from './names';
import { planParts } from './parts';
import { refusedValueViolations } from './refused-values';
import type { RenderedFiles } from './rendered-files';

/** What is wrong with a configuration before any file is rendered. */
export function configViolations(config: TrinoChartConfig, server: ServerFiles): readonly Violation[] {
  const { extraValues = {} } = config;
  return [
    ...nameViolations(config.name),
    ...inside('server', serverViolations(config.server, config.release, planParts(config))),
    ...TRINO_ROLES.flatMap((role) => fixedLineViolations(role, server.config[role])),
    ...inside('catalogs', catalogNameViolations(config.catalogs.map(({ name }) => name))),
    ...inside('catalogs', descriptionCollisions(config)),
    ...envCollisions(server.env),
    ...fileCollisions(server.secretFiles),
    ...inside('workerCount', countViolations(config.workerCount)),
    ...inside('extraValues', extraValueViolations(extraValues)),
  ];
}

/** What is wrong with values of the chart that somebody sets by hand. */
export function extraValueViolations(values: object): readonly Violation[] {
  return [...refusedValueViolations(values), ...chartKeyViolations(trinoChartKeys(), values)];
}

/** All Kafka catalogs read one directory: the same table in two of them must be described in the same words. */
function descriptionCollisions({ catalogs }: TrinoChartConfig): readonly Violation[] {
  const owners = new Map<string, { readonly catalog: string; readonly content: string }>();
  return catalogs.flatMap(({ name, files }) =>
    Object.entries(files).flatMap(([file, content]) => {
      const owner = owners.get(file);
      owners.set(file, owner ?? { catalog: name, content });
      if (owner === undefined || owner.content === content) return [];
      return [
        {
          path: `${name}.${file}`,
          got: `described by the catalog ${show(owner.catalog)}, too, and differently`,
          allowed: 'one description for each schema and table: every Kafka catalog reads all of them',
          fix: "give the topics of one catalog a schema of their own with the prop 'schema'",
        },
      ];
    }),
  );
}

function fileCollisions(files: readonly SecretFile[]): readonly Violation[] {
  return repeatedNames(files.map(({ name }) => name)).map((name) => ({
    path: `secretFiles.${name}`,
    got: 'two files of this name',
    allowed: 'one',
    fix: 'rename one of the two catalogs',
  }));
}

function countViolations(count: WorkerCount): readonly Violation[] {
  if (count.by === 'keda') return [];
  const fix = 'keep one worker, or scale by KEDA, which sees waiting queries where no worker is';
  return count.by === 'cpu'
    ? wholeNumberIfGiven('min', count.min, { from: 1 }, fix)
    : wholeNumberIfGiven('count', count.count, { from: 1 }, fix);
}

/** Everything that the release says about the files of every node; catalogs are the same on each. */
export function fileFindings(release: TrinoRelease, files: RenderedFiles): readonly Finding[] {
  return TRINO_ROLES.flatMap((role) => serverFiles(release, role, files[role]))
    .filter(({ role, file }) => role === 'coordinator' || !isCatalogFile(file))
    .flatMap(({ text, ...file }) => checkPropertiesText(release, text, file));
}

/** The findings of a role's files as violations of the whole. */
export function fileViolations(findings: readonly Finding[]): readonly Violation[] {
  return errorsOf(findings).map((finding) => ({ ...finding, path: `${finding.file}: ${finding.path}` }));
}
