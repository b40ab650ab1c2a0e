import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TrinoRelease } from '../../../lib/trino/release';
import {
  exporterSeries,
  type Metric,
  metricsOf,
  nativeName,
  resourceGroupMetrics,
  s3Metrics,
} from '../../../lib/trino/metrics';

/** `name type` of `/metrics` of a real Trino 476, by role: percentiles and other windows left out. */
const scraped = (role: string): ReadonlyMap<string, string> =>
  new Map(
    readFileSync(join(__dirname, `${role}-476.txt`), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(' ') as [string, string]),
  );
const SCRAPES = { coordinator: scraped('coordinator'), worker: scraped('worker') };
const T476 = TrinoRelease.of('476');

const missing = (metrics: Readonly<Record<string, Metric>>) =>
  Object.values(metrics).flatMap((metric) =>
    metric.roles
      .filter((role) => SCRAPES[role].get(nativeName(metric)) !== metric.kind)
      .map((role) => `${role}: ${metric.kind} ${nativeName(metric)}`),
  );

describe('names on /metrics', () => {
  test('every metric of 476 is on the real endpoint of its roles, with its kind', () => {
    expect(missing(metricsOf(T476))).toEqual([]);
  });

  test('those of a resource group and of the S3 client are, too', () => {
    expect(missing(resourceGroupMetrics('global'))).toEqual([]);
    expect(missing(s3Metrics('hive'))).toEqual([]);
  });

  test('summaries are named after their window', () => {
    expect(nativeName(metricsOf(T476).executionTime)).toBe(
      'trino_execution_name_QueryManager_ExecutionTime_FiveMinutes',
    );
  });

  test('fails when a name is not one of the endpoint: the comparison would see it', () => {
    const wrong: Metric = { ...metricsOf(T476).runningQueries, attribute: 'RunningQuery' };
    expect(missing({ wrong })).toEqual(['coordinator: gauge trino_execution_name_QueryManager_RunningQuery']);
  });

  test('480 counts nodes under another name and shows the heap', () => {
    const { activeNodes, ...others } = metricsOf(TrinoRelease.of('480'));
    expect(nativeName(activeNodes)).toBe('trino_node_name_CoordinatorNodeManager_ActiveNodeCount');
    expect(activeNodes.roles).toEqual(['coordinator']);
    expect(metricsOf(T476).activeNodes.roles).toEqual(['coordinator', 'worker']);
    expect('heapUsed' in others && nativeName(others.heapUsed)).toBe(
      'JMX_java_lang_TYPE_Memory_ATTRIBUTE_HeapMemoryUsage_used',
    );
    expect('heapUsed' in metricsOf(T476)).toBe(false);
  });
});

test('483 summarizes what nodes read of each other; before it the sum is a gauge', () => {
  const { exchangeBytes } = metricsOf(TrinoRelease.of('483'));
  expect([exchangeBytes.kind, nativeName(exchangeBytes)]).toEqual([
    'summary',
    'io_airlift_http_client_type_HttpClient_name_ForExchange_ReadBytes_AllTime',
  ]);
  expect(metricsOf(TrinoRelease.of('480')).exchangeBytes.kind).toBe('gauge');
});

describe('names of the JMX exporter', () => {
  const { runningQueries, failedQueries, clusterFreeMemory, executionTime } = metricsOf(T476);

  test('domain, first key and attribute make the name, the other keys are labels', () => {
    expect(exporterSeries(runningQueries)).toEqual({ name: 'trino_execution_QueryManager_RunningQueries', labels: {} });
    expect(exporterSeries(clusterFreeMemory)).toEqual({
      name: 'trino_memory_ClusterMemoryPool_FreeDistributedBytes',
      labels: { name: 'general' },
    });
  });

  test('collections are named after the collector: the JVM puts its name first', () => {
    expect(exporterSeries(metricsOf(T476).gcTime)).toEqual({
      name: 'java_lang_G1_Young_Generation_CollectionTime',
      labels: { type: 'GarbageCollector' },
    });
    expect(nativeName(metricsOf(T476).gcTime)).toBe(
      'JMX_java_lang_NAME_G1_Young_Generation_TYPE_GarbageCollector_ATTRIBUTE_CollectionTime',
    );
  });

  test('a counter is an attribute of its own, a summary one for each percentile', () => {
    expect(exporterSeries(failedQueries).name).toBe('trino_execution_QueryManager_FailedQueries_TotalCount');
    expect(exporterSeries(executionTime, 50).name).toBe('trino_execution_QueryManager_ExecutionTime_FiveMinutes_P50');
  });
});
