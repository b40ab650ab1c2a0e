/** Types of the columns of `trino_queries`, as the listener makes them. @see https://trino.io/docs/current/admin/event-listeners-mysql.html */

const NAME = 'VARCHAR(255) NOT NULL';
const OPTIONAL_NAME = 'VARCHAR(255) NULL';
const TEXT = 'MEDIUMTEXT NOT NULL';
const OPTIONAL_TEXT = 'MEDIUMTEXT NULL';
const NUMBER = 'BIGINT NOT NULL';

/** Every column that is neither a time in milliseconds nor an amount: those are `BIGINT NOT NULL`. */
const TYPES: Readonly<Record<string, string>> = {
  query_id: `${NAME} PRIMARY KEY`,
  transaction_id: OPTIONAL_NAME,
  query: TEXT,
  update_type: OPTIONAL_NAME,
  prepared_query: OPTIONAL_TEXT,
  query_state: NAME,
  plan: OPTIONAL_TEXT,
  stage_info_json: OPTIONAL_TEXT,
  user: NAME,
  principal: OPTIONAL_NAME,
  trace_token: OPTIONAL_NAME,
  remote_client_address: OPTIONAL_NAME,
  user_agent: OPTIONAL_NAME,
  // A short text until 465; longer ones lost their row.
  client_info: OPTIONAL_TEXT,
  client_tags_json: TEXT,
  source: OPTIONAL_NAME,
  catalog: OPTIONAL_NAME,
  schema: OPTIONAL_NAME,
  resource_group_id: OPTIONAL_NAME,
  session_properties_json: TEXT,
  server_address: NAME,
  server_version: NAME,
  environment: NAME,
  query_type: OPTIONAL_NAME,
  inputs_json: TEXT,
  output_json: OPTIONAL_TEXT,
  error_code: OPTIONAL_NAME,
  error_type: OPTIONAL_NAME,
  failure_type: OPTIONAL_NAME,
  failure_message: OPTIONAL_TEXT,
  failure_task: OPTIONAL_NAME,
  failure_host: OPTIONAL_NAME,
  failures_json: OPTIONAL_TEXT,
  warnings_json: TEXT,
  cumulative_memory: 'DOUBLE NOT NULL',
  failed_cumulative_memory: 'DOUBLE NOT NULL',
  retry_policy: NAME,
  operator_summaries_json: TEXT,
};

/** The MySQL type of a column of `trino_queries`. */
export function columnType(column: string): string {
  return TYPES[column] ?? NUMBER;
}
