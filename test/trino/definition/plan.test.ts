import fc from 'fast-check';
import { Cpu, DataSize, Duration, SecretRef } from '../../../lib/core';
import {
  AccessControl,
  type CatalogConfig,
  definitionViolations,
  planTrino,
  sessionLimits,
  TrinoRelease,
} from '../../../lib/trino';
import { definition, EXCHANGE, NODE } from './sample';

test('a definition of nodes and catalogs is enough: all files of both roles, accepted by the release', () => {
  const { files, env } = planTrino(definition()).chart;
  expect(Object.keys(files.coordinator)).toEqual(
    expect.arrayContaining(['config.properties', 'jvm.config', 'catalog/lake.properties', 'catalog/shop.properties']),
  );
  expect(files.worker['config.properties']).toContain('coordinator=false');
  expect(env.map(({ name }) => name)).toContain('CATALOG_SHOP_CONNECTION_PASSWORD');
});

test('one pod fills its node, less what daemon sets take', () => {
  const { memory } = planTrino(definition());
  expect(memory.worker.memory.toKubernetes()).toBe('60672Mi');
  expect(memory.worker.fit?.podsPerNode).toBe(1);
});

test('CPU, too, limits how many pods a node takes, and what of its memory nobody can use is told', () => {
  const workers = { node: NODE, min: 1, max: 2, memory: DataSize.gib(28) };
  const { memory } = planTrino(definition({ workers: { ...workers, cpu: Cpu.cores(3) } }));
  expect(memory.worker.fit?.podsPerNode).toBe(2);
  const alone = planTrino(definition({ workers: { ...workers, cpu: Cpu.cores(5) } }));
  expect(alone.memory.worker.fit?.podsPerNode).toBe(1);
  expect(alone.cautions.map(({ path }) => path)).toContain('workers.memory');
});

test('a worker that is told its memory keeps it', () => {
  const workers = { node: NODE, min: 1, max: 2, memory: DataSize.gib(24), cpu: Cpu.cores(3) };
  const { memory, chart } = planTrino(definition({ workers }));
  expect(memory.worker.memory.equals(DataSize.gib(24))).toBe(true);
  expect(chart.values.worker.resources).toMatchObject({ requests: { cpu: '3', memory: '24Gi' } });
});

test('whatever the nodes and the number of workers, what is planned is accepted', () => {
  const nodes = fc.record({ gib: fc.integer({ min: 8, max: 1500 }), cores: fc.integer({ min: 2, max: 192 }) });
  fc.assert(
    fc.property(
      nodes,
      fc.integer({ min: 1, max: 100 }),
      fc.constantFrom('476', '480', '481', '483'),
      (size, max, version) => {
        const release = TrinoRelease.of(version);
        const node = { ...NODE, memory: DataSize.gib(size.gib), cpu: Cpu.cores(size.cores) };
        const sized = definition({ release, coordinator: { node }, workers: { node, min: 1, max } });
        expect(definitionViolations(sized)).toEqual([]);
        expect(() => planTrino(sized)).not.toThrow();
      },
    ),
    { numRuns: 60 },
  );
});

describe('who owns the number of workers', () => {
  test('KEDA, where Prometheus is known; its triggers ask for the coordinator', () => {
    const plan = planTrino(
      definition({ prometheusUrl: 'http://prometheus:9090', seriesLabels: { namespace: 'trino' } }),
    );
    expect(plan.chart.values.server).toMatchObject({ keda: { enabled: true, minReplicaCount: 1, maxReplicaCount: 6 } });
    expect(JSON.stringify(plan.scaling?.triggers)).toContain('trino_execution_name_QueryManager_RunningQueries');
  });

  test("the chart's own autoscaler by CPU, where it is not", () => {
    const { values } = planTrino(definition()).chart;
    expect(values.server).toMatchObject({
      workers: 1,
      autoscaling: { enabled: true, maxReplicas: 6, targetCPUUtilizationPercentage: 70 },
    });
  });

  test('it scales as it is told, and lets no worker go before the load was low for a drain', () => {
    const { server } = planTrino(definition({ scaling: { cpuUtilization: 90 } })).chart.values;
    expect(server.autoscaling).toMatchObject({
      targetCPUUtilizationPercentage: 90,
      behavior: { scaleDown: { stabilizationWindowSeconds: 3600 } },
    });
  });

  test('fails when it is told what only Prometheus knows, or no share of the CPU', () => {
    const scaling = { cpuUtilization: -5, runningPerWorker: 1 };
    const refused = ['scaling.runningPerWorker', 'scaling.cpuUtilization'];
    for (const min of [1, 6]) {
      const found = definitionViolations(definition({ scaling, workers: { node: NODE, min, max: 6 } }));
      expect(found.map(({ path }) => path).sort()).toEqual(refused.sort());
    }
    expect(definitionViolations(definition({ scaling: { runningPerWorker: 1 }, prometheusUrl: 'http://p' }))).toEqual(
      [],
    );
  });

  test('nobody, where it never changes', () => {
    const { values } = planTrino(definition({ workers: { node: NODE, min: 3, max: 3 } })).chart;
    expect(values.server).toMatchObject({ workers: 3 });
    expect(values.server).toMatchObject({ autoscaling: { enabled: false }, keda: { enabled: false } });
  });
});

test('fails when a property is no text, which no file can hold', () => {
  const all = { 'query.max-length': 100_000 as unknown as string, 'query.max-history': '50' };
  const found = definitionViolations(definition({ extraProperties: { all } }));
  expect(found.map(({ path }) => path)).toEqual(['extraProperties.all.query.max-length']);
});

test('fails when workers may all sleep and nobody can ask for the first one', () => {
  expect(() => planTrino(definition({ workers: { node: NODE, min: 0, max: 2 } }))).toThrow(/workers\.min: got 0/);
});

describe('parts that must agree', () => {
  test('spot workers with retries by task and an exchange are planned, and drain within the notice', () => {
    const plan = planTrino(
      definition({
        workers: { node: NODE, min: 0, max: 6, capacity: 'spot' },
        faultTolerance: { retryPolicy: 'TASK', exchange: EXCHANGE },
        prometheusUrl: 'http://prometheus:9090',
      }),
    );
    expect(plan.drain.terminationGracePeriod.isGreaterThan(Duration.seconds(120))).toBe(false);
    expect(plan.chart.files.worker['exchange-manager.properties']).toContain('s3://acme-dev-exchange');
  });

  test('fails when workers are on spot and nothing is retried', () => {
    const spot = definition({ workers: { node: NODE, min: 1, max: 6, capacity: 'spot' } });
    expect(() => planTrino(spot)).toThrow(/faultTolerance: got nothing, on spot workers/);
  });

  test('fails when a session has a default that the release does not know', () => {
    const sessionDefaults = [{ sessionProperties: sessionLimits({ maxWritePhysicalSize: DataSize.gib(1) }) }];
    const paths = (version: string) =>
      definitionViolations(definition({ release: TrinoRelease.of(version), sessionDefaults })).map(({ path }) => path);
    expect(paths('476')).toEqual(['sessionDefaults[0].sessionProperties']);
    expect(paths('480')).toEqual([]);
  });

  test('fails when a session has a default of a catalog that is not there', () => {
    const of = (name: string) => definition({ sessionDefaults: [{ sessionProperties: { [name]: 'ZSTD' } }] });
    expect(() => planTrino(of('lake.compression_codec'))).not.toThrow();
    expect(() => planTrino(of('lakes.compression_codec'))).toThrow(
      /sessionDefaults\[0\].*got 'lakes.compression_codec'/,
    );
  });

  test('fails when nobody may set what a session has by default; who may is not always known, and told', () => {
    const sessionProperties = { query_priority: '1' };
    const of = (entry: object, accessControl?: AccessControl) =>
      definition({
        sessionDefaults: [{ sessionProperties, ...entry }],
        ...(accessControl === undefined ? {} : { accessControl }),
      });
    const rules = AccessControl.rules({
      system_session_properties: [{ group: 'admins', allow: true }, { allow: false }],
    });
    const path = 'sessionDefaults[0].sessionProperties.query_priority';
    expect(definitionViolations(of({}, rules)).map((found) => found.path)).toEqual([path]);
    expect(planTrino(of({ source: 'dbt' }, rules)).cautions.map((found) => found.path)).toContain(path);
    expect(planTrino(of({})).cautions.map((found) => found.path)).not.toContain(path);
    expect(definitionViolations(of({}, AccessControl.builtIn('read-only')))).toEqual([]);
  });

  test('fails with every part that is wrong at once, each under its name', () => {
    const wrong = definition({
      workers: { node: NODE, min: 4, max: 2, memory: DataSize.gib(100) },
      limits: { maxExecutionTime: Duration.hours(2), maxRunTime: Duration.hours(1) },
      spill: { volume: DataSize.tib(2) },
      catalogs: [{ name: 'Lake', config: { connector: 'hive', properties: { 'hive.s3.max-connections': '5' } } }],
    });
    const paths = definitionViolations(wrong).map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'workers.min',
        'workers.memory',
        'limits.maxExecutionTime',
        expect.stringMatching(/^spill\./),
        'catalogs.Lake',
        expect.stringMatching(/^catalogs\.Lake\.hive\.s3/),
      ]),
    );
  });
});

describe('what needs no plan is told with everything else, under the name that it was given by', () => {
  const violations = (changes: Parameters<typeof definition>[0]) =>
    definitionViolations(definition(changes)).map(({ path }) => path);

  test('fails with all of it at once', () => {
    const wrong = violations({
      environment: 'dev-1',
      limits: { requiredWorkers: 99 },
      authentication: { authenticators: [] },
      accessControl: AccessControl.rules({ catalogs: [{ user: '(', allow: 'all' }] }),
      extraProperties: {
        all: { 'query.max-lenght': '5' },
        coordinator: { 'query.max-history': 'many' },
        worker: { 'web-ui.enabled': 'false' },
      },
      extraValues: { foo: 1 },
    });
    expect(wrong).toEqual([
      'limits.requiredWorkers',
      'environment',
      'authentication.authenticators',
      'accessControl.catalogs[0].user',
      'extraProperties.all.query.max-lenght',
      'extraProperties.coordinator.query.max-history',
      'extraProperties.worker.web-ui.enabled',
      'extraValues.foo',
    ]);
  });

  test('a line for all goes to those that know it, and lines may need others that the files have', () => {
    const all = { 'web-ui.enabled': 'false', 'http-server.https.port': '8443' };
    expect(violations({ extraProperties: { all, worker: { 'task.concurrency': '8' } } })).toEqual([]);
    expect(violations({ accessControl: AccessControl.rules({}), extraValues: { worker: { labels: {} } } })).toEqual([]);
  });
});

test('every number that is planned has its reason, and nothing in the files is a secret', () => {
  const plan = planTrino(definition());
  const reasons = plan.reasons.flatMap((part) => part.reasons);
  expect(plan.reasons.map(({ part }) => part)).toEqual([
    'coordinator',
    'worker',
    'memory',
    'limits',
    'drain',
    'scaling',
  ]);
  expect(reasons.map(({ name }) => name)).toEqual(expect.arrayContaining(['query.max-memory', '-Xmx']));
  expect(reasons.every(({ reason, value }) => reason.length > 10 && value.length > 0)).toBe(true);
  expect(JSON.stringify(plan.chart.files)).toContain('${ENV:CATALOG_SHOP_CONNECTION_PASSWORD}');
});

test.each<[string, CatalogConfig]>([
  ['Kafka', { connector: 'kafka', properties: { 'kafka.nodes': 'b-1:9092', 'kafka.table-names': 'default.orders' } }],
  [
    'MySQL without transactions',
    {
      connector: 'mysql',
      properties: {
        ...{ 'connection-url': 'jdbc:mysql://db:3306', 'connection-user': 'trino' },
        ...{ 'connection-password': SecretRef.of('db', 'p'), 'insert.non-transactional-insert.enabled': 'true' },
      },
    },
  ],
])('%s is read while retries are on, and whoever writes to it is warned', (_, config) => {
  const catalogs = [{ name: 'events', config }];
  const retried = definition({ catalogs, faultTolerance: { retryPolicy: 'TASK', exchange: EXCHANGE } });
  expect(planTrino(retried).cautions.map(({ path }) => path)).toContain('catalogs.events');
  expect(planTrino(definition({ catalogs })).cautions.map(({ path }) => path)).not.toContain('catalogs.events');
});

test('queries that a session lets run longer, or wait for more workers, are drained, kept and waited for, too', () => {
  const sessionProperties = sessionLimits({ maxExecutionTime: Duration.hours(30), requiredWorkers: 3 });
  const long = definition({
    sessionDefaults: [{ source: 'etl', sessionProperties }],
    workers: { node: NODE, min: 1, max: 4 },
    prometheusUrl: 'http://prometheus.monitoring:9090',
  });
  const { drain, scaling } = planTrino(long);
  expect(drain.longestTask.toString()).toBe('1d6h');
  expect(scaling?.triggers.map(({ metadata }) => metadata['query'])).toContainEqual(
    expect.stringContaining('RequiredWorkers'),
  );
  const exchange = { ...EXCHANGE, expireAfter: Duration.days(1) };
  const retried = { ...long, faultTolerance: { retryPolicy: 'TASK' as const, exchange } };
  expect(definitionViolations(retried).map(({ path }) => path)).toEqual(['faultTolerance.exchange.expireAfter']);
});
