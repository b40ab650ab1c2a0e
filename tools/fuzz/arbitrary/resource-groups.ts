import fc, { type Arbitrary } from 'fast-check';
import { QUERY_TYPES, type TrinoRelease } from '../../../lib/trino';
import type { Expression } from '../expression';
import { type Fields, gib, pattern, rare, required, time, together } from './values';

const NAMES = ['etl', 'bi', 'adhoc', 'ops', '${USER}', 'of-${SOURCE}'];
const POLICIES = ['fair', 'weighted', 'weighted_fair', 'query_priority'];

/** A group as an expression, with what is needed to find it. */
interface Group extends Fields {
  readonly name: string;
}

function limits(release: TrinoRelease): Arbitrary<Fields> {
  const scans = release.isAtLeast('477') ? { hardPhysicalDataScanLimit: gib(1, 5000) } : {};
  return together(
    required({ maxQueued: fc.nat({ max: 1000 }) }),
    concurrency,
    rare({ softMemoryLimit, jmxExport: fc.boolean(), hardCpuLimit: time(3600, 7200), ...scans }),
    fc.oneof({ weight: 5, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: cpu }),
  );
}

const concurrency = fc.tuple(fc.nat({ max: 100 }), fc.nat({ max: 20 }), fc.boolean()).map(([soft, more, isSoft]) => ({
  hardConcurrencyLimit: soft + more,
  ...(isSoft ? { softConcurrencyLimit: soft } : {}),
}));

const cpu = required({ softCpuLimit: time(1, 3600), hardCpuLimit: time(3600, 7200) });

const softMemoryLimit: Arbitrary<Expression> = fc.oneof(
  fc.integer({ min: 1, max: 100 }).map((share) => `${share}%`),
  fc.constantFrom('0.5%', '99.9%'),
  gib(1, 2000),
);

function groups(release: TrinoRelease, depth: number): Arbitrary<readonly Group[]> {
  const named = fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 3 });
  return named.chain((names) => fc.tuple(...names.map((name) => group(release, name, depth))));
}

function group(release: TrinoRelease, name: string, depth: number): Arbitrary<Group> {
  const leaf = limits(release).map((fields) => ({ name, ...fields }));
  if (depth === 0) return leaf;
  const parent = fc
    .tuple(limits(release), fc.constantFrom(...POLICIES), groups(release, depth - 1), fc.integer({ min: 1, max: 9 }))
    .map(([fields, schedulingPolicy, subGroups, schedulingWeight]) => {
      const weighted = schedulingPolicy.startsWith('weighted');
      const children = weighted ? subGroups.map((child) => ({ ...child, schedulingWeight })) : subGroups;
      return { name, ...fields, schedulingPolicy, subGroups: children };
    });
  return fc.oneof({ weight: 2, arbitrary: leaf }, { weight: 1, arbitrary: parent });
}

function leavesOf(all: readonly Group[], prefix = ''): readonly string[] {
  return all.flatMap((one) =>
    one['subGroups'] === undefined
      ? [`${prefix}${one.name}`]
      : leavesOf(one['subGroups'] as readonly Group[], `${prefix}${one.name}.`),
  );
}

function conditions(release: TrinoRelease): Arbitrary<Fields> {
  const text = release.isAtLeast('479') ? { queryText: pattern } : {};
  return rare({
    ...text,
    user: pattern,
    userGroup: pattern,
    originalUser: pattern,
    authenticatedUser: pattern,
    source: pattern,
    queryType: fc.constantFrom(...QUERY_TYPES),
    clientTags: fc.array(fc.constantFrom('etl', 'bi', 'a b'), { minLength: 1, maxLength: 2 }),
  });
}

/** Trees of groups; a selector for `kill_query` comes first and one for all others last. */
export function resourceGroups(release: TrinoRelease): Arbitrary<Expression> {
  return groups(release, 2).chain((rootGroups) => {
    const leaf = fc.constantFrom(...leavesOf(rootGroups));
    const selector = fc.tuple(conditions(release), leaf).map(([fields, id]) => ({ ...fields, group: id }));
    const scans = release.isAtLeast('477') ? { physicalDataScanQuotaPeriod: time(60, 86_400) } : {};
    const periods = required({ cpuQuotaPeriod: time(60, 86_400), ...scans });
    return fc
      .tuple(fc.array(selector, { maxLength: 3 }), leaf, leaf, periods)
      .map(([selectors, first, last, quotas]) => ({
        rootGroups,
        selectors: [{ queryType: 'DATA_DEFINITION', group: first }, ...selectors, { group: last }],
        ...quotas,
      }));
  });
}
