import {
  compareReleases,
  serverFiles,
  type PropertiesFile,
  type ReleaseChange,
  SESSION_DEFAULTS_FILE,
  sessionFileViolations,
  type ServerFile,
  TRINO_ROLES,
  type TrinoPlan,
  type TrinoRelease,
  type TrinoRole,
} from '../../lib/trino';
import { propertiesIn } from '../files';

/** What `upgrade --json` prints. */
export interface UpgradeReport {
  readonly environment: string;
  /** The release that the environment runs: `480`. */
  readonly from: string;
  readonly to: string;
  /** False when the new release would not start with these files, or would fail queries because of them. */
  readonly possible: boolean;
  /** In the order of their effect: refused, fails, renamed, default, unjudged. */
  readonly changes: readonly UpgradeChange[];
}

/** What becomes of one property. */
export interface UpgradeChange extends Pick<ReleaseChange, 'file' | 'property' | 'got' | 'allowed' | 'fix'> {
  /** See `ReleaseChange`; `fails`: the release starts with it, and queries that get it fail. */
  readonly effect: ReleaseChange['effect'] | 'fails';
  /** Whose file it is; `all` when both roles' say the same. */
  readonly nodes: 'all' | TrinoRole;
}

const EFFECTS: readonly UpgradeChange['effect'][] = ['refused', 'fails', 'renamed', 'default', 'unjudged'];

/** What a release would refuse, fail, rename or read otherwise in the files of an environment as they are now. */
export function upgradeReport(environment: string, { release, chart }: TrinoPlan, to: TrinoRelease): UpgradeReport {
  const [coordinator, worker] = TRINO_ROLES.map((role) =>
    compareReleases(release, to, entriesOf(serverFiles(release, role, chart.files[role]))),
  );
  const changes = byEffect([
    ...onNodes(coordinator ?? [], worker ?? []),
    ...sessionChanges(chart.files.coordinator, to),
  ]);
  return {
    environment,
    from: release.version,
    to: to.version,
    possible: changes.every(({ effect }) => effect !== 'refused' && effect !== 'fails'),
    changes,
  };
}

function entriesOf(files: readonly ServerFile[]): readonly PropertiesFile[] {
  return files.map(({ text, ...file }) => ({ ...file, entries: propertiesIn(text) }));
}

/** Of what each session begins with; the release that runs now takes all of it. */
function sessionChanges(files: Readonly<Record<string, string>>, to: TrinoRelease): readonly UpgradeChange[] {
  return sessionFileViolations(files, to).map(({ path, ...violation }) => ({
    ...violation,
    ...{ effect: 'fails', file: SESSION_DEFAULTS_FILE, nodes: 'coordinator', property: path },
  }));
}

/** What is the same for both roles is said once. */
function onNodes(coordinator: readonly ReleaseChange[], worker: readonly ReleaseChange[]): readonly UpgradeChange[] {
  const includes = (changes: readonly ReleaseChange[], change: ReleaseChange) =>
    changes.some((other) => identity(other) === identity(change));
  return [
    ...coordinator.map((change) => onNode(change, includes(worker, change) ? 'all' : 'coordinator')),
    ...worker.filter((change) => !includes(coordinator, change)).map((change) => onNode(change, 'worker')),
  ];
}

function onNode(
  { effect, file, property, got, allowed, fix }: ReleaseChange,
  nodes: UpgradeChange['nodes'],
): UpgradeChange {
  return { effect, file, nodes, property, got, allowed, fix };
}

function identity({ effect, file, property, got, allowed }: ReleaseChange): string {
  return JSON.stringify([effect, file, property, got, allowed]);
}

function byEffect(changes: readonly UpgradeChange[]): readonly UpgradeChange[] {
  return EFFECTS.flatMap((effect) => changes.filter((change) => change.effect === effect));
}
