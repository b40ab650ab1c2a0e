import { show, type DataSize } from '../../core';
import type { MemoryPlan } from '../memory';
import type { Caution } from '../policy';
import { placedGroups, type PlacedGroup, type ResourceGroup, type ResourceGroups } from './shapes';

/** The memory that a group's limit stands for when all workers run; undefined without a limit. */
export function memoryShare({ softMemoryLimit }: ResourceGroup, clusterPool: DataSize): DataSize | undefined {
  return typeof softMemoryLimit === 'string'
    ? clusterPool.times(Number.parseFloat(softMemoryLimit) / 100)
    : softMemoryLimit;
}

/** Limits that Trino accepts and that cannot do what they seem to say. */
export function resourceGroupCautions(groups: ResourceGroups, memory: MemoryPlan): readonly Caution[] {
  return placedGroups(groups.rootGroups).flatMap((placed) => [
    ...shareCautions(placed, memory),
    ...overcommitCautions(placed, memory),
    ...idleCautions(placed, groups),
  ]);
}

function shareCautions({ group, id, parent }: PlacedGroup, { clusterPool }: MemoryPlan): readonly Caution[] {
  const share = memoryShare(group, clusterPool);
  if (share === undefined) return [];
  const path = `rootGroups.${id}.softMemoryLimit`;
  const limit = (parent && memoryShare(parent, clusterPool)) ?? clusterPool;
  if (!share.isGreaterThan(limit)) return [];
  const above = parent === undefined ? 'all workers together give' : `its parent ${show(parent.name)} may use`;
  return [{ path, text: `${share.toString()} is never reached: ${above} ${limit.toString()}` }];
}

/** Soft limits reserve nothing: together above the parent's they only say that not all groups can have theirs at once. */
function overcommitCautions({ group, id }: PlacedGroup, { clusterPool }: MemoryPlan): readonly Caution[] {
  const shares = (group.subGroups ?? []).flatMap((subGroup) => memoryShare(subGroup, clusterPool) ?? []);
  const first = shares[0];
  if (first === undefined) return [];
  const sum = shares.slice(1).reduce((total, share) => total.plus(share), first);
  const limit = memoryShare(group, clusterPool) ?? clusterPool;
  if (!sum.isGreaterThan(limit)) return [];
  const text = `the sub-groups may use ${sum.toString()} of ${limit.toString()}: not all can have their share at once`;
  return [{ path: `rootGroups.${id}.subGroups`, text }];
}

function idleCautions({ group, id }: PlacedGroup, { selectors }: ResourceGroups): readonly Caution[] {
  if (group.subGroups !== undefined || selectors.some((selector) => selector.group === id)) return [];
  return [{ path: `rootGroups.${id}`, text: 'no selector leads to this group' }];
}
