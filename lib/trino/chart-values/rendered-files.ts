import { CONFIG_DIRECTORY, HTTP_PORT } from '../container';
import { SESSION_DEFAULTS_FILE } from '../session-files';
import type { TrinoRole } from '../trino-role';
import { templated } from './helm-template';
import { chartNames } from './names';
import type { RoleValues, TrinoChartValues } from './values';

/**
 * The files below `/etc/trino` of each node, as the chart writes them from the values: its own lines first, in its order.
 * This is what Trino reads, so this is what is checked, and what can be booted.
 * @see https://github.com/trinodb/charts/tree/trino-1.42.2/charts/trino/templates
 */
export type RenderedFiles = Readonly<Record<TrinoRole, Readonly<Record<string, string>>>>;

/** The files that the chart would write, without Helm. */
export function renderedFiles(values: TrinoChartValues): RenderedFiles {
  return { coordinator: coordinatorFiles(values), worker: workerFiles(values) };
}

type Files = Readonly<Record<string, string>>;

function coordinatorFiles(values: TrinoChartValues): Files {
  return {
    ...commonFiles(values, values.coordinator),
    'config.properties': coordinatorConfig(values),
    ...accessControlFiles(values),
    ...resourceGroupFiles(values),
    ...sessionFiles(values),
    ...configFiles(values.coordinator),
  };
}

function workerFiles(values: TrinoChartValues): Files {
  return {
    ...commonFiles(values, values.worker),
    'config.properties': workerConfig(values),
    ...configFiles(values.worker),
  };
}

function commonFiles(values: TrinoChartValues, role: RoleValues): Files {
  return {
    'node.properties': text(
      `node.environment=${values.server.node.environment}`,
      'node.data-dir=/data/trino',
      'plugin.dir=/usr/lib/trino/plugin',
    ),
    'jvm.config': text(...jvmLines(role, values.image)),
    'log.properties': text('io.trino=INFO', ...values.additionalLogProperties),
    ...exchangeFile(values),
    ...catalogFiles(values),
    ...prefixed('schemas/', values.kafka.tableDescriptions),
  };
}

function coordinatorConfig({ server, coordinator }: TrinoChartValues): string {
  const { authenticationType, https } = server.config;
  return text(
    'coordinator=true',
    'node-scheduler.include-coordinator=false',
    ...sharedConfig(server.config.query.maxMemory, coordinator),
    `discovery.uri=http://localhost:${HTTP_PORT}`,
    ...(authenticationType === '' ? [] : [`http-server.authentication.type=${authenticationType}`]),
    ...(https === undefined
      ? []
      : [
          'http-server.https.enabled=true',
          `http-server.https.port=${https.port}`,
          `http-server.https.keystore.path=${https.keystore.path}`,
        ]),
    ...server.coordinatorExtraConfig.split('\n'),
  );
}

function workerConfig({ fullnameOverride, server, worker }: TrinoChartValues): string {
  const { service } = chartNames(fullnameOverride);
  return text(
    'coordinator=false',
    ...sharedConfig(server.config.query.maxMemory, worker),
    `discovery.uri=http://${service}:${HTTP_PORT}`,
    ...server.workerExtraConfig.split('\n'),
  );
}

function sharedConfig(maxMemory: string, { config }: RoleValues): readonly string[] {
  return [
    `http-server.http.port=${HTTP_PORT}`,
    `query.max-memory=${maxMemory}`,
    `query.max-memory-per-node=${config.query.maxMemoryPerNode}`,
    `memory.heap-headroom-per-node=${config.memory.heapHeadroomPerNode}`,
  ];
}

/** The options that the chart writes, in its order; the image's launcher adds those that Java 25 needs. */
function jvmLines({ jvm, additionalJVMConfig }: RoleValues, image: TrinoChartValues['image']): readonly string[] {
  return [
    '-server',
    '-agentpath:/usr/lib/trino/bin/libjvmkill.so',
    `-Xmx${jvm.maxHeapSize}`,
    `-Xms${jvm.minHeapSize}`,
    '-XX:+UseG1GC',
    '-XX:G1HeapRegionSize=32M',
    '-XX:+ExplicitGCInvokesConcurrent',
    '-XX:+HeapDumpOnOutOfMemoryError',
    '-XX:+ExitOnOutOfMemoryError',
    '-XX:-OmitStackTraceInFastThrow',
    '-XX:ReservedCodeCacheSize=512M',
    '-XX:PerMethodRecompilationCutoff=10000',
    '-XX:PerBytecodeRecompilationCutoff=10000',
    '-Djdk.attach.allowAttachSelf=true',
    '-Djdk.nio.maxCachedBufferSize=2000000',
    '-XX:+EnableDynamicAgentLoading',
    ...(isOfficialImage(image) ? PINNED_REGIONS : []),
    ...additionalJVMConfig,
  ];
}

/**
 * The chart trusts no other image to have a Java that knows them, not even a copy in another registry.
 * @see https://bugs.openjdk.org/browse/JDK-8329528
 */
const PINNED_REGIONS = ['-XX:+UnlockDiagnosticVMOptions', '-XX:G1NumCollectionsKeepPinned=10000000'];

function isOfficialImage({ registry, repository = 'trinodb/trino', tag, digest }: TrinoChartValues['image']): boolean {
  return repository === 'trinodb/trino' && registry === undefined && digest === undefined && Number(tag) > 447;
}

function accessControlFiles({ accessControl }: TrinoChartValues): Files {
  if (accessControl === undefined) return {};
  if (accessControl.type === 'properties') return { 'access-control.properties': accessControl.properties };
  const { refreshPeriod, configFile, rules } = accessControl;
  return {
    'access-control.properties': text(
      'access-control.name=file',
      ...(refreshPeriod === undefined ? [] : [`security.refresh-period=${refreshPeriod}`]),
      `security.config-file=${CONFIG_DIRECTORY}/access-control/${configFile}`,
    ),
    ...prefixed('access-control/', rules),
  };
}

function resourceGroupFiles({ resourceGroups }: TrinoChartValues): Files {
  if (resourceGroups === undefined) return {};
  return {
    'resource-groups.properties': text(
      'resource-groups.configuration-manager=file',
      `resource-groups.config-file=${CONFIG_DIRECTORY}/resource-groups/resource-groups.json`,
    ),
    'resource-groups/resource-groups.json': resourceGroups.resourceGroupsConfig,
  };
}

function sessionFiles({ sessionProperties }: TrinoChartValues): Files {
  if (sessionProperties === undefined) return {};
  return {
    'session-property-config.properties': text(
      'session-property-config.configuration-manager=file',
      `session-property-manager.config-file=${CONFIG_DIRECTORY}/${SESSION_DEFAULTS_FILE}`,
    ),
    [SESSION_DEFAULTS_FILE]: sessionProperties.sessionPropertiesConfig,
  };
}

function exchangeFile({ server, additionalExchangeManagerProperties }: TrinoChartValues): Files {
  const { exchangeManager } = server;
  if (exchangeManager === undefined) return {};
  return {
    'exchange-manager.properties': text(
      `exchange-manager.name=${exchangeManager.name}`,
      `exchange.base-directories=${exchangeManager.baseDir.join(',')}`,
      ...additionalExchangeManagerProperties,
    ),
  };
}

function catalogFiles({ catalogs }: TrinoChartValues): Files {
  const files = Object.entries(catalogs).flatMap(([name, content]) =>
    content === null ? [] : [[`catalog/${name}.properties`, templated(content)] as const],
  );
  return Object.fromEntries(files);
}

function configFiles({ additionalConfigFiles }: RoleValues): Files {
  return Object.fromEntries(Object.entries(additionalConfigFiles).map(([file, content]) => [file, templated(content)]));
}

function prefixed(directory: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([file, content]) => [`${directory}${file}`, content]));
}

/** Lines, without the empty ones that templates leave behind. */
function text(...lines: readonly string[]): string {
  return lines
    .filter((line) => line !== '')
    .map((line) => `${line}\n`)
    .join('');
}
