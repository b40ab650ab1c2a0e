import {
  inside,
  repeatedNames,
  rule,
  show,
  violationsOf,
  wholeNumberIfGiven,
  type Duration,
  type Rule,
  type Violation,
} from '../../core';
import { optional } from '../policy';
import type { TrinoRelease } from '../release';
import { placedGroups, type PlacedGroup, type ResourceGroup, type ResourceGroups } from './shapes';

/** What the file manager and the groups themselves refuse, for each group of the tree. */
export function groupViolations(groups: ResourceGroups, release: TrinoRelease): readonly Violation[] {
  return [
    ...duplicateNames('rootGroups', groups.rootGroups),
    ...violationsOf(groups, [scanPeriodRule(release)]),
    ...placedGroups(groups.rootGroups).flatMap((placed) =>
      inside(`rootGroups.${placed.id}`, violationsOf(placed, [...GROUP_RULES, ...quotaRules(groups, release)])),
    ),
  ];
}

const nameRule = rule<PlacedGroup>(
  ({ group: { name } }) => /^(?:[^.${}]|\$\{[a-zA-Z][a-zA-Z0-9]*\})+$/.test(name),
  ({ group: { name } }) => ({
    path: 'name',
    got: show(name),
    allowed: 'one part of an id: no dot, and $, { and } only in a variable like ${USER}',
    fix: 'make a sub-group for what stands behind a dot',
  }),
);

function countRule(field: 'maxQueued' | 'hardConcurrencyLimit' | 'softConcurrencyLimit'): Rule<PlacedGroup> {
  return ({ group }) => wholeNumberIfGiven(field, group[field], { from: 0 }, `correct ${field}`);
}

const softConcurrencyRule = optional<PlacedGroup, number>(
  ({ group }) => group.softConcurrencyLimit,
  (soft, { group }) => soft <= group.hardConcurrencyLimit,
  (soft, { group }) => ({
    path: 'softConcurrencyLimit',
    got: show(soft),
    allowed: `up to hardConcurrencyLimit (${group.hardConcurrencyLimit})`,
    fix: 'lower softConcurrencyLimit or raise hardConcurrencyLimit',
  }),
);

const memoryRule = optional<PlacedGroup, string>(
  ({ group }) => (typeof group.softMemoryLimit === 'string' ? group.softMemoryLimit : undefined),
  (limit) => /^\d{1,3}(\.\d+)?%$/.test(limit) && Number.parseFloat(limit) > 0 && Number.parseFloat(limit) <= 100,
  (limit) => ({
    path: 'softMemoryLimit',
    got: show(limit),
    allowed: 'a share of the cluster from above 0% to 100%, or a DataSize',
    fix: "write it like '40%'",
  }),
);

const weightRule: Rule<PlacedGroup> = ({ group }) =>
  wholeNumberIfGiven('schedulingWeight', group.schedulingWeight, { from: 1 }, 'give each sibling its part');

const weightsOfAllRule = rule<PlacedGroup>(
  ({ group }) => {
    const weights = weighted(group);
    return weights.length === 0 || weights.length === group.subGroups?.length;
  },
  ({ group }) => ({
    path: 'subGroups',
    got: `schedulingWeight on ${names(weighted(group))} only`,
    allowed: 'a weight on all sub-groups or on none',
    fix: `give ${names(group.subGroups?.filter(({ schedulingWeight }) => schedulingWeight === undefined) ?? [])} a weight, too`,
  }),
);

const weightsNeedPolicyRule = rule<PlacedGroup>(
  ({ group }) => weighted(group).length === 0 || isWeighted(group),
  ({ group }) => ({
    path: 'schedulingPolicy',
    got: show(group.schedulingPolicy ?? 'fair'),
    allowed: "'weighted' or 'weighted_fair', because sub-groups have a schedulingWeight",
    fix: "set schedulingPolicy to 'weighted_fair' or remove the weights",
  }),
);

const rootWeightRule = rule<PlacedGroup>(
  ({ group, parent }) => parent !== undefined || group.schedulingWeight === undefined,
  ({ group }) => ({
    path: 'schedulingWeight',
    got: show(group.schedulingWeight),
    allowed: 'nothing on a root group, which has no policy above it',
    fix: 'remove it or put the group below a root group',
  }),
);

const priorityRule = rule<PlacedGroup>(
  ({ group, parent }) =>
    parent?.schedulingPolicy !== 'query_priority' ||
    group.schedulingPolicy === undefined ||
    group.schedulingPolicy === 'query_priority',
  ({ group }) => ({
    path: 'schedulingPolicy',
    got: show(group.schedulingPolicy),
    allowed: "'query_priority', which its parent has",
    fix: 'leave schedulingPolicy out',
  }),
);

const softCpuRule = optional<PlacedGroup, Duration>(
  ({ group }) => group.softCpuLimit,
  (soft, { group }) => group.hardCpuLimit !== undefined && !soft.isGreaterThan(group.hardCpuLimit),
  (soft, { group }) => ({
    path: 'softCpuLimit',
    got: `${soft.toString()} with hardCpuLimit ${show(group.hardCpuLimit)}`,
    allowed: 'up to a hardCpuLimit, which must be there',
    fix: 'set hardCpuLimit to at least softCpuLimit',
  }),
);

const duplicateSubGroupsRule: Rule<PlacedGroup> = ({ group }) => duplicateNames('subGroups', group.subGroups ?? []);

const GROUP_RULES: readonly Rule<PlacedGroup>[] = [
  nameRule,
  countRule('maxQueued'),
  countRule('hardConcurrencyLimit'),
  countRule('softConcurrencyLimit'),
  softConcurrencyRule,
  memoryRule,
  weightRule,
  weightsOfAllRule,
  weightsNeedPolicyRule,
  rootWeightRule,
  priorityRule,
  softCpuRule,
  duplicateSubGroupsRule,
];

function scanPeriodRule(release: TrinoRelease): Rule<ResourceGroups> {
  return optional(
    ({ physicalDataScanQuotaPeriod }) => physicalDataScanQuotaPeriod,
    () => release.isAtLeast(SCAN_LIMITS_SINCE),
    (period) => ({
      path: 'physicalDataScanQuotaPeriod',
      got: period.toString(),
      allowed: `nothing in Trino ${release.version}, which does not know it`,
      fix: 'remove it or move to Trino 480',
    }),
  );
}

/** The oldest release that knows quotas of scanned bytes. */
const SCAN_LIMITS_SINCE = '477';

function quotaRules(groups: ResourceGroups, release: TrinoRelease): readonly Rule<PlacedGroup>[] {
  return [
    rule(
      ({ group }) => groups.cpuQuotaPeriod !== undefined || (group.softCpuLimit ?? group.hardCpuLimit) === undefined,
      ({ group }) => ({
        path: group.hardCpuLimit === undefined ? 'softCpuLimit' : 'hardCpuLimit',
        got: show(group.hardCpuLimit ?? group.softCpuLimit),
        allowed: 'a CPU limit only with a cpuQuotaPeriod',
        fix: 'set cpuQuotaPeriod, for example to one hour',
      }),
    ),
    optional(
      ({ group }) => group.hardPhysicalDataScanLimit,
      () => groups.physicalDataScanQuotaPeriod !== undefined,
      (limit) => ({
        path: 'hardPhysicalDataScanLimit',
        got: limit.toString(),
        allowed: 'a scan limit only with a physicalDataScanQuotaPeriod',
        fix: 'set physicalDataScanQuotaPeriod, for example to one day',
      }),
    ),
    optional(
      ({ group }) => group.hardPhysicalDataScanLimit,
      () => release.isAtLeast(SCAN_LIMITS_SINCE),
      (limit) => ({
        path: 'hardPhysicalDataScanLimit',
        got: limit.toString(),
        allowed: `nothing in Trino ${release.version}, which does not know it`,
        fix: 'remove it or move to Trino 480',
      }),
    ),
  ];
}

function duplicateNames(path: string, groups: readonly ResourceGroup[]): readonly Violation[] {
  return repeatedNames(groups.map(({ name }) => name)).map((name) => ({
    path,
    got: `two groups named ${show(name)}`,
    allowed: 'names that differ among siblings',
    fix: 'rename one or merge them',
  }));
}

function weighted(group: ResourceGroup): readonly ResourceGroup[] {
  return group.subGroups?.filter(({ schedulingWeight }) => schedulingWeight !== undefined) ?? [];
}

function isWeighted({ schedulingPolicy }: ResourceGroup): boolean {
  return schedulingPolicy === 'weighted' || schedulingPolicy === 'weighted_fair';
}

function names(groups: readonly ResourceGroup[]): string {
  return groups.map(({ name }) => show(name)).join(', ');
}
