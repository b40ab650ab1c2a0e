import { TRINO_ROLES, type TrinoRole } from '../trino-role';

/** What a metric counts; a `share` is a number from 0 to 1. */
export type MetricUnit =
  'bytes' | 'milliseconds' | 'queries' | 'tasks' | 'splits' | 'nodes' | 'requests' | 'collections' | 'share';

/** One number that Trino exports. @see https://trino.io/docs/current/admin/openmetrics.html */
export interface Metric {
  /** The JMX object: `trino.execution:name=QueryManager`. */
  readonly object: string;
  /** Its attribute, without the `.TotalCount` of a counter and the percentile of a summary. */
  readonly attribute: string;
  /** Whose pods export it. */
  readonly roles: readonly TrinoRole[];
  /** A counter only grows, and starts again with the process; a summary has a series for each `quantile`. */
  readonly kind: 'gauge' | 'counter' | 'summary';
  readonly unit: MetricUnit;
  readonly meaning: string;
}

export const COORDINATOR: readonly TrinoRole[] = ['coordinator'];
export const EVERY_NODE: readonly TrinoRole[] = TRINO_ROLES;

/** The metrics of one JMX object. */
export function bean(object: string, roles: readonly TrinoRole[]) {
  const metric = (kind: Metric['kind']) => {
    return (attribute: string, unit: MetricUnit, meaning: string): Metric => {
      return { object, attribute, roles, kind, unit, meaning };
    };
  };
  return { gauge: metric('gauge'), counter: metric('counter'), summary: metric('summary') };
}
