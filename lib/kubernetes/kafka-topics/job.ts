import type { IJob } from 'kubernetes-models/batch/v1/Job' with { 'resolution-mode': 'import' };
import type { IContainer } from 'kubernetes-models/v1/Container' with { 'resolution-mode': 'import' };
import type { IVolume } from 'kubernetes-models/v1/Volume' with { 'resolution-mode': 'import' };
import type { Placement } from '../../aws/node-pool';
import { Cpu, DataSize } from '../../core';
import type { PodLabels } from '../network-policy';
import { configured, oneTimeJob } from '../one-time-job';
import { placed, resourcesOf, RESTRICTED_CONTAINER, RESTRICTED_POD } from '../pods';
import { FILES } from './client';

export interface TopicsJob {
  /** Name of its objects. */
  readonly base: string;
  readonly labels: PodLabels;
  /** What is in the ConfigMap, `BROKERS` among it. */
  readonly files: Readonly<Record<string, string>>;
  /** The Secret with the rest of the files. @default - there is none */
  readonly filesSecret: string | undefined;
  readonly run: number;
  readonly placement: Placement | undefined;
}

/** The variable, and the member of the ConfigMap, that holds `host:port,host:port`. */
export const BROKERS = 'BOOTSTRAP_SERVERS';

/** Kafka's own image, for its tools; they talk to brokers from 2.1 on. @see https://hub.docker.com/r/apache/kafka */
const IMAGE = 'apache/kafka:4.1.2';
/** `appuser`. @see https://github.com/apache/kafka/blob/4.1/docker/jvm/Dockerfile */
const USER = 1000;
/** A tool takes 256 MiB of heap when nobody says less. */
const SIZE = { cpu: Cpu.millis(250), memory: DataSize.mib(512) };

/** Another job whenever the topics, or the way to them, are others, as far as the definition tells. */
export function topicsJob(props: TopicsJob): IJob {
  const { base, labels, files, run, placement } = props;
  return oneTimeJob({
    base,
    labels,
    input: [run, files],
    pod: {
      ...placed(placement),
      automountServiceAccountToken: false,
      securityContext: { ...RESTRICTED_POD, runAsUser: USER, runAsGroup: USER, fsGroup: USER },
      containers: [container(props)],
      volumes: [filesVolume(props), { name: 'tmp', emptyDir: {} }],
    },
  });
}

function container({ base }: TopicsJob): IContainer {
  return {
    name: 'topics',
    image: IMAGE,
    command: ['sh', `${FILES}/run.sh`, FILES],
    env: [
      configured(BROKERS, base),
      // The tools' start scripts would make a folder of the image's own, which is read-only here.
      { name: 'LOG_DIR', value: '/tmp' },
    ],
    resources: resourcesOf(SIZE),
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [
      { name: 'files', mountPath: FILES, readOnly: true },
      { name: 'tmp', mountPath: '/tmp' },
    ],
  };
}

/** One folder with what is secret and what is not. */
function filesVolume({ base, filesSecret }: TopicsJob): IVolume {
  const secret = filesSecret === undefined ? [] : [{ secret: { name: filesSecret } }];
  return { name: 'files', projected: { sources: [{ configMap: { name: base } }, ...secret] } };
}
