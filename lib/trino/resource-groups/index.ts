import type { Violation } from '../../core';
import { TrinoRelease } from '../release';
import { groupViolations } from './group-rules';
import { selectorViolations } from './selector-rules';
import type { ResourceGroups } from './shapes';

export { DEFAULT_RESOURCE_GROUPS } from './defaults';
export { memoryShare, resourceGroupCautions } from './memory-share';
export { renderResourceGroups } from './render';
export { whichGroup, type QueryContext, type Selection } from './select';
export * from './shapes';

/** Everything that the coordinator of a release would refuse at start, and selectors that cannot work. */
export function resourceGroupViolations(
  groups: ResourceGroups,
  release: TrinoRelease = TrinoRelease.DEFAULT,
): readonly Violation[] {
  return [...groupViolations(groups, release), ...selectorViolations(groups, release)];
}
