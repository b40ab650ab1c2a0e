import type { StackResult } from './deployment';
import { NotReachedError } from './schedule';

/** What became of the stacks of a deployment. */
export interface Outcome {
  readonly results: readonly StackResult[];
  /** Why stacks failed, one text each; a stack that only waited for one of these is not among them. */
  readonly failures: readonly string[];
}

/** Waits until every stack is through, whatever happens to the others. */
export async function outcomeOf(results: ReadonlyMap<string, Promise<StackResult>>): Promise<Outcome> {
  const settled = await Promise.allSettled(results.values());
  const stacks = [...results.keys()];
  return {
    results: settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
    failures: settled.flatMap((result, index) =>
      result.status === 'rejected' ? failureText(stacks[index] ?? '', result.reason) : [],
    ),
  };
}

function failureText(stack: string, reason: unknown): readonly string[] {
  if (reason instanceof NotReachedError) return [];
  return [`${stack}: ${reason instanceof Error ? reason.message : String(reason)}`];
}
