import { renderAccessRules, withMetricsUser } from '../access-control';
import type { Properties } from '../policy';
import { renderProperties } from '../properties-file';
import { renderResourceGroups } from '../resource-groups';
import { bindSecrets, distinctBindings, type EnvBinding } from '../secret-text';
import { joinParts, type ServerFiles } from '../server-part';
import { renderSessionDefaults } from '../session-properties';
import { linesBeyondChart } from './chart-properties';
import type { SecretNames, TrinoChartConfig, WorkerCount } from './config';
import { tplObject, tplText } from './helm-template';
import { allParts } from './parts';
import { coordinatorValues, workerValues } from './pods';
import type {
  AccessControlValues,
  AutoscalingValues,
  KedaValues,
  PodSpecPart,
  ServerValues,
  TrinoChartValues,
} from './values';

/** The whole server side of a configuration: its parts joined, the catalogs' secrets among them. */
export function serverFilesOf(config: TrinoChartConfig): ServerFiles {
  const joined = joinParts(allParts(config));
  const access = config.server.accessControl;
  return {
    ...joined,
    env: distinctBindings([
      ...joined.env,
      ...config.catalogs.flatMap(({ env }) => env),
      ...(access === undefined ? [] : bindSecrets(['access-control'], access.properties).env),
    ]),
    secretFiles: [...joined.secretFiles, ...config.catalogs.flatMap(({ secretFiles }) => secretFiles)],
  };
}

/** What the configuration says, in the words of the chart; `extraValues` are not among it. */
export function composeValues(config: TrinoChartConfig, server: ServerFiles): TrinoChartValues {
  const { resourceGroups, sessionDefaults, secrets } = config;
  const accessControl = accessControlValues(config);
  const { exchangeManager, additionalExchangeManagerProperties } = exchangeValues(config);
  return {
    fullnameOverride: config.name,
    ...imageValues(config),
    server: { ...serverValues(config, server), ...exchangeManager },
    ...(accessControl === undefined ? {} : { accessControl }),
    ...(resourceGroups === undefined
      ? {}
      : { resourceGroups: { type: 'configmap', resourceGroupsConfig: renderResourceGroups(resourceGroups) } }),
    ...(sessionDefaults === undefined
      ? {}
      : { sessionProperties: { type: 'configmap', sessionPropertiesConfig: renderSessionDefaults(sessionDefaults) } }),
    additionalLogProperties: lines(config.server.logLevels ?? {}),
    additionalExchangeManagerProperties,
    catalogs: catalogValues(config),
    env: server.env.map((binding) => variable(binding, secrets)),
    securityContext: RESTRICTED,
    serviceAccount: { create: false, name: config.serviceAccount },
    kafka: { tableDescriptions: Object.assign({}, ...config.catalogs.map(({ files }) => files)) as Properties },
    coordinator: coordinatorValues(config, server),
    worker: workerValues(config, server),
  };
}

/** What Kubernetes' restricted pods need beyond the chart's defaults. @see https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
const RESTRICTED: PodSpecPart = {
  runAsUser: 1000,
  runAsGroup: 1000,
  fsGroup: 1000,
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

function imageValues({ image = {}, release }: TrinoChartConfig): Pick<TrinoChartValues, 'image' | 'imagePullSecrets'> {
  const { registry, repository, tag = release.version, digest, pullSecrets } = image;
  return {
    image: {
      ...(registry === undefined ? {} : { registry }),
      ...(repository === undefined ? {} : { repository }),
      tag,
      ...(digest === undefined ? {} : { digest }),
    },
    ...(pullSecrets === undefined ? {} : { imagePullSecrets: pullSecrets.map((name) => ({ name })) }),
  };
}

function serverValues(
  { server: settings, memory, workerCount }: TrinoChartConfig,
  { config }: ServerFiles,
): ServerValues {
  const coordinator = config.coordinator;
  return {
    workers: smallestCount(workerCount),
    node: { environment: settings.environment },
    config: {
      authenticationType: coordinator['http-server.authentication.type'] ?? '',
      query: { maxMemory: memory.maxMemory.toTrino() },
      ...httpsValues(coordinator),
    },
    coordinatorExtraConfig: renderProperties(linesBeyondChart(coordinator)),
    workerExtraConfig: renderProperties(linesBeyondChart(config.worker)),
    autoscaling: autoscalingValues(workerCount),
    keda: kedaValues(workerCount),
  };
}

function httpsValues(coordinator: Properties): Pick<ServerValues['config'], 'https'> {
  const path = coordinator['http-server.https.keystore.path'];
  if (path === undefined) return {};
  return { https: { enabled: true, port: Number(coordinator['http-server.https.port']), keystore: { path } } };
}

function smallestCount(count: WorkerCount): number {
  if (count.by === 'number') return count.count;
  return count.by === 'cpu' ? count.min : count.plan.minReplicaCount;
}

/** With an autoscaler of the chart no `replicas` is written, so an upgrade leaves the number as it is. */
function autoscalingValues(count: WorkerCount): AutoscalingValues {
  if (count.by !== 'cpu') return { enabled: false };
  return {
    enabled: true,
    maxReplicas: count.max,
    targetCPUUtilizationPercentage: count.utilization,
    targetMemoryUtilizationPercentage: '',
    ...(count.behavior === undefined ? {} : { behavior: { ...count.behavior } }),
  };
}

function kedaValues(count: WorkerCount): KedaValues {
  if (count.by !== 'keda') return { enabled: false };
  const { pollingInterval, cooldownPeriod, minReplicaCount, maxReplicaCount, fallback, behavior, triggers } =
    count.plan;
  return {
    enabled: true,
    ...{ pollingInterval, cooldownPeriod, minReplicaCount, maxReplicaCount, fallback },
    advanced: { horizontalPodAutoscalerConfig: { behavior } },
    triggers: tplObject(triggers.map((trigger) => ({ ...trigger }))),
  };
}

/** The metrics user logs in and reads system information whatever the rules say: nobody locks it out on purpose. */
function accessControlValues({ server }: TrinoChartConfig): AccessControlValues | undefined {
  const access = server.accessControl;
  if (access === undefined) return undefined;
  const { rules, refreshPeriod, properties } = access;
  if (rules === undefined) {
    return { type: 'properties', properties: renderProperties(bindSecrets(['access-control'], properties).entries) };
  }
  return {
    type: 'configmap',
    ...(refreshPeriod === undefined ? {} : { refreshPeriod: refreshPeriod.toTrino() }),
    configFile: 'rules.json',
    rules: { 'rules.json': renderAccessRules(withMetricsUser(rules, server.users.metrics)) },
  };
}

function exchangeValues({ faultTolerance }: TrinoChartConfig) {
  const {
    'exchange-manager.name': name,
    'exchange.base-directories': directories,
    ...others
  } = faultTolerance?.exchangeManager ?? {};
  const given = name !== undefined && directories !== undefined;
  return {
    exchangeManager: given ? { exchangeManager: { name, baseDir: directories.split(',') } } : {},
    additionalExchangeManagerProperties: lines(others),
  };
}

/** `tpch` and `tpcds` come with the chart; only a null takes them out. */
function catalogValues({ catalogs }: TrinoChartConfig): Readonly<Record<string, string | null>> {
  const own = Object.fromEntries(catalogs.map(({ name, text }) => [name, tplText(text)]));
  return { tpch: null, tpcds: null, ...own };
}

function lines(properties: Properties): readonly string[] {
  return renderProperties(properties).split('\n').slice(0, -1);
}

/** One entry for each variable: a missing key of the Secret is then named by Kubernetes. */
function variable({ name }: EnvBinding, secrets: SecretNames): PodSpecPart {
  return { name, valueFrom: { secretKeyRef: { name: secrets.env, key: name } } };
}
