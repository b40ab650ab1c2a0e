import type { StackResult } from './deployment';
import type { TerraformEvent } from './terraform-events';

/** How far the deployment of a stack has come. */
export interface Progress {
  readonly planned: number;
  readonly done: number;
  /** Resources that Terraform is at, the latest last. */
  readonly current: readonly string[];
}

export const NOT_BEGUN: Progress = { planned: 0, done: 0, current: [] };

/** The progress after an event. */
export function advance(progress: Progress, event: TerraformEvent): Progress {
  const { planned, done, current } = progress;
  if ('action' in event && event.action === 'read') return progress;
  switch (event.type) {
    case 'planned':
      return { ...progress, planned: planned + stepsOf(event.action) };
    case 'started':
      return { ...progress, current: [...current, event.address] };
    case 'finished':
    case 'failed':
      return { planned, done: done + 1, current: current.filter((address) => address !== event.address) };
    default:
      return progress;
  }
}

/** Progress as a line: `12 of 40: aws_eks_cluster.Main and 3 more`. */
export function describeProgress({ planned, done, current }: Progress): string {
  if (planned === 0) return 'planning';
  const latest = current.at(-1);
  const more = current.length > 1 ? ` and ${current.length - 1} more` : '';
  return `${done} of ${planned}${latest === undefined ? '' : `: ${latest}${more}`}`;
}

/** What happened to a stack, as a line: `2 added, 1 changed in 12 s`. */
export function describeResult({ added, changed, destroyed, seconds }: StackResult): string {
  const counts = Object.entries({ added, changed, destroyed }).filter(([, count]) => count > 0);
  const what = counts.map(([word, count]) => `${count} ${word}`).join(', ');
  return `${what === '' ? 'nothing to change' : what} in ${seconds.toFixed(0)} s`;
}

/** Replacing a resource is destroying one and creating one. */
function stepsOf(action: string): number {
  return action === 'replace' ? 2 : action === 'noop' || action === 'read' ? 0 : 1;
}
