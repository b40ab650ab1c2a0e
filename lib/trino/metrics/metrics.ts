import type { TrinoRelease } from '../release';
import { bean, COORDINATOR, EVERY_NODE, type Metric } from './metric';

const QUERIES = bean('trino.execution:name=QueryManager', COORDINATOR);
const CLUSTER_POOL = bean('trino.memory:type=ClusterMemoryPool,name=general', COORDINATOR);
const NODE_POOL = bean('trino.memory:type=MemoryPool,name=general', EVERY_NODE);
const TASKS = bean('trino.execution:name=SqlTaskManager', EVERY_NODE);
const SLOTS = bean('trino.execution.executor.dedicated:name=ThreadPerDriverTaskExecutor', EVERY_NODE);
// The JVM puts the name first, by which the JMX exporter names the series.
const YOUNG_GC = bean('java.lang:name=G1 Young Generation,type=GarbageCollector', EVERY_NODE);
const HEAP = bean('java.lang:type=Memory', EVERY_NODE);
const SIZE_MONITOR = bean('trino.execution:name=ClusterSizeMonitor', COORDINATOR);
const MEMORY_MANAGER = bean('trino.memory:name=ClusterMemoryManager', COORDINATOR);
const SPILL = bean('trino.spiller:name=SpillerStats', EVERY_NODE);
const EXCHANGE = bean('io.airlift.http.client:type=HttpClient,name=ForExchange', EVERY_NODE);
const SYSTEM = bean('java.lang:type=OperatingSystem', EVERY_NODE);

/** Metrics that have the same name in every release the library knows. */
const COMMON = {
  runningQueries: QUERIES.gauge('RunningQueries', 'queries', 'queries that run now'),
  queuedQueries: QUERIES.gauge('QueuedQueries', 'queries', 'queries that wait now'),
  blockedQueries: QUERIES.gauge('FullyBlockedQueries', 'queries', 'queries none of whose tasks can go on'),
  submittedQueries: QUERIES.counter('SubmittedQueries', 'queries', 'queries that clients sent'),
  startedQueries: QUERIES.counter('StartedQueries', 'queries', 'queries that left the queue'),
  completedQueries: QUERIES.counter('CompletedQueries', 'queries', 'queries that ended, failed ones included'),
  failedQueries: QUERIES.counter('FailedQueries', 'queries', 'queries that failed for any reason'),
  userFailures: QUERIES.counter('UserErrorFailures', 'queries', 'failures for which the query is to blame'),
  internalFailures: QUERIES.counter('InternalFailures', 'queries', 'failures of Trino'),
  externalFailures: QUERIES.counter('ExternalFailures', 'queries', 'failures of a system behind a catalog'),
  resourceFailures: QUERIES.counter('InsufficientResourcesFailures', 'queries', 'failures for want of memory or time'),
  executionTime: QUERIES.summary('ExecutionTime.FiveMinutes', 'milliseconds', 'how long recent queries ran'),
  queuedTime: QUERIES.summary('QueuedTime.FiveMinutes', 'milliseconds', 'how long recent queries waited'),
  requiredWorkers: SIZE_MONITOR.gauge('RequiredWorkers', 'nodes', 'workers that a waiting query needs to start'),
  clusterFreeMemory: CLUSTER_POOL.gauge('FreeDistributedBytes', 'bytes', 'memory queries can still take, all workers'),
  clusterReservedMemory: CLUSTER_POOL.gauge('ReservedDistributedBytes', 'bytes', 'memory queries hold, all workers'),
  clusterTotalMemory: CLUSTER_POOL.gauge('TotalDistributedBytes', 'bytes', 'memory for queries, all workers'),
  blockedNodes: CLUSTER_POOL.gauge('BlockedNodes', 'nodes', 'workers whose memory pool is full'),
  memoryKills: MEMORY_MANAGER.gauge('QueriesKilledDueToOutOfMemory', 'queries', 'queries killed for their memory'),
  nodeFreeMemory: NODE_POOL.gauge('FreeBytes', 'bytes', 'memory queries can still take on this node'),
  nodeReservedMemory: NODE_POOL.gauge('ReservedBytes', 'bytes', 'memory queries hold on this node'),
  nodeMaxMemory: NODE_POOL.gauge('MaxBytes', 'bytes', 'memory for queries on this node'),
  spilledBytes: SPILL.gauge('TotalSpilledBytes', 'bytes', 'bytes spilled to disk since the start'),
  failedTasks: TASKS.counter('FailedTasks', 'tasks', 'tasks that failed on this node'),
  taskInput: TASKS.counter('InputDataSize', 'bytes', 'bytes that tasks of this node read'),
  taskOutput: TASKS.counter('OutputDataSize', 'bytes', 'bytes that tasks of this node gave on'),
  runningSplits: SLOTS.gauge('TotalRunningSplits', 'splits', 'splits that run on this node'),
  totalSlots: SLOTS.gauge('ConcurrencyControlTotalSlots', 'splits', 'splits that can run at once on this node'),
  availableSlots: SLOTS.gauge('ConcurrencyControlAvailableSlots', 'splits', 'splits that could still start here'),
  gcTime: YOUNG_GC.gauge('CollectionTime', 'milliseconds', 'time in young collections since the start'),
  gcCount: YOUNG_GC.gauge('CollectionCount', 'collections', 'young collections since the start'),
  processCpu: SYSTEM.gauge('ProcessCpuLoad', 'share', "share of the pod's processors that Trino uses"),
} as const satisfies Record<string, Metric>;

/** Before it, attributes that are records of numbers are not exported, so there is no heap on `/metrics`. */
const RECORDS_SINCE = '480';
/** The object that counts nodes has another name before it, and workers have it, too. */
const NODE_OBJECT_SINCE = '480';
/** Since it, distributions are summaries: their `_sum` is what was a gauge before. */
const DISTRIBUTIONS_SINCE = '483';

/** All metrics of a release, by what they are for. The two of the heap are not there before 480. */
export function metricsOf(release: TrinoRelease) {
  return {
    ...COMMON,
    ...nodeMetrics(release.isAtLeast(NODE_OBJECT_SINCE)),
    exchangeBytes: exchangeBytes(release.isAtLeast(DISTRIBUTIONS_SINCE)),
    ...(release.isAtLeast(RECORDS_SINCE) ? HEAP_METRICS : {}),
  };
}

function nodeMetrics(renamed: boolean) {
  const nodes = renamed
    ? bean('trino.node:name=CoordinatorNodeManager', COORDINATOR)
    : bean('trino.metadata:name=DiscoveryNodeManager', EVERY_NODE);
  return {
    activeNodes: nodes.gauge('ActiveNodeCount', 'nodes', 'nodes that are up, the coordinator included'),
    drainingNodes: nodes.gauge('DrainingNodeCount', 'nodes', 'workers that finish their tasks and can come back'),
    shuttingDownNodes: nodes.gauge('ShuttingDownNodeCount', 'nodes', 'workers that finish their tasks and leave'),
    inactiveNodes: nodes.gauge('InactiveNodeCount', 'nodes', 'workers that the coordinator does not hear'),
  };
}

function exchangeBytes(summarized: boolean): Metric {
  const meaning = 'bytes read from other nodes since the start';
  return summarized
    ? EXCHANGE.summary('ReadBytes.AllTime', 'bytes', `${meaning}, answer by answer`)
    : EXCHANGE.gauge('ReadBytes.AllTime.Total', 'bytes', meaning);
}

const HEAP_METRICS = {
  heapUsed: HEAP.gauge('HeapMemoryUsage.used', 'bytes', 'heap in use, garbage included'),
  heapMax: HEAP.gauge('HeapMemoryUsage.max', 'bytes', 'the most that the heap can be'),
};

/** Numbers of one resource group that has `jmxExport`; they appear with its first query. */
export function resourceGroupMetrics(group: string) {
  const groupBean = bean(`trino.execution.resourcegroups:type=InternalResourceGroup,name=${group}`, COORDINATOR);
  return {
    running: groupBean.gauge('RunningQueries', 'queries', `queries of ${group} that run now`),
    queued: groupBean.gauge('QueuedQueries', 'queries', `queries of ${group} that wait now`),
    memory: groupBean.gauge('MemoryUsageBytes', 'bytes', `memory that queries of ${group} hold`),
  };
}

/** Numbers of the S3 client of one catalog. */
export function s3Metrics(catalog: string) {
  const s3 = bean(`io.trino.filesystem.s3:type=S3FileSystemStats,name=${catalog}`, EVERY_NODE);
  return {
    connections: s3.gauge('HttpClientStats.LeasedConcurrency', 'requests', 'connections to S3 in use'),
    waiting: s3.gauge('HttpClientStats.PendingConcurrencyAcquires', 'requests', 'requests that wait for one'),
    throttled: s3.gauge('Total.ThrottlingExceptions.TotalCount', 'requests', 'times S3 said to slow down'),
  };
}

/** The JMX objects that `/metrics` has to be told to show: Trino shows only its own by itself. */
export const JMX_OBJECTS: readonly string[] = [
  'java.lang:type=Memory',
  'java.lang:type=GarbageCollector,*',
  'java.lang:type=OperatingSystem',
  'java.lang:type=Threading',
  'io.trino.filesystem.s3:*',
];
