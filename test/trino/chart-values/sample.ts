import { ConfigError, Cpu, DataSize, Duration, SecretRef, type Violation } from '../../../lib/core';
import { AccessControl } from '../../../lib/trino/access-control';
import { Authenticator, GroupProvider } from '../../../lib/trino/authentication';
import { type CatalogConfig, renderCatalog } from '../../../lib/trino/catalog-config';
import { toChartValues, type TrinoChartConfig } from '../../../lib/trino/chart-values';
import { ClientTls } from '../../../lib/trino/client-tls';
import {
  hiveCatalog,
  icebergCatalog,
  kafkaCatalog,
  KafkaSecurity,
  mysqlCatalog,
  simpleCatalog,
} from '../../../lib/trino/connectors';
import { planDrain } from '../../../lib/trino/drain';
import { planMemory } from '../../../lib/trino/memory';
import { metricsOf, nativeName } from '../../../lib/trino/metrics';
import { planQueryLimits } from '../../../lib/trino/query-limits';
import { TrinoRelease } from '../../../lib/trino/release';
import { DEFAULT_RESOURCE_GROUPS } from '../../../lib/trino/resource-groups';
import { planScaling } from '../../../lib/trino/scaling';
import type { ServerSettings } from '../../../lib/trino/server-config';
import { planSpill } from '../../../lib/trino/spill';

/** A platform with every policy, as an environment would define it. */

export const MYSQL = SecretRef.of('acme/mysql', 'password');

export function sampleCatalogs(release: TrinoRelease): Readonly<Record<string, CatalogConfig>> {
  const metastore = { kind: 'hive', uri: 'thrift://hive-metastore:9083' } as const;
  const s3 = { region: 'eu-west-1' };
  return {
    hive: hiveCatalog({ release, metastore, s3 }),
    lake: icebergCatalog({ release, metastore, s3 }),
    shop: mysqlCatalog({ host: 'db.acme', port: 3306, credentials: { username: 'trino', password: MYSQL } }),
    events: kafkaCatalog({
      name: 'events',
      bootstrapServers: 'b-1.acme:9096',
      security: KafkaSecurity.scram({ username: 'trino', password: SecretRef.of('AmazonMSK_acme', 'password') }),
      topics: [
        {
          topic: 'Order-Events',
          message: {
            dataFormat: 'json',
            fields: [
              { name: 'order_id', type: 'BIGINT', mapping: 'order_id' },
              { name: 'city', type: 'VARCHAR', mapping: 'address/city', comment: 'from {{address}}' },
              { name: 'ts', type: 'TIMESTAMP(3) WITH TIME ZONE', mapping: 'ts', dataFormat: 'iso8601' },
            ],
          },
        },
      ],
    }),
    tpch: simpleCatalog('tpch'),
  };
}

/** A server that nobody has to log in to. */
export const OPEN_SERVER: ServerSettings = {
  environment: 'prod_eu',
  sharedSecret: SecretRef.of('acme/trino', 'shared'),
  clientTls: ClientTls.loadBalancer(),
  users: { drain: 'drain', metrics: 'metrics' },
};

export function sampleServer(overrides: Partial<ServerSettings> = {}): ServerSettings {
  return {
    ...OPEN_SERVER,
    authentication: {
      authenticators: [
        Authenticator.ldap({ url: 'ldaps://ldap.acme:636', userBindPatterns: ['uid=${USER},ou=people,dc=acme'] }),
        Authenticator.passwordFile({ users: SecretRef.of('acme/trino', 'users') }),
      ],
      groups: GroupProvider.file({ groups: SecretRef.of('acme/trino', 'groups') }),
      webUiSecret: SecretRef.of('acme/trino', 'web'),
    },
    accessControl: AccessControl.rules(
      {
        catalogs: [{ group: 'admins', allow: 'all' }, { allow: 'read-only' }],
        queries: [{ group: 'admins', allow: ['execute', 'kill', 'view'] }, { allow: ['execute'] }],
        tables: [{ privileges: ['SELECT'], filter: "note <> '{{draft}}'" }],
      },
      { refreshPeriod: Duration.minutes(1) },
    ),
    audit: {
      database: {
        host: 'db.acme',
        database: 'trino_audit',
        username: 'audit',
        password: SecretRef.of('acme/audit', 'p'),
      },
    },
    ...overrides,
  };
}

export function sampleConfig(
  overrides: Partial<TrinoChartConfig> = {},
  release: TrinoRelease = TrinoRelease.DEFAULT,
): TrinoChartConfig {
  const memory = planMemory({
    coordinator: { memory: DataSize.gib(16) },
    workers: { memory: DataSize.gib(64), max: 6 },
  });
  const limits = planQueryLimits({ maxExecutionTime: Duration.minutes(10) }, { min: 1, max: 6 });
  const drain = planDrain(
    {},
    { maxExecutionTime: limits.maxExecutionTime, retryPolicy: 'NONE', capacity: 'on-demand' },
  );
  const { runningQueries, queuedQueries, requiredWorkers } = metricsOf(release);
  const plan = planScaling(
    { min: 1, max: 6 },
    {
      prometheusUrl: 'http://prometheus.monitoring:9090',
      labels: { namespace: 'trino' },
      metrics: {
        runningQueries: nativeName(runningQueries),
        queuedQueries: nativeName(queuedQueries),
        requiredWorkers: nativeName(requiredWorkers),
      },
      drain,
      requiredWorkers: limits.requiredWorkers,
    },
  );
  return {
    name: 'acme-trino',
    release,
    server: sampleServer(),
    memory,
    coordinator: { cpu: Cpu.cores(4), nodeSelector: { pool: 'system' } },
    worker: { cpu: Cpu.cores(8), zones: 3, strictZones: true, priorityClassName: 'trino-worker' },
    workerCount: { by: 'keda', plan },
    limits,
    drain,
    spill: planSpill({ volume: DataSize.gib(100) }),
    resourceGroups: DEFAULT_RESOURCE_GROUPS,
    sessionDefaults: [{ user: 'etl', sessionProperties: { query_max_execution_time: '5m' } }],
    catalogs: Object.entries(sampleCatalogs(release)).map(([name, config]) => renderCatalog(name, config, release)),
    secrets: { env: 'trino-env', files: 'trino-files' },
    serviceAccount: 'trino',
    ...overrides,
  };
}

/** Everything that is wrong with the sample and these changes. */
export function sampleViolations(...args: Parameters<typeof sampleConfig>): readonly Violation[] {
  try {
    toChartValues(sampleConfig(...args));
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.violations;
    throw error;
  }
}
