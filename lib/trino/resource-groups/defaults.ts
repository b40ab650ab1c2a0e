import type { ResourceGroups } from './shapes';

/**
 * ETL 40, BI 20 and ad hoc 10 per cent of the memory, at four, two and one parts of the starts. Data definition, to which
 * `kill_query` belongs, has a tree of its own: it never waits behind the query that it is to end.
 */
export const DEFAULT_RESOURCE_GROUPS: ResourceGroups = {
  rootGroups: [
    {
      name: 'global',
      softMemoryLimit: '100%',
      hardConcurrencyLimit: 60,
      maxQueued: 500,
      schedulingPolicy: 'weighted_fair',
      subGroups: [
        { name: 'etl', softMemoryLimit: '40%', hardConcurrencyLimit: 20, maxQueued: 200, schedulingWeight: 4 },
        { name: 'bi', softMemoryLimit: '20%', hardConcurrencyLimit: 30, maxQueued: 200, schedulingWeight: 2 },
        { name: 'adhoc', softMemoryLimit: '10%', hardConcurrencyLimit: 10, maxQueued: 100, schedulingWeight: 1 },
      ],
    },
    { name: 'definitions', hardConcurrencyLimit: 20, maxQueued: 100 },
  ],
  selectors: [
    { queryType: 'DATA_DEFINITION', group: 'definitions' },
    { source: '.*(airflow|dbt).*', group: 'global.etl' },
    { clientTags: ['etl'], group: 'global.etl' },
    { clientTags: ['bi'], group: 'global.bi' },
    { group: 'global.adhoc' },
  ],
};
