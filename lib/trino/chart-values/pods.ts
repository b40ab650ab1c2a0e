import type { DataSize } from '../../core';
import { type SecretFile, SECRET_FILES_DIRECTORY } from '../secret-text';
import type { ServerFiles } from '../server-part';
import type { TrinoRole } from '../trino-role';
import type { TrinoChartConfig } from './config';
import { tplObject } from './helm-template';
import { selectorLabels } from './names';
import type { PodSpecPart, ProbeValues, RoleValues, TextMap, WorkerValues } from './values';

/** A pod has ten minutes to start. */
const STARTUP_PROBE: ProbeValues = { periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 120 };

/** Two coordinators behind one Service answer each other's clients with "query not found": the old one goes first. */
const ONE_AT_A_TIME: PodSpecPart = { type: 'Recreate' };
/** Workers fill their nodes: a new one finds room only where an old one left. */
const INTO_FREED_ROOM: PodSpecPart = {
  type: 'RollingUpdate',
  rollingUpdate: { maxSurge: 0, maxUnavailable: '25%' },
};

export function coordinatorValues(config: TrinoChartConfig, server: ServerFiles): RoleValues {
  return roleValues(config, server, 'coordinator', ONE_AT_A_TIME);
}

export function workerValues(config: TrinoChartConfig, server: ServerFiles): WorkerValues {
  const { drain } = config;
  return {
    ...roleValues(config, server, 'worker', INTO_FREED_ROOM),
    lifecycle: tplObject({ preStop: { exec: { command: drain.preStop } } }),
    terminationGracePeriodSeconds: drain.terminationGracePeriod.toSeconds(),
    topologySpreadConstraints: zoneSpread(config),
  };
}

function roleValues(config: TrinoChartConfig, server: ServerFiles, role: TrinoRole, strategy: PodSpecPart): RoleValues {
  const { heap, headroom, maxMemoryPerNode } = config.memory[role];
  const pods = config[role];
  const volumes = volumesOf(config, server, role);
  return {
    deployment: { strategy },
    jvm: { maxHeapSize: heap.toJava(), minHeapSize: heap.toJava() },
    config: {
      query: { maxMemoryPerNode: maxMemoryPerNode.toTrino() },
      memory: { heapHeadroomPerNode: headroom.toTrino() },
    },
    additionalJVMConfig: heapDumpOptions(config.heapDumps),
    resources: resources(config, role),
    startupProbe: STARTUP_PROBE,
    nodeSelector: pods.nodeSelector ?? {},
    tolerations: pods.tolerations ?? [],
    ...(pods.priorityClassName === undefined ? {} : { priorityClassName: pods.priorityClassName }),
    annotations: tplObject(annotations(role, volumes)),
    additionalConfigFiles: tplObject(server.files[role]),
    additionalVolumes: tplObject(volumes.map(({ volume }) => volume)),
    additionalVolumeMounts: volumes.map(({ mount }) => mount),
  };
}

/** The last of two contrary options wins, and the chart's own is earlier: by itself it fills the container's disk. */
function heapDumpOptions(heapDumps: DataSize | undefined): readonly string[] {
  return heapDumps === undefined ? ['-XX:-HeapDumpOnOutOfMemoryError'] : [`-XX:HeapDumpPath=${HEAP_DUMPS}`];
}

const HEAP_DUMPS = '/heap-dumps';

function resources({ memory, spill, ...config }: TrinoChartConfig, role: TrinoRole): PodSpecPart {
  const size = memory[role].memory.toKubernetes();
  const disk = spill === undefined ? {} : { 'ephemeral-storage': spill[role].ephemeralStorage.toKubernetes() };
  return {
    requests: { cpu: config[role].cpu.toKubernetes(), memory: size, ...disk },
    limits: { memory: size, ...disk },
  };
}

interface MountedVolume {
  readonly volume: PodSpecPart;
  readonly mount: PodSpecPart;
  /** Whether the cluster autoscaler would keep the node for it. */
  readonly local: boolean;
}

function volumesOf({ spill, heapDumps, secrets }: TrinoChartConfig, server: ServerFiles, role: TrinoRole) {
  const files = server.secretFiles.filter(({ nodes = 'all' }) => nodes === 'all' || role === 'coordinator');
  return [
    ...(files.length === 0 ? [] : [secretVolume(secrets.files, files)]),
    ...(spill === undefined ? [] : [scratch(spill[role].name, spill[role].mountPath, spill[role].sizeLimit)]),
    ...(heapDumps === undefined ? [] : [scratch('heap-dumps', HEAP_DUMPS, heapDumps)]),
  ];
}

/** Only the files that the role reads. */
function secretVolume(secretName: string, files: readonly SecretFile[]): MountedVolume {
  const items = files.map(({ name }) => ({ key: name, path: name }));
  return {
    volume: { name: 'secret-files', secret: { secretName, items } },
    mount: { name: 'secret-files', mountPath: SECRET_FILES_DIRECTORY, readOnly: true },
    local: false,
  };
}

function scratch(name: string, mountPath: string, sizeLimit: DataSize): MountedVolume {
  const volume = { name, emptyDir: { sizeLimit: sizeLimit.toKubernetes() } };
  return { volume, mount: { name, mountPath }, local: true };
}

const AUTOSCALER = 'cluster-autoscaler.kubernetes.io';

/** A coordinator is never moved to save a node: every query would fail. What a worker keeps on its disk may be lost. */
function annotations(role: TrinoRole, volumes: readonly MountedVolume[]): TextMap {
  const local = volumes.filter((it) => it.local).map(({ mount }) => String(mount['name']));
  if (role === 'coordinator')
    return { [`${AUTOSCALER}/safe-to-evict`]: 'false', 'karpenter.sh/do-not-disrupt': 'true' };
  return local.length === 0 ? {} : { [`${AUTOSCALER}/safe-to-evict-local-volumes`]: local.join(',') };
}

/** `minDomains`: with no worker yet only the zones of existing nodes would count, and all workers land in one. */
function zoneSpread({ name, worker }: TrinoChartConfig): readonly PodSpecPart[] {
  const { zones = 1, strictZones = false } = worker;
  if (zones < 2) return [];
  return [
    {
      maxSkew: 1,
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable: strictZones ? 'DoNotSchedule' : 'ScheduleAnyway',
      labelSelector: { matchLabels: selectorLabels(name, 'worker') },
      ...(strictZones ? { minDomains: zones } : {}),
    },
  ];
}
