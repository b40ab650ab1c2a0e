import { KafkaCatalog } from '../../../lib/catalogs';
import type { KafkaTable } from '../../../lib/trino';
import type { Sources } from '../../../stacks';
import type { AvroType } from './avro-file';

/** A schema that comes along with a table's description. */
export const READING: AvroType = {
  type: 'record',
  name: 'Reading',
  fields: [
    { name: 'sensor', type: 'string' },
    { name: 'celsius', type: 'double' },
    { name: 'taken', type: 'long' },
    { name: 'place', type: { type: 'record', name: 'Place', fields: [{ name: 'floor', type: 'int' }] } },
  ],
};

/** A topic in each format that needs no second server. */
export const STREAMS: readonly KafkaTable[] = [
  {
    topic: 'web.Clicks',
    table: 'clicks',
    schema: 'web',
    key: { dataFormat: 'raw', fields: [{ name: 'visitor', type: 'VARCHAR', mapping: '0' }] },
    message: {
      dataFormat: 'json',
      fields: [
        { name: 'page', type: 'VARCHAR', mapping: 'page/path' },
        { name: 'clicked_at', type: 'TIMESTAMP(3) WITH TIME ZONE', mapping: 'at', dataFormat: 'iso8601' },
        { name: 'sent_at', type: 'TIMESTAMP(3)', mapping: 'sent', dataFormat: 'milliseconds-since-epoch' },
        {
          ...{ name: 'day', type: 'DATE', mapping: 'day' },
          ...{ dataFormat: 'custom-date-time', formatHint: 'dd.MM.yyyy' },
        },
      ],
    },
  },
  {
    topic: 'prices',
    message: {
      dataFormat: 'csv',
      fields: [
        { name: 'product_id', type: 'BIGINT', mapping: 0 },
        { name: 'label', type: 'VARCHAR', mapping: 2 },
        { name: 'price', type: 'DOUBLE', mapping: 1 },
      ],
    },
  },
  {
    topic: 'counters',
    message: {
      dataFormat: 'raw',
      fields: [
        { name: 'counter', type: 'BIGINT', mapping: '0', dataFormat: 'LONG' },
        { name: 'step', type: 'INTEGER', mapping: '8:12', dataFormat: 'INT' },
        { name: 'ratio', type: 'DOUBLE', mapping: '12:16', dataFormat: 'FLOAT' },
        { name: 'label', type: 'VARCHAR', mapping: '16' },
      ],
    },
  },
  {
    topic: 'readings',
    message: {
      dataFormat: 'avro',
      schema: { file: 'reading.avsc', text: JSON.stringify(READING) },
      fields: [
        { name: 'sensor', type: 'VARCHAR', mapping: 'sensor' },
        { name: 'celsius', type: 'DOUBLE', mapping: 'celsius' },
        { name: 'taken', type: 'BIGINT', mapping: 'taken' },
        { name: 'floor', type: 'INTEGER', mapping: 'place/floor' },
      ],
    },
  },
];

/** A second catalog of the environment's Kafka. */
export function streamsCatalog({ kafka }: Sources): KafkaCatalog {
  return new KafkaCatalog('streams', { cluster: kafka, topics: STREAMS });
}
