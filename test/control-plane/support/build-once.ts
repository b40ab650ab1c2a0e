import { CHART_NAMES } from '../../../lib/kubernetes/charts';
import { kubernetesBinaries, reasonAgainstKubernetes } from '../../../local/kubernetes/binaries';
import { reportMissing } from './charts';

/**
 * Before the first test file, so that two of them do not build the same. Says what will not run, and why: in a line when
 * nothing can, and in one when charts of others are not at hand.
 */
export default async function buildOnce(): Promise<void> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const reason = reasonAgainstKubernetes();
  if (reason === undefined) {
    reportMissing(['trino', ...CHART_NAMES], say);
    await kubernetesBinaries(say);
  } else {
    say(`skipped: a real Kubernetes: ${reason}`);
  }
}
