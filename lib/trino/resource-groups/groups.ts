import type { DataSize, Duration, Violation } from '../../core';

export type SchedulingPolicy = 'fair' | 'weighted' | 'weighted_fair' | 'query_priority';

/** @see https://trino.io/docs/current/admin/resource-groups.html#selector-rules */
export const QUERY_TYPES = [
  'SELECT',
  'EXPLAIN',
  'DESCRIBE',
  'INSERT',
  'UPDATE',
  'MERGE',
  'DELETE',
  'ANALYZE',
  'DATA_DEFINITION',
  'ALTER_TABLE_EXECUTE',
] as const;
export type QueryType = (typeof QUERY_TYPES)[number];

export interface ResourceGroup {
  /** One part of the id, without a dot; may hold `${USER}`, `${SOURCE}` or a named group of a selector's pattern. */
  readonly name: string;
  /** Queries that may wait; the next one is rejected. */
  readonly maxQueued: number;
  /** Queries that may run. */
  readonly hardConcurrencyLimit: number;
  /** Memory above which new queries wait; a share of the cluster or a size. It kills nothing. @default - no limit */
  readonly softMemoryLimit?: `${number}%` | DataSize;
  readonly softConcurrencyLimit?: number;
  /** @default 'fair' */
  readonly schedulingPolicy?: SchedulingPolicy;
  readonly schedulingWeight?: number;
  /** Metrics of this group. @default true */
  readonly jmxExport?: boolean;
  readonly softCpuLimit?: Duration;
  readonly hardCpuLimit?: Duration;
  readonly hardPhysicalDataScanLimit?: DataSize;
  readonly subGroups?: readonly ResourceGroup[];
}

/** Conditions that must all hold; patterns are Java's and match the whole text. */
export interface Selector {
  readonly user?: string;
  readonly userGroup?: string;
  readonly originalUser?: string;
  readonly authenticatedUser?: string;
  readonly source?: string;
  readonly queryText?: string;
  readonly queryType?: QueryType;
  /** Tags that the client must all have sent. */
  readonly clientTags?: readonly string[];
  /** Id of the group, parts joined by dots. */
  readonly group: string;
}

export interface ResourceGroups {
  readonly rootGroups: readonly ResourceGroup[];
  /** Tried in order; the first that matches decides, a query that matches none is rejected. */
  readonly selectors: readonly Selector[];
  readonly cpuQuotaPeriod?: Duration;
  readonly physicalDataScanQuotaPeriod?: Duration;
}

export interface QueryContext {
  readonly user: string;
  readonly userGroups?: readonly string[];
  /** @default - user */
  readonly originalUser?: string;
  /** @default - nobody: the connection is not authenticated */
  readonly authenticatedUser?: string;
  readonly source?: string;
  readonly queryText?: string;
  readonly queryType?: QueryType;
  readonly clientTags?: readonly string[];
}

export interface Selection {
  /** Id of the group, variables filled in. */
  readonly group: string;
  /** Index of the selector that matched. */
  readonly selector: number;
}

export declare const DEFAULT_RESOURCE_GROUPS: ResourceGroups;
export declare function renderResourceGroups(groups: ResourceGroups): string;
export declare function resourceGroupViolations(groups: ResourceGroups, release?: number): readonly Violation[];
/** undefined: Trino rejects the query, "No matching resource group found". */
export declare function whichGroup(query: QueryContext, groups: ResourceGroups): Selection | undefined;
