import type { IJob } from 'kubernetes-models/batch/v1/Job' with { 'resolution-mode': 'import' };
import type { IEnvVar } from 'kubernetes-models/v1/EnvVar' with { 'resolution-mode': 'import' };
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec' with { 'resolution-mode': 'import' };
import { shortHash } from '../core';
import type { PodLabels } from './network-policy';

export interface OneTimeJob {
  /** First part of its name. */
  readonly base: string;
  readonly labels: PodLabels;
  /** Without anything that only Terraform knows: see `configured`. */
  readonly pod: IPodSpec;
  /** What it works on and its pod does not tell: another one is another job. @default - nothing */
  readonly input?: unknown;
}

/**
 * Pods that may fail again before the job has. The last one starts ten minutes after the first, which had a password that
 * was a while old, or a server that had not started yet.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy
 */
const RETRIES = 6;
/** Long enough for a node to start and for the pod to fetch what it needs. */
const DEADLINE_SECONDS = 840;

/**
 * Named by all that it does: a job cannot change, so another one is another job, which runs. Terraform waits for its end,
 * and no autoscaler takes its node meanwhile.
 */
export function oneTimeJob({ base, labels, pod, input }: OneTimeJob): IJob {
  const spec: NonNullable<IJob['spec']> = {
    backoffLimit: RETRIES,
    activeDeadlineSeconds: DEADLINE_SECONDS,
    template: {
      metadata: {
        labels: { ...labels },
        annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' },
      },
      spec: { restartPolicy: 'Never', ...pod },
    },
  };
  const name = `${base}-${shortHash(stable(JSON.stringify([input, spec])))}`;
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec };
}

/**
 * A variable of the pod whose value stands in a ConfigMap, under the same name. That is the place for what only Terraform
 * knows: its text may become another one while the name of the job stays, and the API refuses a job another pod.
 * @see https://github.com/kubernetes/kubernetes/blob/v1.35.0/pkg/apis/batch/validation/validation.go (ValidateJobSpecUpdate)
 */
export function configured(name: string, configMap: string): IEnvVar {
  return { name, valueFrom: { configMapKeyRef: { name: configMap, key: name } } };
}

/** What is known only when Terraform runs is numbered by the engine, and the numbers change with the rest of the stack. */
function stable(text: string): string {
  return text.replace(/\$\{TfToken\[[^\]]*\]\}/g, '');
}
