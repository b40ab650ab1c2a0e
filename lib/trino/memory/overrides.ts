import { DataSize, inside, type Violation } from '../../core';
import { type Properties, readable } from '../policy';
import type { TrinoRole } from '../trino-role';
import { limitViolations } from './cluster';
import { bootViolation, violatesBoot } from './node';
import type { MemoryPlan, NodeMemoryPlan } from './shapes';

const PER_NODE = 'query.max-memory-per-node';
const HEADROOM = 'memory.heap-headroom-per-node';

/**
 * Checks lines that a user adds to `config.properties` by hand against the plan: they win over it, so Trino's boot rule
 * and the reach of the cluster must hold with them.
 * @param overrides the added lines of each role; names that are not about memory are passed over
 */
export function memoryOverrideViolations(
  plan: MemoryPlan,
  overrides: Partial<Record<TrinoRole, Properties>>,
): readonly Violation[] {
  const { coordinator = {}, worker = {} } = overrides;
  return [
    ...inside('coordinator', bootOverride(plan.coordinator, coordinator)),
    ...inside('worker', bootOverride(plan.worker, worker)),
    ...inside('coordinator', limitOverride(plan, coordinator)),
    ...inertOverride(plan, { coordinator, worker }),
  ];
}

function bootOverride(plan: NodeMemoryPlan, lines: Properties): readonly Violation[] {
  if (lines[PER_NODE] === undefined && lines[HEADROOM] === undefined) return [];
  const numbers = {
    heap: plan.heap,
    headroom: sizeIn(lines[HEADROOM], plan.heap) ?? plan.headroom,
    maxMemoryPerNode: sizeIn(lines[PER_NODE], plan.heap) ?? plan.maxMemoryPerNode,
  };
  return violatesBoot(numbers) === undefined ? [] : [bootViolation(PER_NODE, numbers)];
}

function limitOverride(plan: MemoryPlan, lines: Properties): readonly Violation[] {
  const maxMemory = sizeIn(lines['query.max-memory']);
  const maxTotalMemory = sizeIn(lines['query.max-total-memory']);
  const limits = {
    ...(maxMemory === undefined ? {} : { maxMemory }),
    ...(maxTotalMemory === undefined ? {} : { maxTotalMemory }),
  };
  return limitViolations(limits, plan.worker, plan.maxWorkers).map((violation) => ({
    ...violation,
    path: violation.path === 'maxMemory' ? 'query.max-memory' : 'query.max-total-memory',
  }));
}

function inertOverride(plan: MemoryPlan, overrides: Record<TrinoRole, Properties>): readonly Violation[] {
  return plan.inert.flatMap(({ property, reason }) =>
    Object.entries(overrides).flatMap(([role, lines]) => {
      const value = lines[property];
      const fix = `remove the line: ${reason}`;
      return value === undefined ? [] : [{ path: `${role}.${property}`, got: value, allowed: 'no such line', fix }];
    }),
  );
}

/** A size or, where Trino takes one, a percentage of the heap; undefined for what the property check refuses anyway. */
function sizeIn(text: string | undefined, heap?: DataSize): DataSize | undefined {
  if (text === undefined) return undefined;
  const [, share] = /^(\d+(?:\.\d+)?)%$/.exec(text) ?? [];
  if (share !== undefined) return heap?.times(Number(share) / 100);
  return readable(DataSize.parseTrino, text);
}
