import { type NodeMemoryPlan, TRINO_ROLES, type TrinoPlan } from '../../lib/trino';
import { entriesOf, membersOf, type FileEntries } from '../files';
import { hideTokens } from '../screen';

/** What `diff --json` prints. Everything is sorted by name, so that two runs on the same definitions print the same. */
export interface Difference {
  readonly from: string;
  readonly to: string;
  /** Planned numbers, as people read them. */
  readonly numbers: readonly Change[];
  /** Only files that differ. */
  readonly files: readonly FileDifference[];
}

/** One name whose value differs: `from` or `to` is absent where it is not set. */
export interface Change {
  readonly name: string;
  readonly from?: string;
  readonly to?: string;
}

export interface FileDifference {
  /** Below `/etc/trino`. */
  readonly file: string;
  /** Whose file it is; `all` when both roles' differ alike. */
  readonly nodes: 'all' | 'coordinator' | 'worker';
  readonly changes: readonly Change[];
}

/** An environment and what follows from it. */
export interface NamedPlan {
  readonly name: string;
  readonly plan: TrinoPlan;
}

/** What differs between two environments: the planned numbers, then file by file. */
export function differenceOf(from: NamedPlan, to: NamedPlan): Difference {
  return {
    from: from.name,
    to: to.name,
    numbers: changesOf(numbersOf(from.plan), numbersOf(to.plan)),
    files: filesOf(from.plan, to.plan),
  };
}

/** Every number that was planned, by the name of its part and its own. */
function numbersOf({ release, memory, reasons, chart: { values } }: TrinoPlan): FileEntries {
  const { workers, keda } = values.server;
  const planned = reasons.flatMap(({ part, reasons: entries }) =>
    entries.map(({ name, value }) => [`${part}: ${name}`, hideTokens(value)]),
  );
  return {
    release: release.version,
    'workers: least': String(keda.enabled ? keda.minReplicaCount : workers),
    'workers: most': String(memory.maxWorkers),
    ...nodeNumbers(memory.coordinator),
    ...nodeNumbers(memory.worker),
    ...membersOf('coordinator: resources', values.coordinator.resources),
    ...membersOf('worker: resources', values.worker.resources),
    ...(Object.fromEntries(planned) as FileEntries),
  };
}

function nodeNumbers({ role, memory, fit }: NodeMemoryPlan): FileEntries {
  const numbers = { [`${role}: pod`]: memory.toString() };
  if (fit === undefined) return numbers;
  return {
    ...numbers,
    [`${role}: node gives`]: fit.allocatable.toString(),
    [`${role}: pods per node`]: String(fit.podsPerNode),
    [`${role}: wasted`]: fit.wasted.toString(),
  };
}

function filesOf({ chart: from }: TrinoPlan, { chart: to }: TrinoPlan): readonly FileDifference[] {
  const names = TRINO_ROLES.flatMap((role) => [...Object.keys(from.files[role]), ...Object.keys(to.files[role])]);
  return sorted(names).flatMap((file) => {
    const [coordinator = [], worker = []] = TRINO_ROLES.map((role) =>
      changesOf(fileEntries(file, from.files[role][file]), fileEntries(file, to.files[role][file])),
    );
    if (JSON.stringify(coordinator) === JSON.stringify(worker)) return differing(file, 'all', coordinator);
    return [...differing(file, 'coordinator', coordinator), ...differing(file, 'worker', worker)];
  });
}

function fileEntries(file: string, text: string | undefined): FileEntries {
  return text === undefined ? {} : entriesOf(file, text);
}

function differing(
  file: string,
  nodes: FileDifference['nodes'],
  changes: readonly Change[],
): readonly FileDifference[] {
  return changes.length === 0 ? [] : [{ file, nodes, changes }];
}

function changesOf(from: FileEntries, to: FileEntries): readonly Change[] {
  return sorted([...Object.keys(from), ...Object.keys(to)])
    .filter((name) => from[name] !== to[name])
    .map((name) => {
      const [before, after] = [from[name], to[name]];
      return { name, ...(before !== undefined && { from: before }), ...(after !== undefined && { to: after }) };
    });
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
