import type { DrainContext, DrainPlan } from '../drain';
import type { FaultToleranceContext } from '../fault-tolerance';
import type { MemoryPlan, MemoryProps, NodeMemory } from '../memory';
import { metricsOf, nativeName } from '../metrics';
import { planQueryLimits, type QueryLimitsPlan } from '../query-limits';
import { TrinoRelease } from '../release';
import type { ScalingContext, ScalingPolicy } from '../scaling';
import { type QueryReach, queryReach } from '../session-limits';
import type { SpillContext } from '../spill';
import { podMemory, podRoom } from './pods';
import type { RoleDefinition, TrinoDefinition } from './shapes';

/** What each policy has to know of the others: the one place where a value of one part reaches another. */

export function releaseOf({ release }: TrinoDefinition): TrinoRelease {
  return release ?? TrinoRelease.DEFAULT;
}

export function limitsOf(definition: TrinoDefinition): QueryLimitsPlan {
  return planQueryLimits(definition.limits ?? {}, definition.workers);
}

/** How long queries may run and what they wait for, with the limits of their sessions. */
function reachOf(definition: TrinoDefinition): QueryReach {
  return queryReach(limitsOf(definition), definition.sessionDefaults ?? []);
}

export function memoryProps(definition: TrinoDefinition): MemoryProps {
  const { coordinator, workers, memory, faultTolerance } = definition;
  return {
    coordinator: nodeMemory(coordinator),
    workers: { ...nodeMemory(workers), max: workers.max },
    retryPolicy: faultTolerance?.retryPolicy ?? 'NONE',
    ...(memory === undefined ? {} : { memory }),
  };
}

function nodeMemory(role: RoleDefinition): NodeMemory {
  const { memoryPolicy } = role;
  return {
    memory: podMemory(role),
    room: podRoom(role),
    ...(memoryPolicy === undefined ? {} : { memoryPolicy }),
  };
}

export function drainContext(definition: TrinoDefinition): DrainContext {
  return {
    maxExecutionTime: reachOf(definition).maxExecutionTime,
    retryPolicy: definition.faultTolerance?.retryPolicy ?? 'NONE',
    capacity: definition.workers.capacity ?? 'on-demand',
  };
}

export function faultToleranceContext(definition: TrinoDefinition, memory: MemoryPlan): FaultToleranceContext {
  return {
    memory,
    capacity: definition.workers.capacity ?? 'on-demand',
    maxExecutionTime: reachOf(definition).maxExecutionTime,
    release: releaseOf(definition),
  };
}

export function spillContext({ faultTolerance, workers }: TrinoDefinition): SpillContext {
  return { retryPolicy: faultTolerance?.retryPolicy ?? 'NONE', nodeStorage: workers.node.ephemeralStorage };
}

export function scalingPolicy({ scaling, workers: { min, max } }: TrinoDefinition): ScalingPolicy {
  return { ...scaling, min, max };
}

/** undefined where nobody can be asked how many queries there are. */
export function scalingContext(definition: TrinoDefinition, drain: DrainPlan): ScalingContext | undefined {
  if (definition.prometheusUrl === undefined) return undefined;
  const { runningQueries, queuedQueries, requiredWorkers } = metricsOf(releaseOf(definition));
  return {
    prometheusUrl: definition.prometheusUrl,
    labels: definition.seriesLabels ?? {},
    metrics: {
      runningQueries: nativeName(runningQueries),
      queuedQueries: nativeName(queuedQueries),
      requiredWorkers: nativeName(requiredWorkers),
    },
    drain,
    requiredWorkers: reachOf(definition).requiredWorkers,
  };
}
