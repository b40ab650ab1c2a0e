import { DataSize } from '../../../lib/core';
import { planMemory } from '../../../lib/trino/memory';
import { DEFAULT_RESOURCE_GROUPS, resourceGroupCautions, type ResourceGroup } from '../../../lib/trino/resource-groups';

const MEMORY = planMemory({
  coordinator: { memory: DataSize.gib(16) },
  workers: { memory: DataSize.gib(48), max: 6 },
});
const LIMITS = { maxQueued: 10, hardConcurrencyLimit: 5 };

function cautions(...rootGroups: readonly ResourceGroup[]) {
  return resourceGroupCautions({ rootGroups, selectors: [{ group: 'a' }, { group: 'a.b' }, { group: 'a.c' }] }, MEMORY);
}

test('the default shares can be honoured', () => {
  expect(resourceGroupCautions(DEFAULT_RESOURCE_GROUPS, MEMORY)).toEqual([]);
});

test('a limit above what all workers have is never reached', () => {
  expect(cautions({ name: 'a', ...LIMITS, softMemoryLimit: DataSize.gib(161) })).toEqual([]);
  expect(cautions({ name: 'a', ...LIMITS, softMemoryLimit: DataSize.gib(200) })).toEqual([
    { path: 'rootGroups.a.softMemoryLimit', text: '200 GiB is never reached: all workers together give 161.2 GiB' },
  ]);
});

test('a limit above the one of its parent is never reached', () => {
  const subGroups = [{ name: 'b', ...LIMITS, softMemoryLimit: '60%' as const }];
  expect(cautions({ name: 'a', ...LIMITS, softMemoryLimit: '50%', subGroups })[0]?.path).toBe('rootGroups.a.subGroups');
  expect(cautions({ name: 'a', ...LIMITS, softMemoryLimit: '50%', subGroups })[1]?.path).toBe(
    'rootGroups.a.b.softMemoryLimit',
  );
  expect(cautions({ name: 'a', ...LIMITS, softMemoryLimit: '60%', subGroups })).toEqual([]);
});

test('shares that add up to more than there is are said to exclude each other', () => {
  const shares = (b: `${number}%`) => [
    { name: 'b', ...LIMITS, softMemoryLimit: b },
    { name: 'c', ...LIMITS, softMemoryLimit: '50%' as const },
  ];
  expect(cautions({ name: 'a', ...LIMITS, subGroups: shares('50%') })).toEqual([]);
  expect(cautions({ name: 'a', ...LIMITS, subGroups: shares('60%') })).toMatchObject([
    { path: 'rootGroups.a.subGroups', text: expect.stringContaining('not all can have their share at once') as string },
  ]);
});

test('a group that no selector leads to is named', () => {
  expect(cautions({ name: 'd', ...LIMITS })).toEqual([
    { path: 'rootGroups.d', text: 'no selector leads to this group' },
  ]);
});
