import { rmSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import {
  checkProperties,
  componentOf,
  errorsOf,
  memoryOverrideViolations,
  parseProperties,
  renderProperties,
  type TrinoPlan,
} from '../../lib/trino';
import { connectorViolations } from '../../lib/trino/connector-rules';
import type { StartingPoint } from '../property-catalogue/starting-points';
import type { Answer, Judge } from '../property-sweep/judge';
import { mutation, type Mutation } from '../property-sweep/mutations';
import { causeOf, type MissedMutation } from './counter-example';
import { type PlannedFile, questionOf } from './judge-plan';
import { type NodeFolder, writeNodeFolder } from './node-folder';

type Settings = Mutation['before'];

/** One file of a plan with one thing changed, before the release and before the library. */
export interface MutationResult {
  /** Whether the release refuses it; undefined when nothing can be said. */
  readonly refused: boolean | undefined;
  /** Refused by the release, and no error of the library's. */
  readonly missed?: MissedMutation;
}

/** @param seed the same for the same change */
export async function mutateFile(
  judge: Judge,
  plan: TrinoPlan,
  file: PlannedFile,
  seed: number,
): Promise<MutationResult> {
  const folder = writeNodeFolder(plan.chart.files[file.role], plan.chart.secretFiles);
  try {
    const change = changeOf(plan, { component: file.component, properties: entriesOf(folder, file) }, seed);
    return await compare(new FileJudge(judge, plan, file, folder), change);
  } finally {
    rmSync(folder.path, { recursive: true, force: true });
  }
}

function changeOf({ release }: TrinoPlan, point: StartingPoint, seed: number): Mutation {
  const changes = fc.gen().map((random) => mutation(random, release, [point]));
  const [change] = fc.sample(changes, { numRuns: 1, seed });
  return change ?? { component: point.component, before: point.properties, after: point.properties, change: 'none' };
}

/** Whether mutations of the file can be judged: by data of the release itself. */
export function canMutate({ release }: TrinoPlan, { component }: PlannedFile): boolean {
  return componentOf(release, component)?.release.version === release.version;
}

/** The lines as this machine reads them, without the one that says whom they are for. */
function entriesOf(folder: NodeFolder, { text, selector }: PlannedFile): Settings {
  const lines = parseProperties(folder.local(text)).filter(({ name }) => name !== selector);
  return Object.fromEntries(lines.map(({ name, value }) => [name, value]));
}

/** Asks about one file with other lines in it. */
class FileJudge {
  public constructor(
    private readonly judge: Judge,
    public readonly plan: TrinoPlan,
    public readonly file: PlannedFile,
    private readonly folder: NodeFolder,
  ) {}

  public ask(settings: Settings): Promise<Answer> {
    writeFileSync(this.folder.file(this.file.name), renderProperties(settings));
    return this.judge.ask(questionOf(this.plan, this.folder, this.file));
  }

  /** Whether the release accepts what was, and refuses what is, without a word from the library. */
  public async words({ before, after }: Pick<Mutation, 'before' | 'after'>): Promise<readonly string[]> {
    const [good, bad] = [await this.ask(before), await this.ask(after)];
    return good?.length === 0 && !libraryRefuses(this.plan, this.file, before, after) ? (bad ?? []) : [];
  }
}

async function compare(files: FileJudge, change: Mutation): Promise<MutationResult> {
  const [good, bad] = [await files.ask(change.before), await files.ask(change.after)];
  if (good?.length !== 0 || bad === undefined) return { refused: undefined };
  if (bad.length === 0) return { refused: false };
  if (libraryRefuses(files.plan, files.file, change.before, change.after)) return { refused: true };
  return { refused: true, missed: await smallest(files, change) };
}

function libraryRefuses(plan: TrinoPlan, { component, role }: PlannedFile, before: Settings, after: Settings): boolean {
  const selector = componentOf(plan.release, component)?.select;
  const environment = component === 'server' ? { 'node.environment': 'test' } : {};
  const entries = { ...environment, ...after, ...(selector === undefined ? {} : { [selector[0]]: selector[1] }) };
  const changed = Object.fromEntries(Object.entries(after).filter(([name, value]) => before[name] !== value));
  // The file itself says which role its server has.
  const findings = checkProperties(plan.release, { component, entries });
  return (
    // That a secret is no plain text is our rule, not Trino's.
    errorsOf(findings).some(({ kind }) => kind !== 'literal-secret') ||
    connectorViolations(component.replace('connector:', ''), after).length > 0 ||
    (component === 'server' && memoryOverrideViolations(plan.memory, { [role]: changed }).length > 0)
  );
}

/** Leaves out line after line as long as Trino says the same and the library nothing. */
async function smallest(files: FileJudge, { change, ...pair }: Mutation): Promise<MissedMutation> {
  const { component, role } = files.file;
  const words = await files.words(pair);
  let least: Pick<Mutation, 'before' | 'after'> = pair;
  for (const name of Object.keys(pair.after)) {
    const less = { before: without(least.before, name), after: without(least.after, name) };
    const isSame = causeOf(component, await files.words(less)) === causeOf(component, words);
    if (isSame) least = less;
  }
  const { before, after } = least;
  return { kind: 'mutation', release: files.plan.release.version, component, role, change, before, after, words };
}

function without(settings: Settings, name: string): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([other]) => other !== name));
}
