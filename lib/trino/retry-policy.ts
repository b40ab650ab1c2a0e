/** The values of `retry-policy`. @see https://trino.io/docs/current/admin/fault-tolerant-execution.html */
export const RETRY_POLICIES = ['NONE', 'QUERY', 'TASK'] as const;
/** `retry-policy`: what Trino repeats when a worker is lost. */
export type RetryPolicy = (typeof RETRY_POLICIES)[number];
