import type { Violation } from '../../core';
import type { Properties } from '../policy';
import type { TrinoRole } from '../trino-role';

/**
 * Lines of `config.properties` that the chart writes itself. A second line with one of these names would win without a
 * word, and some of them its health check reads back from the file.
 */

/** Written from values that the library sets: a policy may name them, and they become values. */
const FROM_VALUES = [
  'query.max-memory',
  'query.max-memory-per-node',
  'memory.heap-headroom-per-node',
  'http-server.authentication.type',
  'http-server.https.enabled',
  'http-server.https.port',
  'http-server.https.keystore.path',
];

/** Fixed by the chart, or by what the chart makes beside the file. */
const FIXED: Readonly<Record<string, string>> = {
  coordinator: 'the chart makes one coordinator and workers',
  'node-scheduler.include-coordinator': 'the coordinator plans and does no work of workers',
  'http-server.http.port': 'Services, probes and the drain use the port, and the health check reads it from the file',
  'http-server.http.enabled': 'probes and workers use plain HTTP, and the health check reads it from the file',
  'discovery.uri': "the chart points it to the coordinator's Service",
  'jmx.rmiregistry.port': 'remote JMX has no password: read metrics from /metrics',
  'jmx.rmiserver.port': 'remote JMX has no password: read metrics from /metrics',
  'node.environment': "it stands in node.properties: use the prop 'environment'",
  'node.id': 'each pod is called after itself',
  'node.data-dir': 'it stands in node.properties',
  'plugin.dir': 'it stands in node.properties',
};

/** The lines that are left for `coordinatorExtraConfig` and `workerExtraConfig`. */
export function linesBeyondChart(config: Properties): Properties {
  return Object.fromEntries(Object.entries(config).filter(([name]) => !FROM_VALUES.includes(name)));
}

/** Lines that nobody but the chart may write. */
export function fixedLineViolations(role: TrinoRole, config: Properties): readonly Violation[] {
  return Object.keys(config)
    .filter((name) => name in FIXED)
    .map((name) => ({
      path: `${role}.config.properties.${name}`,
      got: 'a line of its own',
      allowed: `the chart's line only: ${FIXED[name] ?? ''}`,
      fix: 'take it out',
    }));
}
