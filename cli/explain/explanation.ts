import type { Duration } from '../../lib/core';
import type { Caution, DrainPlan, Finding, InertSetting, NodeMemoryPlan, Reason, TrinoPlan } from '../../lib/trino';

/** What `explain --json` prints: sizes in bytes, times in seconds. */
export interface Explanation {
  readonly environment: string;
  /** `480`. */
  readonly release: string;
  readonly memory: {
    readonly coordinator: ExplainedNode;
    readonly worker: ExplainedNode;
    readonly maxWorkers: number;
    /** `query.max-memory` */
    readonly maxMemory: number;
    /** `query.max-total-memory` */
    readonly maxTotalMemory: number;
  };
  readonly drain: ExplainedDrain;
  /** Why each number is what it is, part by part; values as people read them. */
  readonly reasons: readonly { readonly part: string; readonly reasons: readonly Reason[] }[];
  /** Properties that Trino accepts and never applies. */
  readonly inert: readonly InertSetting[];
  readonly cautions: readonly Caution[];
  /** What the check of all properties found and does not refuse. */
  readonly warnings: readonly Finding[];
}

interface ExplainedNode {
  readonly pod: number;
  readonly heap: number;
  readonly headroom: number;
  readonly maxMemoryPerNode: number;
  readonly pool: number;
  readonly offHeap: readonly { readonly name: string; readonly size: number }[];
  /** Absent when the node is not known. */
  readonly node?: { readonly allocatable: number; readonly podsPerNode: number; readonly wasted: number };
}

interface ExplainedDrain {
  readonly terminationGracePeriod: number;
  readonly timeline: readonly { readonly name: string; readonly start: number; readonly length: number }[];
  readonly limits: readonly { readonly name: string; readonly at: number; readonly suffices: boolean }[];
}

/** Everything that follows from an environment's definition, as plain data. */
export function explanationOf(environment: string, plan: TrinoPlan): Explanation {
  const { release, memory, reasons } = plan;
  return {
    environment,
    release: release.version,
    memory: {
      coordinator: explainedNode(memory.coordinator),
      worker: explainedNode(memory.worker),
      maxWorkers: memory.maxWorkers,
      maxMemory: memory.maxMemory.toBytes(),
      maxTotalMemory: memory.maxTotalMemory.toBytes(),
    },
    drain: explainedDrain(plan.drain),
    reasons,
    inert: memory.inert,
    cautions: plan.cautions,
    warnings: plan.chart.warnings,
  };
}

function explainedNode({
  memory,
  heap,
  headroom,
  maxMemoryPerNode,
  pool,
  offHeap,
  fit,
}: NodeMemoryPlan): ExplainedNode {
  return {
    pod: memory.toBytes(),
    heap: heap.toBytes(),
    headroom: headroom.toBytes(),
    maxMemoryPerNode: maxMemoryPerNode.toBytes(),
    pool: pool.toBytes(),
    offHeap: offHeap.map(({ name, size }) => ({ name, size: size.toBytes() })),
    ...(fit && {
      node: { allocatable: fit.allocatable.toBytes(), podsPerNode: fit.podsPerNode, wasted: fit.wasted.toBytes() },
    }),
  };
}

function explainedDrain({ terminationGracePeriod, timeline, limits }: DrainPlan): ExplainedDrain {
  return {
    terminationGracePeriod: seconds(terminationGracePeriod),
    timeline: timeline.map(({ name, start, length }) => ({ name, start: seconds(start), length: seconds(length) })),
    limits: limits.map(({ name, at, suffices }) => ({ name, at: seconds(at), suffices })),
  };
}

function seconds(duration: Duration): number {
  return duration.toMillis() / 1000;
}
