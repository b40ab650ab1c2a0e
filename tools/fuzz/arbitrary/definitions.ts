import fc, { type Arbitrary } from 'fast-check';
import { QUERY_TYPES, type TrinoRelease } from '../../../lib/trino';
import type { Expression } from '../expression';
import { catalogs } from './catalogs';
import { resourceGroups } from './resource-groups';
import { accessControl, authentication } from './security';
import {
  extraProperties,
  type Fields,
  gib,
  optional,
  pattern,
  rare,
  required,
  secret,
  size,
  time,
  together,
} from './values';

const memoryPolicy = rare({
  heapFraction: fc.integer({ min: 50, max: 85 }).map((share) => share / 100),
  headroomFraction: fc.integer({ min: 0, max: 60 }).map((share) => share / 100),
  maxMemoryPerNode: size(64, 800),
});

/** A node, and pods that it has room for. */
const role: Arbitrary<Fields> = fc.integer({ min: 4, max: 512 }).chain((memory) =>
  together(
    required({
      node: required({
        memory: fc.constant({ $size: `${memory}GB` }),
        cpu: fc.integer({ min: 2, max: 96 }).map((cores) => ({ $cpu: cores * 1000 })),
        ephemeralStorage: gib(60, 4000),
      }),
    }),
    rare({ memoryPolicy, memory: gib(2, memory - 1) }),
  ),
);

const workerCount = fc
  .tuple(fc.integer({ min: 0, max: 5 }), fc.nat({ max: 40 }))
  .map(([least, more]) => ({ min: Math.max(least, 1), max: Math.max(least, 1) + more }));

const limits = rare({
  maxExecutionTime: time(60, 86_400),
  maxRunTime: time(86_400, 200_000),
  maxPlanningTime: time(1, 3600),
  maxCpuTime: time(1, 1_000_000),
  maxScanPhysicalBytes: gib(1, 10_000),
  maxWritePhysicalSize: gib(1, 10_000),
  clientTimeout: time(1, 3600),
  requiredWorkers: fc.integer({ min: 1, max: 3 }),
  requiredWorkersMaxWait: time(360, 3600),
});

const exchange = together(
  required({
    baseDirectories: fc.constantFrom<Expression>(['s3://exchange'], ['s3://one/a', 's3://two']),
    region: fc.constant('eu-west-1'),
  }),
  optional({
    endpoint: fc.constant('http://s3:9000'),
    pathStyleAccess: fc.boolean(),
    expireAfter: fc.constant({ $time: '3d' }),
  }),
);

const spill = together(
  required({ volume: gib(1, 50) }),
  optional({
    maxPerQuery: size(100, 900),
    compression: fc.constantFrom('NONE', 'LZ4', 'ZSTD'),
    encryption: fc.boolean(),
    path: fc.constant('/mnt/spill'),
  }),
);

const tasks = together(
  required({ retryPolicy: fc.constant('TASK'), exchange }),
  optional({
    taskMemory: size(256, 8192),
    maxPartitionCount: fc.integer({ min: 1, max: 1000 }),
    retryAttempts: fc.nat({ max: 126 }),
    encryption: fc.boolean(),
  }),
);

const queries = together(
  required({ retryPolicy: fc.constant('QUERY') }),
  optional({ exchange, retryAttempts: fc.nat({ max: 200 }) }),
);

/** What happens to queries that outgrow memory or lose a worker. */
const resilience: Arbitrary<Fields> = fc.oneof(
  fc.constant({}),
  required({ spill }),
  required({ faultTolerance: fc.oneof(queries, tasks) }),
  required({ faultTolerance: queries, spill }),
);

const sessionDefault = together(
  rare({
    user: pattern,
    source: pattern,
    clientTags: fc.constant(['etl']),
    queryType: fc.constantFrom(...QUERY_TYPES),
    group: fc.constantFrom('.*', '.+'),
  }),
  required({
    sessionProperties: optional({
      query_max_execution_time: fc.constantFrom('5m', '1h'),
      query_max_memory: fc.constant('1GB'),
      join_distribution_type: fc.constant('PARTITIONED'),
      'hive.compression_codec': fc.constant('ZSTD'),
    }),
  }),
);

const audit = fc.oneof(
  together(
    required({ database: fc.constant(secret('audit-url')) }),
    optional({ port: fc.integer({ min: 1, max: 65535 }) }),
  ),
  required({
    database: together(
      required({
        host: fc.constant('db'),
        database: fc.constantFrom('audit', 'trino_audit'),
        username: fc.constantFrom<Expression>('trino', secret('audit-user')),
        password: fc.constant(secret('audit')),
      }),
      optional({ port: fc.integer({ min: 1, max: 65535 }), sslMode: fc.constantFrom('DISABLED', 'REQUIRED') }),
    ),
  }),
);

/** Definitions of platforms on one release; most of them are accepted by the library. */
export function definitions(release: TrinoRelease): Arbitrary<Expression> {
  const extra = extraProperties(release, 'server');
  return together(
    required({
      name: fc.constant('trino'),
      release: fc.constant({ $release: release.version }),
      environment: fc.stringMatching(/^[a-z0-9][_a-z0-9]{0,9}$/),
      coordinator: role,
      workers: together(role, workerCount, optional({ capacity: fc.constant('on-demand') })),
      catalogs: catalogs(release),
      clientTls: fc.constantFrom('load-balancer', 'coordinator').map(($tls) => ({ $tls })),
      sharedSecret: fc.constant(secret('shared')),
      secrets: fc.constant({ env: 'env', files: 'files' }),
      serviceAccount: fc.constant('trino'),
    }),
    rare({
      limits,
      drain: optional({
        gracePeriod: time(0, 300),
        user: fc.constantFrom('drain', 'ops.bot'),
        nodeDrain: fc.constant({ $time: '7d' }),
      }),
      resourceGroups: resourceGroups(release),
      sessionDefaults: fc.array(sessionDefault, { maxLength: 2 }),
      authentication,
      accessControl,
      audit,
      logLevels: fc.constantFrom<Expression>({ 'io.trino': 'DEBUG' }, { 'org.apache.kafka': 'WARN' }),
      extraProperties: rare({ all: extra, coordinator: extra, worker: extra }),
      heapDumps: gib(600, 700),
      prometheusUrl: fc.constant('http://prometheus:9090'),
    }),
    resilience,
  );
}
