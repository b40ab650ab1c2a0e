import { kubernetesBinaries, reasonAgainstKubernetes } from '../../../local/kubernetes/binaries';

/** Before the first test file, so that two of them do not build the same. Says in one line why nothing can run. */
export default async function buildOnce(): Promise<void> {
  const reason = reasonAgainstKubernetes();
  if (reason !== undefined) process.stderr.write(`skipped: a real Kubernetes: ${reason}\n`);
  else await kubernetesBinaries((line) => process.stderr.write(`${line}\n`));
}
