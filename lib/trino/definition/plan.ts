import { refuse, type Violation } from '../../core';
import { catalogRuleCautions } from '../access-control';
import { renderCatalog } from '../catalog-config';
import { toChartValues, type TrinoChartConfig, type TrinoChartPlan, type WorkerCount } from '../chart-values';
import { planDrain, type DrainPlan } from '../drain';
import { planFaultTolerance, retryCautions } from '../fault-tolerance';
import { planMemory } from '../memory';
import type { Caution } from '../policy';
import { DEFAULT_RESOURCE_GROUPS, resourceGroupCautions } from '../resource-groups';
import { planCpuScaling, planScaling } from '../scaling';
import { sessionAccessCautions, sessionRuleCautions } from '../session-access';
import { sessionLimitCautions } from '../session-limits';
import { sessionCatalogViolations } from '../session-names';
import { planSpill } from '../spill';
import {
  drainContext,
  faultToleranceContext,
  limitsOf,
  memoryProps,
  releaseOf,
  scalingContext,
  scalingPolicy,
} from './contexts';
import { podCpu } from './pods';
import { definitionViolations } from './rules';
import type { TrinoDefinition, TrinoPlan } from './shapes';

/** What each policy decided, before the chart is told. */
type Policies = Omit<TrinoPlan, 'chart' | 'reasons' | 'cautions'>;

/** Who scrapes `/metrics`; workers and coordinator let nobody else. */
const METRICS_USER = 'metrics';

/**
 * Everything that follows from a definition: plans, files, chart values, and the reason for each number.
 * @throws ConfigError with everything that is wrong, in all parts and between them
 */
export function planTrino(definition: TrinoDefinition): TrinoPlan {
  refuse(`trino ${definition.name}`, [...definitionViolations(definition), ...catalogsOfSessions(definition)]);
  const policies = planPolicies(definition);
  const chart = toChartValues(chartConfig(definition, policies));
  return { ...policies, chart, reasons: reasonsOf(policies), cautions: cautionsOf(definition, policies, chart) };
}

/** Judged when all catalogs are there: a platform may add some after its definition was checked. */
function catalogsOfSessions(definition: TrinoDefinition): readonly Violation[] {
  return sessionCatalogViolations(definition.sessionDefaults ?? [], connectorsOf(definition), releaseOf(definition));
}

/** By the name of the catalog. */
function connectorsOf({ catalogs }: TrinoDefinition): ReadonlyMap<string, string> {
  return new Map(catalogs.map(({ name, config }) => [name, config.connector]));
}

function planPolicies(definition: TrinoDefinition): Policies {
  const { spill, faultTolerance } = definition;
  const memory = planMemory(memoryProps(definition));
  const drain = planDrain(definition.drain ?? {}, drainContext(definition));
  return {
    release: releaseOf(definition),
    memory,
    limits: limitsOf(definition),
    drain,
    ...planWorkers(definition, drain),
    spill: spill === undefined ? undefined : planSpill(spill),
    faultTolerance:
      faultTolerance === undefined
        ? undefined
        : planFaultTolerance(faultTolerance, faultToleranceContext(definition, memory)),
    users: { drain: drain.user, metrics: METRICS_USER },
  };
}

/** By queries where they are counted, by CPU where they are not; a number that never changes needs neither. */
function planWorkers(definition: TrinoDefinition, drain: DrainPlan): Pick<Policies, 'scaling' | 'cpuScaling'> {
  const policy = scalingPolicy(definition);
  const context = scalingContext(definition, drain);
  if (context !== undefined) return { scaling: planScaling(policy, context), cpuScaling: undefined };
  return { scaling: undefined, cpuScaling: policy.min === policy.max ? undefined : planCpuScaling(policy, drain) };
}

function chartConfig(definition: TrinoDefinition, policies: Policies): TrinoChartConfig {
  const { name, placement, resourceGroups = DEFAULT_RESOURCE_GROUPS, image, heapDumps } = definition;
  const { spill, faultTolerance, release, memory, limits, drain } = policies;
  const { sessionDefaults, extraValues, secrets, serviceAccount } = definition;
  return {
    ...{ name, release, memory, limits, drain, resourceGroups, secrets, serviceAccount },
    server: serverSettings(definition, policies),
    coordinator: { ...placement?.coordinator, cpu: podCpu(definition.coordinator) },
    worker: { ...placement?.worker, cpu: podCpu(definition.workers) },
    workerCount: workerCount(definition, policies),
    catalogs: definition.catalogs.map((catalog) => renderCatalog(catalog.name, catalog.config, release)),
    ...given({ spill, faultTolerance, sessionDefaults, image, heapDumps, extraValues }),
  };
}

function serverSettings(definition: TrinoDefinition, { users }: Policies): TrinoChartConfig['server'] {
  const { environment, sharedSecret, clientTls } = definition;
  const { authentication, accessControl, audit, logLevels, extraProperties } = definition;
  return {
    ...{ environment, sharedSecret, clientTls, users },
    ...given({ authentication, accessControl, audit, logLevels, extraProperties }),
  };
}

/** An autoscaler of the chart owns the number of workers, always: anybody else's would be reset by the next upgrade. */
function workerCount({ workers }: TrinoDefinition, { scaling, cpuScaling }: Policies): WorkerCount {
  if (scaling !== undefined) return { by: 'keda', plan: scaling };
  return cpuScaling === undefined ? { by: 'number', count: workers.min } : { by: 'cpu', ...cpuScaling };
}

function reasonsOf({ memory, ...policies }: Policies): TrinoPlan['reasons'] {
  const { limits, drain, scaling, cpuScaling, spill, faultTolerance } = policies;
  const parts = { coordinator: memory.coordinator, worker: memory.worker, memory, limits, faultTolerance, spill };
  return Object.entries({ ...parts, drain, scaling: scaling ?? cpuScaling }).flatMap(([part, plan]) =>
    plan === undefined ? [] : [{ part, reasons: plan.reasons }],
  );
}

function cautionsOf(
  definition: TrinoDefinition,
  { memory, limits, drain }: Policies,
  chart: TrinoChartPlan,
): readonly Caution[] {
  const { resourceGroups = DEFAULT_RESOURCE_GROUPS, faultTolerance, catalogs } = definition;
  const { sessionDefaults = [], accessControl: { rules = {} } = {} } = definition;
  const writable = catalogs.map(({ name, config }) => ({ name, ...config }));
  return [
    ...memory.cautions,
    ...drain.cautions,
    ...resourceGroupCautions(resourceGroups, memory),
    ...sessionLimitCautions(sessionDefaults, { ...memory.properties.coordinator, ...limits.properties.coordinator }),
    ...sessionAccessCautions(sessionDefaults, rules),
    ...sessionRuleCautions(rules, releaseOf(definition), connectorsOf(definition)),
    ...catalogRuleCautions(
      rules,
      catalogs.map(({ name }) => name),
    ),
    ...(faultTolerance === undefined ? [] : retryCautions(faultTolerance, writable)),
    ...chart.cautions,
    ...loginCautions(definition),
  ];
}

function loginCautions({ authentication }: TrinoDefinition): readonly Caution[] {
  if (authentication !== undefined) return [];
  const text =
    "nobody has to prove who they are: whoever reaches the coordinator is believed any user name, an operator's, too. " +
    'Add authenticators, and an ingress for TLS';
  return [{ path: 'authentication', text }];
}

/** An option that is not given must be absent, not undefined. */
function given<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
