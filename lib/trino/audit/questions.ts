/** What an operator asks the audit database. The table has no time: the time (UTC) is the start of the query's id. */

/** A question and its answer in MySQL. */
export interface AuditQuestion {
  /** For a file, a view or a command. */
  readonly name: string;
  readonly question: string;
  readonly sql: string;
}

const ID_TIME = '%Y%m%d_%H%i%s';

/** When the query of a row was created, in UTC. */
export const CREATED = `STR_TO_DATE(SUBSTRING(query_id, 1, 15), '${ID_TIME}')`;

/** Rows of the last days. Ids sort by time and are the primary key, so no other row is read. */
function since(days: number): string {
  return `query_id >= DATE_FORMAT(UTC_TIMESTAMP() - INTERVAL ${days} DAY, '${ID_TIME}')`;
}

/** The questions of the runbook. @param days how far back, whole days; @default 7 */
export function auditQuestions(days = 7): readonly AuditQuestion[] {
  const recent = since(days);
  return [
    {
      name: 'failed_queries',
      question: 'Which errors end queries, and whose fault are they?',
      sql: lines(
        'SELECT error_type, error_code, COUNT(*) AS queries, COUNT(DISTINCT user) AS users, MAX(query_id) AS latest',
        'FROM trino_queries',
        `WHERE query_state = 'FAILED' AND ${recent}`,
        'GROUP BY error_type, error_code',
        'ORDER BY queries DESC',
      ),
    },
    {
      name: 'memory_heavy_queries',
      question: 'Which queries took most memory?',
      sql: lines(
        `SELECT query_id, ${CREATED} AS created, user, resource_group_id, query_state,`,
        '       peak_memory_bytes, peak_task_memory_bytes, wall_time_millis, LEFT(query, 200) AS query_start',
        'FROM trino_queries',
        `WHERE ${recent}`,
        'ORDER BY peak_memory_bytes DESC',
        'LIMIT 50',
      ),
    },
    {
      name: 'scan_heavy_users',
      question: 'Who reads most from storage?',
      sql: lines(
        'SELECT user, COUNT(*) AS queries, SUM(physical_input_bytes) AS physical_input_bytes,',
        '       SUM(cpu_time_millis) AS cpu_time_millis',
        'FROM trino_queries',
        `WHERE ${recent}`,
        'GROUP BY user',
        'ORDER BY physical_input_bytes DESC',
        'LIMIT 50',
      ),
    },
    {
      name: 'resource_groups',
      question: 'How much does each resource group run, wait and fail?',
      sql: lines(
        "SELECT resource_group_id, COUNT(*) AS queries, SUM(query_state = 'FAILED') AS failed,",
        '       AVG(queued_time_millis) AS average_queued_millis, MAX(queued_time_millis) AS longest_queued_millis,',
        '       AVG(execution_time_millis) AS average_execution_millis, MAX(peak_memory_bytes) AS peak_memory_bytes',
        'FROM trino_queries',
        `WHERE ${recent}`,
        'GROUP BY resource_group_id',
        'ORDER BY queries DESC',
      ),
    },
    {
      name: 'peak_concurrency',
      question: 'How many queries were there at once, hour by hour?',
      sql: lines(
        'WITH spans AS (',
        `  SELECT ${CREATED} AS started, ${CREATED} + INTERVAL wall_time_millis * 1000 MICROSECOND AS ended`,
        `  FROM trino_queries WHERE ${recent}`,
        '), steps AS (',
        '  SELECT started AS at, 1 AS step FROM spans UNION ALL SELECT ended, -1 FROM spans',
        '), running AS (',
        '  SELECT at, SUM(step) OVER (ORDER BY at, step ROWS UNBOUNDED PRECEDING) AS queries FROM steps',
        ')',
        "SELECT DATE_FORMAT(at, '%Y-%m-%d %H:00') AS hour, MAX(queries) AS peak_queries",
        'FROM running',
        'GROUP BY hour',
        'ORDER BY hour',
      ),
    },
    {
      name: 'queries_per_hour',
      question: 'When is the platform busy?',
      sql: lines(
        `SELECT DATE_FORMAT(${CREATED}, '%Y-%m-%d %H:00') AS hour, COUNT(*) AS queries,`,
        "       SUM(query_state = 'FAILED') AS failed, SUM(cpu_time_millis) AS cpu_time_millis",
        'FROM trino_queries',
        `WHERE ${recent}`,
        'GROUP BY hour',
        'ORDER BY hour',
      ),
    },
  ];
}

/** The same questions as views, for a dashboard or for Trino itself (`SELECT * FROM audit.trino_audit.failed_queries`). */
export function auditViews(days = 7): readonly string[] {
  return auditQuestions(days).map(({ name, sql }) => `CREATE OR REPLACE VIEW ${name} AS\n${sql}`);
}

/** Deletes what is older, for a job that runs every night: the listener itself never deletes. @param days whole days */
export function auditRetention(days: number): string {
  return `DELETE FROM trino_queries WHERE query_id < DATE_FORMAT(UTC_TIMESTAMP() - INTERVAL ${days} DAY, '${ID_TIME}')`;
}

function lines(...text: readonly string[]): string {
  return text.join('\n');
}
