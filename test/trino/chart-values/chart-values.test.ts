import fc from 'fast-check';
import { Cpu, DataSize, Duration, SecretRef, chartKeyViolations, toHelmValues } from '../../../lib/core';
import { AccessControl } from '../../../lib/trino/access-control';
import { renderCatalog } from '../../../lib/trino/catalog-config';
import {
  chartNames,
  selectorLabels,
  templated,
  toChartValues,
  tplText,
  type TrinoChartConfig,
  trinoChartKeys,
} from '../../../lib/trino/chart-values';
import { ClientTls } from '../../../lib/trino/client-tls';
import { TABLE_DESCRIPTIONS_DIRECTORY } from '../../../lib/trino/connectors';
import { planFaultTolerance } from '../../../lib/trino/fault-tolerance';
import { parseProperties } from '../../../lib/trino/properties-file';
import { TrinoRelease } from '../../../lib/trino/release';
import { sampleCatalogs, sampleConfig, sampleServer, sampleViolations } from './sample';

const paths = (overrides: Partial<TrinoChartConfig>) => sampleViolations(overrides).map(({ path }) => path);
const extra = (extraValues: object) => paths({ extraValues });
const sample = toChartValues(sampleConfig());
const { values, files } = sample;

describe('values for the chart', () => {
  test('every key is one that the chart reads, whatever is configured', () => {
    const memory = sampleConfig().memory;
    const faultTolerance = planFaultTolerance(
      { retryPolicy: 'TASK', exchange: { baseDirectories: ['s3://acme-exchange'], region: 'eu-west-1' } },
      { memory, capacity: 'on-demand', maxExecutionTime: Duration.minutes(10) },
    );
    const https = { clientTls: ClientTls.coordinator(SecretRef.of('acme/tls')) };
    const all: readonly TrinoChartConfig[] = [
      sampleConfig(),
      sampleConfig({ faultTolerance, server: sampleServer(https) }),
      sampleConfig({
        server: sampleServer({ accessControl: AccessControl.opa({ policyUri: 'http://opa:8181/allow' }) }),
      }),
      sampleConfig({ workerCount: { by: 'cpu', min: 1, max: 4, utilization: 60 }, heapDumps: DataSize.gib(80) }),
      sampleConfig({
        workerCount: { by: 'number', count: 2 },
        image: { registry: 'mirror', repository: 'trino', digest: 'sha256:0', pullSecrets: ['pull'] },
        coordinator: { cpu: Cpu.cores(1), tolerations: [{ key: 'a' }] },
      }),
    ];
    expect(all.flatMap((config) => chartKeyViolations(trinoChartKeys(), toChartValues(config).values))).toEqual([]);
  });

  test('the catalogs that come with the chart are taken out unless they are asked for', () => {
    expect(values.catalogs['tpcds']).toBeNull();
    expect(values.catalogs['tpch']).toBe('connector.name=tpch\n');
    expect(JSON.parse(toHelmValues(values))).toHaveProperty('catalogs.tpcds', null);
  });

  test('the number of workers has one owner: what scales, or the number', () => {
    const switches = (config: TrinoChartConfig) => {
      const { server } = toChartValues(config).values;
      return [server.workers, server.keda.enabled, server.autoscaling.enabled];
    };
    expect(switches(sampleConfig())).toEqual([1, true, false]);
    expect(switches(sampleConfig({ workerCount: { by: 'cpu', min: 2, max: 4, utilization: 60 } }))).toEqual([
      2,
      false,
      true,
    ]);
    expect(switches(sampleConfig({ workerCount: { by: 'number', count: 3 } }))).toEqual([3, false, false]);
  });

  test('the autoscaler of the chart looks at CPU only: memory would never scale down', () => {
    const { autoscaling } = toChartValues(sampleConfig({ workerCount: { by: 'cpu', min: 2, max: 4, utilization: 60 } }))
      .values.server;
    expect(autoscaling).toMatchObject({ targetCPUUtilizationPercentage: 60, targetMemoryUtilizationPercentage: '' });
  });

  test('fails when the chart would scale to no worker by CPU, or run none', () => {
    expect(paths({ workerCount: { by: 'cpu', min: 0, max: 4, utilization: 60 } })).toEqual(['workerCount.min']);
    expect(paths({ workerCount: { by: 'number', count: 0 } })).toEqual(['workerCount.count']);
  });

  test('one coordinator at a time, and workers that need no room for a second set', () => {
    expect(values.coordinator.deployment.strategy).toEqual({ type: 'Recreate' });
    expect(values.worker.deployment.strategy).toMatchObject({ rollingUpdate: { maxSurge: 0 } });
  });

  test('the pods pass the restricted level of Kubernetes', () => {
    expect(values.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  });

  test("drain: the library's hook, a termination as long as the chain, and the chart's own switched off", () => {
    expect(values.worker.lifecycle).toMatchObject({ preStop: { exec: { command: sampleConfig().drain.preStop } } });
    expect(values.worker.terminationGracePeriodSeconds).toBe(690);
    expect(values.worker).not.toHaveProperty('gracefulShutdown');
  });

  test('heap dumps go to a volume of their own, or are not written', () => {
    expect(values.worker.additionalJVMConfig).toEqual(['-XX:-HeapDumpOnOutOfMemoryError']);
    const { worker } = toChartValues(sampleConfig({ heapDumps: DataSize.gib(60) })).values;
    expect(worker.additionalJVMConfig).toEqual(['-XX:HeapDumpPath=/heap-dumps']);
    expect(worker.additionalVolumes).toContainEqual({ name: 'heap-dumps', emptyDir: { sizeLimit: '60Gi' } });
  });

  test('a pod has ten minutes to start', () => {
    const { failureThreshold, periodSeconds } = values.worker.startupProbe;
    expect(failureThreshold * periodSeconds).toBe(600);
  });

  test('workers are spread by labels that their pods have, over zones that may not have a node yet', () => {
    expect(values.worker.topologySpreadConstraints).toEqual([
      expect.objectContaining({
        minDomains: 3,
        labelSelector: { matchLabels: selectorLabels('acme-trino', 'worker') },
      }),
    ]);
  });

  test('a coordinator is not moved to save a node; what a worker spilled may be lost', () => {
    expect(values.coordinator.annotations).toHaveProperty(['cluster-autoscaler.kubernetes.io/safe-to-evict'], 'false');
    expect(values.worker.annotations).toEqual({
      'cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes': 'spill',
    });
  });

  test('no secret is in the values, and every variable and file that they name is in the plan', () => {
    const text = JSON.stringify(values);
    const named = [...JSON.stringify(files).matchAll(/\$\{ENV:([^}]+)\}/g)].map(([, name]) => name ?? '');
    const planned = sample.env.map(({ name }) => name);
    expect(new Set(named)).toEqual(new Set(planned));
    expect(text).not.toMatch(/acme\/mysql|AmazonMSK|passwordAuth"/);
    expect(values.env.map((variable) => variable['name'])).toEqual(planned);
    const onCoordinator = values.coordinator.additionalVolumes.find((volume) => volume['name'] === 'secret-files');
    expect(onCoordinator).toMatchObject({
      secret: { items: sample.secretFiles.map(({ name }) => ({ key: name, path: name })) },
    });
  });

  test('a worker mounts the secret files that it reads, and no other', () => {
    expect(values.worker.additionalVolumes).toContainEqual({
      name: 'secret-files',
      secret: {
        secretName: 'trino-files',
        items: [{ key: 'events-kafka-client.properties', path: 'events-kafka-client.properties' }],
      },
    });
  });

  test('names of Deployments and Services follow from one name', () => {
    expect(chartNames('acme-trino')).toMatchObject({ workerDeployment: 'acme-trino-worker', service: 'acme-trino' });
    expect(values.fullnameOverride).toBe('acme-trino');
    expect(files.worker['config.properties']).toContain('discovery.uri=http://acme-trino:8080\n');
  });

  test('fails when the name does not fit into the names of Kubernetes', () => {
    expect(paths({ name: 'Acme' })).toEqual(['name']);
    expect(paths({ name: 'a'.repeat(52) })).toEqual(['name']);
    expect(paths({ name: 'a'.repeat(51) })).toEqual([]);
  });

  test('table descriptions are where the chart mounts them', () => {
    const mountPath = trinoChartKeys().values.find(({ path }) => path === 'kafka.mountPath');
    expect(mountPath).toMatchObject({ default: TABLE_DESCRIPTIONS_DIRECTORY });
  });
});

describe('literal text in fields that the chart templates', () => {
  test('is escaped there and nowhere else', () => {
    expect(values.accessControl).toMatchObject({
      rules: { 'rules.json': expect.stringContaining('{{draft}}') as string },
    });
    const text = 'connector.name=tpch\n# a {{ b\n';
    const catalog = { name: 'c', connector: 'tpch', text, files: {}, env: [], secretFiles: [], warnings: [] };
    const { catalogs } = toChartValues(sampleConfig({ catalogs: [catalog] })).values;
    expect(catalogs['c']).toBe('connector.name=tpch\n# a {{`{{`}} b\n');
  });

  test('comes back from the template as it was, whatever it was', () => {
    const text = fc.array(fc.constantFrom('{', '}', '{{', '}}', 'a', ' ')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (it) => {
        expect(templated(tplText(it))).toBe(it);
      }),
    );
  });

  test('never begins an instruction of its own', () => {
    const text = fc.array(fc.constantFrom('{', '}', '{{', '`', 'a')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (it) => {
        expect(tplText(it).replaceAll('{{`{{`}}', '')).not.toContain('{{');
      }),
    );
  });
});

describe('the files that Trino reads', () => {
  const coordinator = parseProperties(files.coordinator['config.properties'] ?? '');
  const worker = parseProperties(files.worker['config.properties'] ?? '');

  test("no line stands twice, the chart's own included", () => {
    for (const lines of [coordinator, worker]) {
      expect(new Set(lines.map(({ name }) => name)).size).toBe(lines.length);
    }
  });

  test('both roles have the shared secret, JSON logs and the drain; only the coordinator has what workers do not know', () => {
    const names = (lines: typeof worker) => lines.map(({ name }) => name);
    expect(names(worker)).toEqual(
      expect.arrayContaining(['internal-communication.shared-secret', 'log.console-format', 'shutdown.grace-period']),
    );
    expect(names(coordinator)).toEqual(
      expect.arrayContaining(['http-server.process-forwarded', 'web-ui.shared-secret', 'management.user']),
    );
    expect(names(worker).filter((name) => /^(web-ui|http-server\.(auth|process)|management)/.test(name))).toEqual([]);
  });

  test('the coordinator has the rules of people, a worker those of operation', () => {
    expect(files.coordinator['access-control/rules.json']).toContain('"admins"');
    expect(files.worker['worker-access-rules.json']).not.toContain('"admins"');
    expect(files.worker['access-control.properties']).toContain('worker-access-rules.json');
  });

  test('the listener is on the coordinator alone', () => {
    expect(files.coordinator['event-listener.properties']).toContain('event-listener.name=mysql');
    expect(files.worker).not.toHaveProperty(['event-listener.properties']);
  });

  test('two password authenticators are two files, and the first has the name that keeps the chart from writing its own', () => {
    expect(files.coordinator['password-authenticator.properties']).toContain('password-authenticator.name=ldap');
    expect(files.coordinator['password-authenticator-file.properties']).toContain('password-authenticator.name=file');
    expect(coordinator).toContainEqual(
      expect.objectContaining({
        name: 'password-authenticator.config-files',
        value: '/etc/trino/password-authenticator.properties,/etc/trino/password-authenticator-file.properties',
      }),
    );
  });

  test('fails when a line of any of them is one that the release does not know', () => {
    const text = 'connector.name=tpch\ntpch.colum-naming=SIMPLIFIED\n';
    const catalog = { name: 'c', connector: 'tpch', text, files: {}, env: [], secretFiles: [], warnings: [] };
    const accessControl = AccessControl.custom('opa', { 'opa.policy.uri': 'http://opa', 'opa.polcy.batched-uri': 'x' });
    expect(paths({ server: sampleServer({ accessControl }), catalogs: [catalog] })).toEqual([
      'catalog/c.properties: tpch.colum-naming',
      'access-control.properties: opa.polcy.batched-uri',
    ]);
  });

  test.each(['476', '480', '481', '483'])('every file is accepted by the data of %s', (version) => {
    const release = TrinoRelease.of(version);
    const catalogs = Object.entries(sampleCatalogs(release)).map(([name, it]) => renderCatalog(name, it, release));
    expect(sampleViolations({ catalogs }, release)).toEqual([]);
  });

  test('options of the Java that the official image has are written for that image only', () => {
    const option = '-XX:G1NumCollectionsKeepPinned=10000000';
    const mirrored = toChartValues(sampleConfig({ image: { registry: 'mirror.example' } })).files;
    expect(files.worker['jvm.config']).toContain(option);
    expect(mirrored.worker['jvm.config']).not.toContain(option);
  });

  test('the whole of them', () => {
    expect(files).toMatchSnapshot();
  });
});

describe('values that a user adds by hand', () => {
  test('are merged last, nulls included', () => {
    const merged = toChartValues(
      sampleConfig({ extraValues: { commonLabels: { team: 'data' }, worker: { affinity: null } } }),
    );
    expect(merged.values).toMatchObject({ commonLabels: { team: 'data' }, worker: { affinity: null, lifecycle: {} } });
  });

  test('fails when the chart does not read them', () => {
    expect(extra({ coordinator: { topologySpreadConstraints: [] } })).toEqual([
      'extraValues.coordinator.topologySpreadConstraints',
    ]);
  });

  test.each([
    ['additionalConfigProperties', { additionalConfigProperties: ['web-ui.enabled=true'] }],
    ['server.keda.annotations', { server: { keda: { annotations: { a: 'b' } } } }],
    ['worker.gracefulShutdown.enabled', { worker: { gracefulShutdown: { enabled: true } } }],
    ['auth.passwordAuth', { auth: { passwordAuth: 'admin:$2y$10$x' } }],
    ['auth.groups', { auth: { groups: 'g:a' } }],
    ['server.config.path', { server: { config: { path: '/opt/trino' } } }],
    ['shareProcessNamespace.worker', { shareProcessNamespace: { worker: true } }],
    ['jmx.enabled', { jmx: { enabled: true } }],
    ['serviceMonitor.enabled', { serviceMonitor: { enabled: true } }],
    ['service.annotations', { service: { annotations: { a: 'b' } } }],
    ['coordinator.deployment.strategy', { coordinator: { deployment: { strategy: { type: 'RollingUpdate' } } } }],
    ['worker.startupProbe.initialDelaySeconds', { worker: { startupProbe: { initialDelaySeconds: 0 } } }],
    ['jmx.worker.enabled', { jmx: { worker: { enabled: false } } }],
    ['server.workers', { server: { workers: 7 } }],
    ['worker.jvm.maxHeapPercent', { worker: { jvm: { maxHeapPercent: 80 } } }],
    ['catalogs', { catalogs: { mine: 'connector.name=tpch' } }],
  ])('fails when it is %s', (path, extraValues) => {
    expect(extra(extraValues)).toContain(`extraValues.${path}`);
  });

  test('what is switched off anyway may be said', () => {
    expect(extra({ worker: { gracefulShutdown: { enabled: false } }, jmx: { enabled: false } })).toEqual([]);
  });
});

describe('catalogs together', () => {
  const described = (catalog: string, type: string) => ({
    name: catalog,
    connector: 'kafka',
    text: 'connector.name=kafka\nkafka.nodes=a:9092\nkafka.table-names=default.orders\n',
    files: { 'default.orders.json': type },
    env: [],
    secretFiles: [],
    warnings: [],
  });

  test('fails when two of them describe one table differently: they share the directory', () => {
    expect(paths({ catalogs: [described('a', 'x'), described('b', 'y')] })).toEqual(['catalogs.b.default.orders.json']);
    expect(paths({ catalogs: [described('a', 'x'), described('b', 'x')] })).toEqual([]);
  });

  test('fails when two secrets would come under one variable', () => {
    const bound = (name: string, key: string, secret: string) =>
      renderCatalog(name, { connector: 'example', properties: { [key]: SecretRef.of(secret) } }, TrinoRelease.DEFAULT);
    const collide = [bound('shop', 'db.password', 'one'), bound('shop_db', 'password', 'two')];
    expect(paths({ catalogs: collide })).toEqual(['env.CATALOG_SHOP_DB_PASSWORD']);
    const same = [bound('shop', 'db.password', 'one'), bound('shop_db', 'password', 'one')];
    expect(paths({ catalogs: same })).toEqual([]);
  });

  test('fails when two have one name', () => {
    expect(paths({ catalogs: [described('a', 'x'), described('a', 'x')] })).toEqual(['catalogs.a']);
  });
});
