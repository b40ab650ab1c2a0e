import { CONFIG_DIRECTORY } from '../../container';
import { portsOfUrls } from '../../url-ports';

/** How the messages of a topic become rows. @see https://trino.io/docs/current/connector/kafka.html#row-decoding */

type Text = 'VARCHAR' | `VARCHAR(${number})`;
type Whole = 'BIGINT' | 'INTEGER' | 'SMALLINT' | 'TINYINT';
type Plain = Whole | 'DOUBLE' | 'BOOLEAN' | Text;

interface Field {
  /** The column: small letters, digits and `_`. */
  readonly name: string;
  readonly comment?: string;
  /** Whether `SELECT *` leaves it out. @default false */
  readonly hidden?: boolean;
}

interface JsonValue extends Field {
  /** There is no DECIMAL, ARRAY or ROW: read money as VARCHAR and cast it. */
  readonly type: Plain;
  /** Names joined by slashes: `address/city`. */
  readonly mapping: string;
}

type DateFormat = 'iso8601' | 'custom-date-time';
type NumberFormat = 'milliseconds-since-epoch' | 'seconds-since-epoch';

interface JsonTime extends Field {
  readonly type:
    | 'DATE'
    | 'TIME'
    | 'TIME WITH TIME ZONE'
    | 'TIMESTAMP'
    | `TIMESTAMP(${number})`
    | 'TIMESTAMP WITH TIME ZONE'
    | `TIMESTAMP(${number}) WITH TIME ZONE`;
  readonly mapping: string;
  /** How the text or number is read; which ones a type has is checked. */
  readonly dataFormat: DateFormat | NumberFormat | 'rfc2822';
  /** The Joda pattern of `custom-date-time`. */
  readonly formatHint?: string;
}

/** A column from a JSON document; dates and times say how they are written. */
export type JsonField = JsonValue | JsonTime;

/** A column from a CSV line, by its place. */
export interface CsvField extends Field {
  readonly type: Plain;
  /** The place in the line; the first is 0. */
  readonly mapping: number;
}

/** A column from bytes of fixed length, by where they are. */
export interface RawField extends Field {
  readonly type: Plain;
  /** Bytes from start to before end: `0:8`; `0` takes as many as the format has, of a text all that follow. */
  readonly mapping: `${number}` | `${number}:${number}`;
  /** How many bytes make the value. @default 'BYTE' */
  readonly dataFormat?: 'BYTE' | 'SHORT' | 'INT' | 'LONG' | 'FLOAT' | 'DOUBLE';
}

/** A column from an Avro or Protobuf message, by the names of its schema. */
export interface SchemaField extends Field {
  /** A type that the decoder knows for the schema's: `BIGINT`, `VARCHAR`, `ARRAY(BIGINT)`, … */
  readonly type: string;
  /** Names of the schema joined by slashes. */
  readonly mapping: string;
}

/** A schema that comes along as a file, or that Trino fetches from a server: `http://registry:8081/schemas/ids/1/schema`. */
export type MessageSchema = { readonly file: string; readonly text: string } | { readonly url: string };

/** The format of messages, with the columns that are read from it. */
export type KafkaDecoder =
  | { readonly dataFormat: 'json'; readonly fields: readonly JsonField[] }
  | { readonly dataFormat: 'csv'; readonly fields: readonly CsvField[] }
  | { readonly dataFormat: 'raw'; readonly fields: readonly RawField[] }
  | {
      readonly dataFormat: 'avro' | 'protobuf';
      readonly schema: MessageSchema;
      readonly fields: readonly SchemaField[];
    };

/** A topic as a table: what its messages look like, and which columns are made of them. */
export interface KafkaTable {
  readonly topic: string;
  /** @default - the topic in small letters, with _ for what is neither letter nor digit */
  readonly table?: string;
  /** @default 'default' */
  readonly schema?: string;
  /** Columns of the key. @default - the key is in `_key` only */
  readonly key?: KafkaDecoder;
  /** Columns of the message. @default - the message is in `_message` only */
  readonly message?: KafkaDecoder;
}

/**
 * Columns that every Kafka table has. They can be used by name and are left out of `SELECT *` and `DESCRIBE`.
 * There is no `_offset`.
 */
export const KAFKA_INTERNAL_COLUMNS = [
  '_partition_id',
  '_partition_offset',
  '_message_corrupt',
  '_message',
  '_headers',
  '_message_length',
  '_key_corrupt',
  '_key',
  '_key_length',
  '_timestamp',
] as const;

/** Where every node finds the table descriptions: the chart's `kafka.mountPath`. */
export const TABLE_DESCRIPTIONS_DIRECTORY = `${CONFIG_DIRECTORY}/schemas`;

/** The schema of tables that name none. */
export const DEFAULT_SCHEMA = 'default';

/** The table's name in SQL. */
export function tableOf({ topic, table }: KafkaTable): string {
  return table ?? topic.toLowerCase().replace(/[^a-z0-9_]+/g, '_');
}

/** `schema.table`, as `kafka.table-names` lists it. */
export function qualifiedTable(topic: KafkaTable): string {
  return `${topic.schema ?? DEFAULT_SCHEMA}.${tableOf(topic)}`;
}

/** TCP ports of the servers that schemas are fetched from, each once. */
export function schemaPorts(topics: readonly KafkaTable[]): readonly number[] {
  const decoders = topics.flatMap(({ key, message }) => [key, message]);
  const schemas = decoders.flatMap((it) => (it !== undefined && 'schema' in it ? [it.schema] : []));
  return portsOfUrls(schemas.flatMap((it) => ('url' in it ? [it.url] : [])));
}
