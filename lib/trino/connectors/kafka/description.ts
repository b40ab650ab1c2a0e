import { renderJson } from '../../properties-file';
import {
  DEFAULT_SCHEMA,
  type KafkaDecoder,
  type KafkaTable,
  type MessageSchema,
  qualifiedTable,
  TABLE_DESCRIPTIONS_DIRECTORY,
  tableOf,
} from './topic';

/** The files that describe the topics: one description each, and the schemas that come along. */
export function descriptionFiles(topics: readonly KafkaTable[]): Readonly<Record<string, string>> {
  const files = topics.flatMap((topic) => [
    [`${qualifiedTable(topic)}.json`, renderJson(description(topic))],
    ...[topic.key, topic.message].flatMap(schemaFile),
  ]);
  return Object.fromEntries(files) as Record<string, string>;
}

function description(topic: KafkaTable): object {
  return {
    tableName: tableOf(topic),
    schemaName: topic.schema ?? DEFAULT_SCHEMA,
    topicName: topic.topic,
    ...(topic.key === undefined ? {} : { key: decoder(topic.key) }),
    ...(topic.message === undefined ? {} : { message: decoder(topic.message) }),
  };
}

function decoder(decoder: KafkaDecoder): object {
  return {
    dataFormat: decoder.dataFormat,
    ...('schema' in decoder ? { dataSchema: schemaLocation(decoder.schema) } : {}),
    fields: decoder.fields.map((field) => ({ ...field, mapping: String(field.mapping) })),
  };
}

function schemaLocation(schema: MessageSchema): string {
  return 'url' in schema ? schema.url : `${TABLE_DESCRIPTIONS_DIRECTORY}/${schema.file}`;
}

function schemaFile(decoder: KafkaDecoder | undefined): readonly (readonly [string, string])[] {
  if (decoder === undefined || !('schema' in decoder) || 'url' in decoder.schema) return [];
  return [[decoder.schema.file, decoder.schema.text]];
}
