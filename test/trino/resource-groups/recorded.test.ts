import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from '../../../lib/core';
import { TrinoRelease } from '../../../lib/trino/release';
import {
  resourceGroupViolations,
  whichGroup,
  type QueryContext,
  type ResourceGroup,
  type ResourceGroups,
} from '../../../lib/trino/resource-groups';

/** A document of the file manager, where durations are text. */
interface GroupDocument extends Omit<ResourceGroup, 'softCpuLimit' | 'hardCpuLimit' | 'subGroups'> {
  readonly softCpuLimit?: string;
  readonly hardCpuLimit?: string;
  readonly subGroups?: readonly GroupDocument[];
}

interface ManagerDocument extends Omit<ResourceGroups, 'rootGroups' | 'cpuQuotaPeriod'> {
  readonly rootGroups: readonly GroupDocument[];
  readonly cpuQuotaPeriod?: string;
}

interface Recorded {
  readonly groups: ManagerDocument;
  /** The error of the file manager. */
  readonly refused?: string;
  readonly answers?: readonly { readonly query: QueryContext; readonly group: string | null }[];
}

/** Random documents and queries with what the file manager's classes of a real Trino 476 made of them. */
const RECORDED = readFileSync(join(__dirname, 'selections-476.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded);

function typed({ rootGroups, cpuQuotaPeriod, selectors }: ManagerDocument): ResourceGroups {
  const period = cpuQuotaPeriod === undefined ? {} : { cpuQuotaPeriod: Duration.parseTrino(cpuQuotaPeriod) };
  return { rootGroups: rootGroups.map(typedGroup), selectors, ...period };
}

function typedGroup({ softCpuLimit, hardCpuLimit, subGroups, ...rest }: GroupDocument): ResourceGroup {
  return {
    ...rest,
    ...(softCpuLimit === undefined ? {} : { softCpuLimit: Duration.parseTrino(softCpuLimit) }),
    ...(hardCpuLimit === undefined ? {} : { hardCpuLimit: Duration.parseTrino(hardCpuLimit) }),
    ...(subGroups === undefined ? {} : { subGroups: subGroups.map(typedGroup) }),
  };
}

test('every query goes to the group that Trino 476 puts it in', () => {
  const differing = RECORDED.flatMap(({ groups, answers = [] }) =>
    answers
      .map(({ query, group }) => ({ query, trino: group ?? undefined, ours: whichGroup(query, typed(groups))?.group }))
      .filter(({ trino, ours }) => trino !== ours),
  );
  expect(differing).toEqual([]);
});

test('fails when Trino 476 refuses a document: each one is refused here, too', () => {
  const accepted = RECORDED.filter(({ refused }) => refused !== undefined).filter(
    ({ groups }) => resourceGroupViolations(typed(groups), TrinoRelease.of('476')).length === 0,
  );
  expect(accepted.map(({ refused }) => refused)).toEqual([]);
});

/** What Trino starts with and still gets wrong: these rules are ours. */
const OURS = /none for every query|DATA_DEFINITION|hides|which its parent has|because sub-groups have/;

test('what Trino 476 accepts is refused for reasons of ours only', () => {
  const reasons = RECORDED.filter(({ refused }) => refused === undefined)
    .flatMap(({ groups }) => resourceGroupViolations(typed(groups), TrinoRelease.of('476')))
    .filter((violation) => !OURS.test(JSON.stringify(violation)));
  expect(reasons).toEqual([]);
});
