import { Cpu, SecretRef, toHelmValues } from '../../lib/core';
import { AccessControl, can, workerAccessRules } from '../../lib/trino/access-control';
import { Authenticator } from '../../lib/trino/authentication';
import { renderCatalog } from '../../lib/trino/catalog-config';
import { chartNames, selectorLabels, toChartValues, type TrinoChartConfig } from '../../lib/trino/chart-values';
import { ClientTls } from '../../lib/trino/client-tls';
import { kafkaTableViolations, type KafkaTable, metastoreCautions } from '../../lib/trino/connectors';
import { metricsOf, nativeName } from '../../lib/trino/metrics';
import { parseProperties } from '../../lib/trino/properties-file';
import { TrinoRelease } from '../../lib/trino/release';
import type { ServerSettings } from '../../lib/trino/server-config';
import { OPEN_SERVER, sampleConfig, sampleServer, sampleViolations } from './chart-values/sample';

/**
 * What others ran into, written as they wrote it: refused with the fix, or impossible.
 * The numbers are those of the list of traps that the library was made from.
 */

const T480 = TrinoRelease.of('480');
const catalogError = (connector: string, properties: Readonly<Record<string, string>>): string => {
  try {
    renderCatalog('shop', { connector, properties }, T480);
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? error.message : 'no error';
  }
};
const problems = (overrides: Partial<TrinoChartConfig>) =>
  sampleViolations(overrides).map(({ path, got, allowed, fix }) => `${path}: got ${got}; ${allowed}; ${fix}`);
const withServer = (changes: Partial<ServerSettings>) => problems({ server: sampleServer(changes) });
const withExtras = (all: Readonly<Record<string, string>>) => withServer({ extraProperties: { all } });
const files = toChartValues(sampleConfig()).files;

describe('fatal or silent traps of Trino', () => {
  test('1: keys of the S3 file system that was removed are refused', () => {
    const error = catalogError('hive', {
      'hive.metastore.uri': 'thrift://hms:9083',
      'fs.native-s3.enabled': 'true',
      's3.region': 'eu-west-1',
      'hive.s3.max-connections': '500',
    });
    expect(error).toContain('hive.s3.max-connections');
    expect(error).toContain('s3.max-connections');
  });

  test('2: the total memory per node is defunct', () => {
    expect(withExtras({ 'query.max-total-memory-per-node': '12GB' })).toEqual([
      expect.stringContaining('config.properties: query.max-total-memory-per-node'),
      expect.stringContaining('config.properties: query.max-total-memory-per-node'),
    ]);
  });

  test('3: the URL of a MySQL catalog names no database', () => {
    expect(catalogError('mysql', { 'connection-url': 'jdbc:mysql://db.acme:3306/productsdb' })).toContain(
      'write jdbc:mysql://host:3306 and SELECT … FROM <catalog>.<database>.<table>',
    );
  });

  test('4: the URL of the audit listener names one', () => {
    const database = { host: 'db.acme', database: '', username: 'audit', password: SecretRef.of('acme/audit') };
    expect(withServer({ audit: { database } })).toEqual([
      expect.stringContaining("name the database that the listener's table is in"),
    ]);
  });

  test('5: a JSON field has a mapping', () => {
    const topic = { topic: 'orders', message: { dataFormat: 'json', fields: [{ name: 'order_id', type: 'BIGINT' }] } };
    expect(kafkaTableViolations([topic as unknown as KafkaTable])).toEqual([
      expect.objectContaining({
        path: 'topics[0].message.fields[0].mapping',
        fix: "add mapping, for example mapping: 'order_id'",
      }),
    ]);
  });

  test('6: there is no column _offset: whoever makes a column of an internal one is told its name', () => {
    const fields = [{ name: '_partition_offset', type: 'BIGINT', mapping: 'offset' }] as const;
    const [violation] = kafkaTableViolations([{ topic: 'orders', message: { dataFormat: 'json', fields } }]);
    expect(violation?.allowed).toContain('_partition_offset');
    expect(violation?.allowed).not.toContain('_offset,_');
  });

  test('7: ${ENV:…} and ${USER} reach Trino through Terraform, in every file', () => {
    const { values } = toChartValues(sampleConfig());
    const synthesized = toHelmValues(values);
    const single = /(?<!\$)\$\{/;
    expect(JSON.stringify(values)).toContain('${ENV:');
    expect(JSON.stringify(values)).toContain('${USER}');
    expect(synthesized).not.toMatch(single);
    expect(JSON.parse(synthesized.replaceAll('$${', '${'))).toEqual(JSON.parse(JSON.stringify(values)));
  });

  test('8: the number of running queries is a metric of the coordinator alone', () => {
    const { runningQueries } = metricsOf(T480);
    expect(runningQueries.roles).toEqual(['coordinator']);
    expect(nativeName(runningQueries)).not.toBe('trino_running_queries');
  });

  test('9: the shared secret is there, whatever a user leaves out', () => {
    const { files: rendered } = toChartValues(sampleConfig({ server: OPEN_SERVER }));
    for (const role of ['coordinator', 'worker'] as const) {
      expect(rendered[role]['config.properties']).toContain('internal-communication.shared-secret=${ENV:');
    }
  });

  test("10: the chart's graceful shutdown is refused, and the library's rules let drain and metrics in", () => {
    expect(problems({ extraValues: { worker: { gracefulShutdown: { enabled: true } } } })).toEqual([
      expect.stringContaining('its rules refuse every scrape of /metrics'),
    ]);
    const rules = workerAccessRules({ drain: 'drain', metrics: 'metrics' });
    expect(can(rules, { user: 'drain' }, { do: 'write-system-information' }).allowed).toBe(true);
    expect(can(rules, { user: 'metrics' }, { do: 'read-system-information' }).allowed).toBe(true);
  });

  test('11: an environment has no hyphen', () => {
    expect(withServer({ environment: 'prod-eu' })).toEqual(
      expect.arrayContaining([expect.stringContaining("server.environment: got 'prod-eu'")]),
    );
    expect(withServer({ environment: 'prod-eu' }).join()).toContain("write 'prod_eu'");
  });

  test('12: standard output is JSON by the property that is about standard output', () => {
    expect(files.worker['config.properties']).toContain('log.console-format=JSON\n');
    expect(files.worker['config.properties']).not.toContain('log.format=');
  });

  test('13: behind a load balancer forwarded requests are processed', () => {
    expect(files.coordinator['config.properties']).toContain('http-server.process-forwarded=true\n');
  });

  test('14: Hive Metastore 3.1 is warned of', () => {
    const metastore = { kind: 'hive', uri: 'thrift://hms:9083', version: '3.1.3' } as const;
    expect(metastoreCautions({ release: T480, metastore, s3: { region: 'eu-west-1' } })).toEqual([
      expect.objectContaining({ text: expect.stringContaining('use Hive Metastore 4.0.1') as string }),
    ]);
  });

  test('15: a line that the chart writes cannot be written again', () => {
    expect(withExtras({ 'query.max-memory': '50GB' })).toEqual(
      expect.arrayContaining([expect.stringContaining('set by memory and by extraProperties')]),
    );
    expect(withExtras({ 'http-server.http.port': '9090' })).toEqual(
      expect.arrayContaining([expect.stringContaining("the chart's line only")]),
    );
    for (const role of ['coordinator', 'worker'] as const) {
      const names = parseProperties(files[role]['config.properties'] ?? '').map(({ name }) => name);
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    }
  });
});

/** @see https://github.com/awslabs/data-on-eks/tree/main/data-stacks/trino-on-eks */
describe('faults of a widely copied example', () => {
  test('1: what scales finds a Deployment by a name that is derived', () => {
    const { values } = toChartValues(sampleConfig());
    expect(values.server.keda.enabled).toBe(true);
    expect(chartNames(values.fullnameOverride).workerDeployment).toBe(`${values.fullnameOverride}-worker`);
  });

  test('3: the query of the scaler names a series that the coordinator has, and labels of this platform', () => {
    const queries = (toChartValues(sampleConfig()).values.server.keda.triggers ?? []).map((trigger) =>
      JSON.stringify(trigger),
    );
    const prometheus = queries.filter((trigger) => trigger.includes('prometheus'));
    expect(prometheus.length).toBeGreaterThan(0);
    expect(prometheus.every((query) => query.includes('namespace') && !query.includes('job='))).toBe(true);
    expect(prometheus.join()).toContain(nativeName(metricsOf(T480).queuedQueries));
  });

  test('4: nobody but the scaler writes the number of workers', () => {
    const { server } = toChartValues(sampleConfig()).values;
    expect([server.keda.enabled, server.autoscaling.enabled]).toEqual([true, false]);
    expect(problems({ extraValues: { worker: { replicas: 1 } } })).toEqual([
      expect.stringContaining('extraValues.worker.replicas: got a key that no template reads'),
    ]);
  });

  test.each([
    ['server.config.query.initialHashPartitions', { server: { config: { query: { initialHashPartitions: 100 } } } }],
    ['server.config.query.maxExecutionTime', { server: { config: { query: { maxExecutionTime: '24h' } } } }],
    ['coordinator.jvm.extraArguments', { coordinator: { jvm: { extraArguments: ['-XX:+UseZGC'] } } }],
    ['worker.jvm.extraArguments', { worker: { jvm: { extraArguments: [] } } }],
    ['coordinator.config.query.minWorkers', { coordinator: { config: { query: { minWorkers: 1 } } } }],
    ['coordinator.topologySpreadConstraints', { coordinator: { topologySpreadConstraints: [{ maxSkew: 1 }] } }],
  ])('5: a value that the chart never reads is refused: %s', (path, extraValues) => {
    expect(problems({ extraValues })).toEqual([
      expect.stringContaining(`extraValues.${path}: got a key that no template reads`),
    ]);
  });

  test('6: workers are spread by labels that their pods have', () => {
    const { values } = toChartValues(sampleConfig({ worker: { cpu: Cpu.cores(4), zones: 2 } }));
    expect(values.worker.topologySpreadConstraints[0]).toMatchObject({
      labelSelector: { matchLabels: selectorLabels('acme-trino', 'worker') },
    });
    expect(selectorLabels('acme-trino', 'worker')).not.toHaveProperty('component');
  });

  test('7: the memory of a query is what the workers have, not a number beside it', () => {
    const { memory } = sampleConfig();
    const { values } = toChartValues(sampleConfig());
    expect(values.server.config.query.maxMemory).toBe(memory.maxMemory.toTrino());
    expect(problems({ extraValues: { server: { config: { query: { maxMemory: '280GB' } } } } })).toContainEqual(
      expect.stringContaining('extraValues.server.config.query.maxMemory'),
    );
  });

  test('9: keys with the secret in them are refused', () => {
    const error = catalogError('hive', {
      'hive.metastore.uri': 'thrift://hms:9083',
      'fs.native-s3.enabled': 'true',
      's3.region': 'eu-west-1',
      's3.aws-access-key': 'AKIA',
      's3.aws-secret-key': 'wJalr',
    });
    expect(error).toContain('s3.aws-secret-key: got a plain text');
    expect(error).not.toContain('wJalr');
  });
});

describe('security that is none', () => {
  test('passwords over plain HTTP are refused', () => {
    expect(withServer({ clientTls: ClientTls.none() })).toEqual([
      expect.stringContaining('server.authentication.clientTls: got plain HTTP with PASSWORD'),
    ]);
    expect(problems({ server: { ...OPEN_SERVER, clientTls: ClientTls.none() } })).toEqual([]);
  });

  test('password and group files in the values are refused', () => {
    expect(problems({ extraValues: { auth: { passwordAuth: 'admin:$2y$10$abc' } } })).toEqual([
      expect.stringContaining('Authenticator.passwordFile'),
    ]);
  });

  test('a rules file that Trino would not start with is refused', () => {
    const accessControl = AccessControl.rules({
      tables: [{ privileges: ['SELECT'] }, { user: 'bob', privileges: [] }],
    });
    expect(withServer({ accessControl })).toEqual([
      expect.stringContaining('server.accessControl.tables[1]: got a rule that never decides'),
    ]);
  });

  test('a client that brings a certificate is not authenticated by a load balancer', () => {
    const authentication = { authenticators: [Authenticator.certificate({ trusted: SecretRef.of('acme/ca') })] };
    expect(withServer({ authentication }).join()).toContain('use ClientTls.coordinator(pem)');
  });
});
