import { show, type Violation } from '../../core';
import { TRINO_ROLES } from '../trino-role';

/** A value that the chart reads and that breaks something, quietly or at once. */
interface RefusedValue {
  readonly path: string;
  readonly why: string;
  readonly fix: string;
}

/** Each is a trap of the chart 1.42.2 that others fell into. @see https://github.com/trinodb/charts/issues */
const REFUSED: readonly RefusedValue[] = [
  {
    path: 'nameOverride',
    why: 'it is part of the labels that a Deployment can never change, and budgets look for them',
    fix: "leave it out; the prop 'name' names everything",
  },
  {
    path: 'additionalConfigProperties',
    why: 'it reaches workers, too, and a property that only a coordinator knows stops them',
    fix: "use the prop 'extraProperties', which sends each line where it is known",
  },
  {
    path: 'server.config.path',
    why: 'the image looks in /etc/trino, whatever is written here',
    fix: 'leave it out',
  },
  {
    path: 'server.keda.annotations',
    why: 'the chart fails to render with a map',
    fix: 'annotate the ScaledObject with a tool of the cluster',
  },
  {
    path: 'worker.gracefulShutdown.enabled',
    why: "its rules refuse every scrape of /metrics, and it cannot be together with the library's own drain",
    fix: 'leave it out: workers are drained already',
  },
  {
    path: 'auth.passwordAuth',
    why: 'the file would stand in the values, in the state of Terraform and in the release',
    fix: 'use Authenticator.passwordFile({ users: SecretRef })',
  },
  {
    path: 'auth.groups',
    why: 'the file would stand in the values, in the state of Terraform and in the release',
    fix: 'use GroupProvider.file({ groups: SecretRef })',
  },
  {
    path: 'eventListenerProperties',
    why: 'it writes the listener to workers, too, which never load it',
    fix: "use the prop 'audit'",
  },
  {
    path: 'additionalCatalogs',
    why: 'it is deprecated, and loses against a catalog of the same name',
    fix: 'add a catalog',
  },
  {
    path: 'shareProcessNamespace.worker',
    why: 'the drain waits for the first process of the container, which is another one then',
    fix: 'leave it out',
  },
  {
    path: 'jmx.enabled',
    why: 'remote JMX has neither password nor encryption',
    fix: 'read metrics from /metrics: every node has them',
  },
  {
    path: 'serviceMonitor.enabled',
    why: 'it looks for the port of the exporter, which is not there',
    fix: 'use a PodMonitor for the port http and the path /metrics',
  },
  {
    path: 'service.annotations',
    why: 'they are put on the Service of the workers, too',
    fix: 'make a Service or an Ingress of your own for the coordinator',
  },
  {
    path: 'service.port',
    why: 'probes, the drain, metrics and every address that is handed out use 8080',
    fix: 'leave it out',
  },
  {
    path: 'kafka.mountPath',
    why: 'Kafka catalogs look for their descriptions in /etc/trino/schemas',
    fix: 'leave it out',
  },
  {
    path: 'coordinator.config.nodeScheduler.includeCoordinator',
    why: 'a coordinator that works for queries has no memory left to plan others',
    fix: 'leave it out: workers do the work',
  },
  {
    path: 'coordinator.deployment.strategy',
    why: 'two coordinators behind one Service lose queries',
    fix: 'leave it out: the coordinator is replaced by Recreate',
  },
];

/** Values that the library sets from a prop, and checks against whatever depends on them. */
const MANAGED: Readonly<Record<string, string>> = {
  fullnameOverride: 'name',
  'server.workers': 'workerCount',
  'server.autoscaling': 'workerCount',
  'server.keda.enabled': 'workerCount',
  'server.keda.minReplicaCount': 'workerCount',
  'server.keda.maxReplicaCount': 'workerCount',
  'server.keda.triggers': 'workerCount',
  'server.node.environment': 'server.environment',
  'server.config.authenticationType': 'server.authentication',
  'server.config.https': 'server.clientTls',
  'server.config.query.maxMemory': 'memory',
  'server.coordinatorExtraConfig': 'server.extraProperties',
  'server.workerExtraConfig': 'server.extraProperties',
  'coordinator.jvm.maxHeapSize': 'memory',
  'coordinator.jvm.minHeapSize': 'memory',
  'coordinator.jvm.maxHeapPercent': 'memory',
  'coordinator.config.query.maxMemoryPerNode': 'memory',
  'coordinator.config.memory.heapHeadroomPerNode': 'memory',
  'worker.jvm.maxHeapSize': 'memory',
  'worker.jvm.minHeapSize': 'memory',
  'worker.jvm.maxHeapPercent': 'memory',
  'worker.config.query.maxMemoryPerNode': 'memory',
  'worker.config.memory.heapHeadroomPerNode': 'memory',
  'worker.lifecycle': 'drain',
  'worker.terminationGracePeriodSeconds': 'drain',
  accessControl: 'server.accessControl',
  resourceGroups: 'resourceGroups',
  sessionProperties: 'sessionDefaults',
  catalogs: 'catalogs',
};

/** Values that a user adds by hand and that the library cannot allow; `false` and empty ones change nothing. */
export function refusedValueViolations(extraValues: object): readonly Violation[] {
  const managed = Object.entries(MANAGED).map(([path, prop]) => ({
    path,
    why: 'the library sets it, and checks it against what depends on it',
    fix: `use the prop '${prop}'`,
  }));
  return [
    ...[...REFUSED, ...managed].flatMap(({ path, why, fix }) => {
      const value = at(extraValues, path.split('.'));
      return isEmpty(value) ? [] : [{ path, got: shown(path, value), allowed: `nothing: ${why}`, fix }];
    }),
    ...zeroProbes(extraValues),
    ...roleOverrides(extraValues),
  ];
}

function at(values: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined),
    values,
  );
}

/** What somebody wrote where passwords belong is not repeated. */
function shown(path: string, value: unknown): string {
  return path.startsWith('auth.') ? 'a file in plain text' : show(value);
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];

/** The chart takes its own default for 0. */
function zeroProbes(extraValues: object): readonly Violation[] {
  return TRINO_ROLES.flatMap((role) =>
    PROBES.flatMap((probe) =>
      Object.entries(at(extraValues, [role, probe]) ?? {})
        .filter(([, value]) => value === 0)
        .map(([key]) => ({
          path: `${role}.${probe}.${key}`,
          got: '0',
          allowed: "a number from 1: the chart reads 0 as 'not set'",
          fix: 'write 1, or leave it out',
        })),
    ),
  );
}

/** `jmx` and `serviceMonitor` are merged in such a way that a role cannot take back what is on for all. */
function roleOverrides(extraValues: object): readonly Violation[] {
  return ['jmx', 'serviceMonitor'].flatMap((section) =>
    TRINO_ROLES.filter((role) => at(extraValues, [section, role, 'enabled']) === false).map((role) => ({
      path: `${section}.${role}.enabled`,
      got: 'false',
      allowed: 'true or nothing: false cannot take back a true above it',
      fix: `leave ${section}.enabled out and set it to true for the other role`,
    })),
  );
}
