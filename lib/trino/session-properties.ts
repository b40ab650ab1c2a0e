import type { Violation } from '../core';
import type { Properties } from './policy';
import type { QueryType, ResourceGroups } from './resource-groups';

/** Session properties for the queries that match; what is left out matches all. */
export interface SessionDefault {
  /** Java regular expression over the whole user name. */
  readonly user?: string;
  /** Java regular expression over the whole source. */
  readonly source?: string;
  /** Tags that the client must all have sent. */
  readonly clientTags?: readonly string[];
  readonly queryType?: QueryType;
  /** Java regular expression over the whole id of the resource group. */
  readonly group?: string;
  /** `query_max_execution_time`, or `<catalog>.<property>`; values as Trino reads them. */
  readonly sessionProperties: Properties;
}

export interface SessionQuery {
  readonly user: string;
  readonly source?: string;
  readonly clientTags?: readonly string[];
  readonly queryType?: QueryType;
  /** Id of the resource group, as `whichGroup` gives it. */
  readonly group: string;
}

export declare function sessionDefaultsFor(query: SessionQuery, defaults: readonly SessionDefault[]): Properties;
export declare function renderSessionDefaults(defaults: readonly SessionDefault[]): string;
export declare function sessionDefaultViolations(
  defaults: readonly SessionDefault[],
  groups?: ResourceGroups,
): readonly Violation[];
