import { DataSize, Duration } from '../../../lib/core';
import { DEFAULT_RESOURCE_GROUPS, renderResourceGroups } from '../../../lib/trino/resource-groups';

test('the default groups as the file manager reads them', () => {
  expect(JSON.parse(renderResourceGroups(DEFAULT_RESOURCE_GROUPS))).toEqual({
    rootGroups: [
      {
        name: 'global',
        softMemoryLimit: '100%',
        hardConcurrencyLimit: 60,
        maxQueued: 500,
        schedulingPolicy: 'weighted_fair',
        jmxExport: true,
        subGroups: [group('etl', '40%', 20, 200, 4), group('bi', '20%', 30, 200, 2), group('adhoc', '10%', 10, 100, 1)],
      },
      { name: 'definitions', hardConcurrencyLimit: 20, maxQueued: 100, jmxExport: true },
    ],
    selectors: [
      { queryType: 'DATA_DEFINITION', group: 'definitions' },
      { source: '.*(airflow|dbt).*', group: 'global.etl' },
      { clientTags: ['etl'], group: 'global.etl' },
      { clientTags: ['bi'], group: 'global.bi' },
      { group: 'global.adhoc' },
    ],
  });
});

function group(
  name: string,
  softMemoryLimit: string,
  hardConcurrencyLimit: number,
  maxQueued: number,
  schedulingWeight: number,
) {
  return { name, softMemoryLimit, hardConcurrencyLimit, maxQueued, schedulingWeight, jmxExport: true };
}

test("quantities are in Trino's spelling, and groups per user are not exported", () => {
  const user = {
    name: '${USER}',
    maxQueued: 1,
    hardConcurrencyLimit: 1,
    softMemoryLimit: DataSize.gib(1.5),
    softCpuLimit: Duration.seconds(90),
    hardCpuLimit: Duration.hours(2),
    hardPhysicalDataScanLimit: DataSize.tib(2),
  };
  const groups = {
    rootGroups: [user],
    selectors: [{ group: '${USER}' }],
    cpuQuotaPeriod: Duration.hours(1),
    physicalDataScanQuotaPeriod: Duration.days(1),
  };
  expect(JSON.parse(renderResourceGroups(groups))).toEqual({
    rootGroups: [
      {
        ...{ name: '${USER}', maxQueued: 1, hardConcurrencyLimit: 1, jmxExport: false },
        ...{ softMemoryLimit: '1536MB', softCpuLimit: '90s', hardCpuLimit: '2h', hardPhysicalDataScanLimit: '2TB' },
      },
    ],
    selectors: [{ group: '${USER}' }],
    cpuQuotaPeriod: '1h',
    physicalDataScanQuotaPeriod: '1d',
  });
});
