import fc from 'fast-check';
import { planTrino, type TrinoPlan, TrinoRelease } from '../../lib/trino';
import type { Judge } from '../property-sweep/judge';
import { definitions } from './arbitrary/definitions';
import { causeOf, type CounterExample, type RefusedDefinition } from './counter-example';
import { definitionOf, type Expression } from './expression';
import { type JudgedFile, judgePlan } from './judge-plan';
import { canMutate, mutateFile } from './mutate-file';

export interface FuzzOptions {
  readonly release: string;
  readonly judge: Judge;
  readonly seed: number;
  /** @default - no limit but that of definitions */
  readonly milliseconds?: number;
  /** @default - no limit but that of time */
  readonly definitions?: number;
  /** Called with each new counter-example, made as small as it gets. */
  readonly found?: (example: CounterExample) => void;
}

export interface FuzzResult {
  /** Definitions that were made up. */
  readonly definitions: number;
  /** Of these, what the library accepts. */
  readonly accepted: number;
  /** Files that the release's classes judged. */
  readonly files: number;
  /** Files for which the release has no classes here, by component. */
  readonly unjudged: readonly string[];
  /** Files with one thing changed, and how many of them the release refuses. */
  readonly mutations: number;
  readonly refusedMutations: number;
  readonly counterExamples: readonly CounterExample[];
}

/**
 * Makes up definitions until the time is over, or there are enough of them: what the library accepts, the release's own classes must accept; and what
 * they refuse after one change of a file, the library must refuse.
 */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const { seed, milliseconds = Infinity, definitions = Infinity } = options;
  const run = new Run(options);
  const end = Date.now() + milliseconds;
  const isOver = (): boolean => Date.now() >= end || run.result().definitions >= definitions;
  for (let round = 0; !isOver(); round++) {
    await run.round(seed + round, definitions - run.result().definitions, end - Date.now());
  }
  return run.result();
}

class Run {
  private readonly release: TrinoRelease;
  private readonly causes = new Set<string>();
  private readonly counterExamples: CounterExample[] = [];
  private readonly unjudged = new Set<string>();
  private readonly counts = { definitions: 0, accepted: 0, files: 0, mutations: 0, refusedMutations: 0 };

  public constructor(private readonly options: FuzzOptions) {
    this.release = TrinoRelease.of(options.release);
  }

  public result(): FuzzResult {
    return { ...this.counts, unjudged: [...this.unjudged].sort(), counterExamples: this.counterExamples };
  }

  /** Until a definition is refused by Trino, which is then made smaller, or until it is over. */
  public async round(seed: number, definitionsLeft: number, milliseconds: number): Promise<void> {
    const property = fc.asyncProperty(definitions(this.release), fc.nat(), async (definition, choice) => {
      const judged = await this.judged(definition);
      if (judged === undefined) return;
      const refused = this.newRefusal(judged.files);
      if (refused !== undefined) throw new Error(refused.file);
      await this.mutate(judged.plan, judged.files, choice);
    });
    const { counterexample } = await fc.check(property, {
      ...{ seed, numRuns: Math.min(definitionsLeft, Number.MAX_SAFE_INTEGER), markInterruptAsFailure: false },
      ...(Number.isFinite(milliseconds) ? { interruptAfterTimeLimit: milliseconds } : {}),
    });
    if (counterexample !== null) await this.keep(counterexample[0]);
  }

  private async judged(definition: Expression): Promise<{ plan: TrinoPlan; files: readonly JudgedFile[] } | undefined> {
    this.counts.definitions++;
    const plan = planned(definition);
    if (plan === undefined) return undefined;
    this.counts.accepted++;
    const files = await judgePlan(this.options.judge, plan);
    this.counts.files += files.filter(({ answer }) => answer !== undefined).length;
    files.filter(({ answer }) => answer === undefined).forEach(({ component }) => this.unjudged.add(component));
    return { plan, files };
  }

  private newRefusal(files: readonly JudgedFile[]): Omit<RefusedDefinition, 'definition'> | undefined {
    return files
      .map(({ role, name, text, answer = [] }) => ({ file: `${role}: ${name}`, text, words: answer }))
      .filter(({ file, words }) => words.length > 0 && !this.causes.has(causeOf(file, words)))
      .map((refused) => ({ kind: 'definition' as const, release: this.release.version, ...refused }))[0];
  }

  private async keep(definition: Expression): Promise<void> {
    const files = (await this.judged(definition))?.files ?? [];
    const refused = this.newRefusal(files);
    if (refused !== undefined) this.add({ ...refused, definition }, refused.file);
  }

  /** One change of one file; of the server's every second time, because most of what can be set stands there. */
  private async mutate(plan: TrinoPlan, files: readonly JudgedFile[], choice: number): Promise<void> {
    const usable = files.filter((file) => file.answer !== undefined && canMutate(plan, file));
    const preferred = choice % 2 === 0 ? usable.filter(({ component }) => component === 'server') : usable;
    const file = preferred[Math.floor(choice / 2) % preferred.length];
    if (file === undefined) return;
    const { refused, missed } = await mutateFile(this.options.judge, plan, file, choice);
    if (refused !== undefined) this.counts.mutations++;
    if (refused === true) this.counts.refusedMutations++;
    if (missed !== undefined) this.add(missed, missed.component);
  }

  private add(example: CounterExample, where: string): void {
    const cause = causeOf(where, example.words);
    if (this.causes.has(cause)) return;
    this.causes.add(cause);
    this.counterExamples.push(example);
    this.options.found?.(example);
  }
}

/** undefined when the library refuses the definition. */
export function planned(definition: Expression): TrinoPlan | undefined {
  try {
    return planTrino(definitionOf(definition));
  } catch (error) {
    if (error instanceof Error && error.name === 'ConfigError') return undefined;
    throw error;
  }
}
