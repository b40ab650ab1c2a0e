import type { Properties } from './policy';
import type { QueryType } from './resource-groups';

/** Session properties for the queries that match; a condition that is left out matches all. */
export interface SessionDefault {
  /** Java regular expression for the whole user name. */
  readonly user?: string;
  /** Java regular expression for the whole source; a query without one has the empty text. */
  readonly source?: string;
  /** Tags that the client must all have sent. */
  readonly clientTags?: readonly string[];
  readonly queryType?: QueryType;
  /** Java regular expression for the whole id of the resource group. */
  readonly group?: string;
  /**
   * `query_max_execution_time`, or `<catalog>.<property>`; values as text, as Trino reads them. Names and values are
   * checked against what the release has, of the server and, where that is known, of the catalog's connector. The user
   * must be allowed to set each of them, or the query fails.
   */
  readonly sessionProperties: Properties;
}
