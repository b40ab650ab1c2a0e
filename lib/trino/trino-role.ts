/** What a node of Trino is. The files of a coordinator hold names that a worker does not know. */
export type TrinoRole = (typeof TRINO_ROLES)[number];

/** Both roles. */
export const TRINO_ROLES = ['coordinator', 'worker'] as const;
