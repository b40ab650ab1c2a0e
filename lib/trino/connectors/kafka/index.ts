import { refuse } from '../../../core';
import type { CatalogConfig } from '../../catalog-config';
import { kafkaTableViolations } from './check';
import { descriptionFiles } from './description';
import type { KafkaSecurity } from './security';
import { DEFAULT_SCHEMA, type KafkaTable, qualifiedTable, TABLE_DESCRIPTIONS_DIRECTORY } from './topic';

export * from './check';
export * from './security';
export * from './topic';

/** The brokers, how Trino proves who it is to them, and which topics are tables. */
export interface KafkaConfig {
  /** The catalog's name: its secret files carry it. */
  readonly name: string;
  /** `host:port`, joined by commas. */
  readonly bootstrapServers: string;
  readonly security: KafkaSecurity;
  /** The tables; a topic that is not listed does not exist for Trino. */
  readonly topics: readonly KafkaTable[];
  /** Whether `SELECT *` leaves out `_timestamp` and its like. @default true */
  readonly hideInternalColumns?: boolean;
}

/**
 * Topics as tables.
 * @throws ConfigError when a topic cannot be read as described
 * @see https://trino.io/docs/current/connector/kafka.html
 */
export function kafkaCatalog(config: KafkaConfig): CatalogConfig {
  const { name, bootstrapServers, security, topics, hideInternalColumns } = config;
  refuse(`kafka catalog ${name}`, kafkaTableViolations(topics));
  return {
    connector: 'kafka',
    properties: {
      'kafka.nodes': bootstrapServers,
      'kafka.default-schema': DEFAULT_SCHEMA,
      'kafka.table-names': topics.map(qualifiedTable).join(','),
      'kafka.table-description-dir': TABLE_DESCRIPTIONS_DIRECTORY,
      ...security.properties(name),
      ...(hideInternalColumns === undefined ? {} : { 'kafka.hide-internal-columns': String(hideInternalColumns) }),
    },
    files: descriptionFiles(topics),
    secretFiles: security.secretFiles(name),
  };
}
