import type { DataSize, Duration } from '../../core';

/** How a group picks the next query or sub-group to start. */
export type SchedulingPolicy = 'fair' | 'weighted' | 'weighted_fair' | 'query_priority';

/** What a statement is to Trino. `CALL`, and so `kill_query`, is a `DATA_DEFINITION`. @see https://trino.io/docs/current/admin/resource-groups.html#selector-rules */
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
/** One of `QUERY_TYPES`. */
export type QueryType = (typeof QUERY_TYPES)[number];

/** Limits on queries that run together. @see https://trino.io/docs/current/admin/resource-groups.html#resource-group-properties */
export interface ResourceGroup {
  /** One part of the id, without a dot; may hold `${USER}`, `${SOURCE}` or a named group of a selector's pattern. */
  readonly name: string;
  /** Queries that may wait; the next one is rejected. */
  readonly maxQueued: number;
  /** Queries that may run. */
  readonly hardConcurrencyLimit: number;
  /** Memory above which new queries wait, as a share of the cluster or a size. It ends no query. @default - no limit */
  readonly softMemoryLimit?: `${number}%` | DataSize;
  /** Queries above which the peers of this group go first. @default - hardConcurrencyLimit */
  readonly softConcurrencyLimit?: number;
  /** @default 'fair' */
  readonly schedulingPolicy?: SchedulingPolicy;
  /** Its part among its siblings, under a parent with a weighted policy. @default 1 */
  readonly schedulingWeight?: number;
  /** Metrics of this group. @default true; false below a name with a variable, which makes a group per user */
  readonly jmxExport?: boolean;
  /** CPU time per `cpuQuotaPeriod` above which fewer queries may run; needs `hardCpuLimit`. @default - none */
  readonly softCpuLimit?: Duration;
  /** CPU time per `cpuQuotaPeriod` above which none may start. @default - none */
  readonly hardCpuLimit?: Duration;
  /** Bytes read per `physicalDataScanQuotaPeriod` above which none may start. @default - none */
  readonly hardPhysicalDataScanLimit?: DataSize;
  /** A group has sub-groups or queries, not both. @default - none */
  readonly subGroups?: readonly ResourceGroup[];
}

/** Conditions that must all hold. Patterns are Java's and match the whole text. */
export interface Selector {
  readonly user?: string;
  /** Matches when any group of the user matches. */
  readonly userGroup?: string;
  /** The user before impersonation by `SET SESSION AUTHORIZATION`. */
  readonly originalUser?: string;
  /** Nobody is the empty text. */
  readonly authenticatedUser?: string;
  /** No source is the empty text. */
  readonly source?: string;
  /** The whole statement; a dot matches no line break unless the pattern starts with `(?s)`. */
  readonly queryText?: string;
  readonly queryType?: QueryType;
  /** Tags that the client must all have sent. */
  readonly clientTags?: readonly string[];
  /** Id of a group without sub-groups, names joined by dots as they stand in the tree. */
  readonly group: string;
}

/** The document of the file resource group manager. */
export interface ResourceGroups {
  readonly rootGroups: readonly ResourceGroup[];
  /** Tried in order; the first that matches decides, a query that matches none is rejected. */
  readonly selectors: readonly Selector[];
  /** @default - no CPU limits */
  readonly cpuQuotaPeriod?: Duration;
  /** @default - no scan limits */
  readonly physicalDataScanQuotaPeriod?: Duration;
}

/** A group with its place in the tree. */
export interface PlacedGroup {
  readonly group: ResourceGroup;
  /** Names from the root, joined by dots. */
  readonly id: string;
  readonly parent: ResourceGroup | undefined;
}

/** Every group of the tree, parents before their sub-groups. */
export function placedGroups(groups: readonly ResourceGroup[], parent?: PlacedGroup): readonly PlacedGroup[] {
  return groups.flatMap((group) => {
    const id = parent === undefined ? group.name : `${parent.id}.${group.name}`;
    const placed = { group, id, parent: parent?.group };
    return [placed, ...placedGroups(group.subGroups ?? [], placed)];
  });
}

/** The names of the variables in a group's name or id. */
export function variablesIn(name: string): readonly string[] {
  return [...name.matchAll(/\$\{([a-zA-Z][a-zA-Z0-9]*)\}/g)].flatMap(([, variable]) => variable ?? []);
}
