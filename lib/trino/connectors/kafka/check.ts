import { inside, oneOf, repeatedNames, show, violationIf, type Violation } from '../../../core';
import { KAFKA_INTERNAL_COLUMNS, type KafkaDecoder, type KafkaTable, qualifiedTable, tableOf } from './topic';

/** A field of any decoder: what a user may have written past the types. */
interface AnyField {
  readonly name: string;
  readonly type: string;
  readonly mapping?: string | number;
  readonly dataFormat?: string;
  readonly formatHint?: string;
}

const PLAIN = ['BIGINT', 'INTEGER', 'SMALLINT', 'TINYINT', 'DOUBLE', 'BOOLEAN', 'VARCHAR'];
const ALL_TIMES = ['iso8601', 'rfc2822', 'custom-date-time', 'milliseconds-since-epoch', 'seconds-since-epoch'];
/** Which texts and numbers a JSON field of each time type can be. */
const TIME_FORMATS: Readonly<Record<string, readonly string[]>> = {
  DATE: ['iso8601', 'custom-date-time'],
  TIME: ALL_TIMES.filter((format) => format !== 'rfc2822'),
  'TIME WITH TIME ZONE': ['iso8601', 'custom-date-time'],
  TIMESTAMP: ALL_TIMES,
  'TIMESTAMP WITH TIME ZONE': ALL_TIMES,
};
/** How many bytes a raw field of each type can be made of. */
const WHOLE = ['BYTE', 'SHORT', 'INT', 'LONG'];
const RAW_FORMATS: Readonly<Record<string, readonly string[]>> = {
  BIGINT: WHOLE,
  INTEGER: WHOLE.slice(0, 3),
  SMALLINT: WHOLE.slice(0, 2),
  TINYINT: WHOLE.slice(0, 1),
  DOUBLE: ['DOUBLE', 'FLOAT'],
  BOOLEAN: WHOLE,
  VARCHAR: ['BYTE'],
};
const IDENTIFIER = /^[a-z_][a-z0-9_]*$/;

/** What loads and then fails in the first query, or reads the wrong thing: all topics of a catalog. */
export function kafkaTableViolations(topics: readonly KafkaTable[]): readonly Violation[] {
  const tables = topics.map(qualifiedTable);
  return topics.flatMap((topic, index) =>
    inside(`topics[${index}]`, [
      ...topicViolations(topic),
      ...violationIf(tables.indexOf(qualifiedTable(topic)) !== index, {
        path: 'table',
        got: `a second table ${show(qualifiedTable(topic))}`,
        allowed: 'one topic for each table',
        fix: "give one of them another name with the prop 'table'",
      }),
    ]),
  );
}

function topicViolations(topic: KafkaTable): readonly Violation[] {
  return [
    ...violationIf(!IDENTIFIER.test(tableOf(topic)), {
      path: 'table',
      got: show(tableOf(topic)),
      allowed: 'small letters, digits and _, no digit first: Trino writes names in small letters',
      fix: "give the table another name; the prop 'topic' keeps the topic's own spelling",
    }),
    ...inside('key', decoderViolations(topic.key)),
    ...inside('message', decoderViolations(topic.message)),
    ...repeatedColumns(topic),
  ];
}

function repeatedColumns({ key, message }: KafkaTable): readonly Violation[] {
  const names = [...(key?.fields ?? []), ...(message?.fields ?? [])].map(({ name }) => name);
  return repeatedNames(names).map((name) => ({
    path: 'fields',
    got: `two columns ${show(name)}`,
    allowed: 'each name once, in key and message together',
    fix: 'rename one of them',
  }));
}

function decoderViolations(decoder: KafkaDecoder | undefined): readonly Violation[] {
  if (decoder === undefined) return [];
  const check = FIELD_CHECKS[decoder.dataFormat];
  return decoder.fields.flatMap((field, index) =>
    inside(`fields[${index}]`, [...nameViolations(field), ...mappingViolations(field, decoder), ...check(field)]),
  );
}

function nameViolations({ name }: AnyField): readonly Violation[] {
  const internal = KAFKA_INTERNAL_COLUMNS.some((column) => column === name);
  return violationIf(internal || !IDENTIFIER.test(name), {
    path: 'name',
    got: show(name),
    allowed: `small letters, digits and _, none of ${KAFKA_INTERNAL_COLUMNS.join(', ')}`,
    fix: internal ? 'leave it out: every Kafka table has this column' : `write ${show(name.toLowerCase())}`,
  });
}

const MAPPINGS = {
  json: { form: /^[^/]+(\/[^/]+)*$/, allowed: 'the path in the JSON object: address/city' },
  csv: { form: /^\d+$/, allowed: 'the place in the line: 0 is the first' },
  raw: { form: /^\d+(:\d+)?$/, allowed: 'the bytes: 0, or 0:8 (before 8)' },
  avro: { form: /^[^/]+(\/[^/]+)*$/, allowed: 'the path in the schema: address/city' },
  protobuf: { form: /^[^/]+(\/[^/]+)*$/, allowed: 'the path in the schema: address/city' },
};

/** A catalog without mappings loads; its first query fails with "No mapping for <column>". */
function mappingViolations({ name, mapping }: AnyField, { dataFormat }: KafkaDecoder): readonly Violation[] {
  const { form, allowed } = MAPPINGS[dataFormat];
  const fix = `add mapping, for example mapping: ${dataFormat === 'csv' ? '0' : show(dataFormat === 'raw' ? '0:8' : name)}`;
  return violationIf(mapping === undefined || !form.test(String(mapping)), {
    path: 'mapping',
    got: show(mapping),
    allowed,
    fix,
  });
}

const FIELD_CHECKS: Readonly<Record<KafkaDecoder['dataFormat'], (field: AnyField) => readonly Violation[]>> = {
  json: jsonField,
  csv: csvField,
  raw: rawField,
  avro: () => [],
  protobuf: () => [],
};

/** `VARCHAR(20)` → `VARCHAR`, `timestamp(3) with time zone` → `TIMESTAMP WITH TIME ZONE`. */
function baseType(type: string): string {
  return type.replace(/\([^)]*\)/g, '').toUpperCase();
}

function jsonField({ type, dataFormat, formatHint }: AnyField): readonly Violation[] {
  const formats = TIME_FORMATS[baseType(type)];
  if (formats !== undefined) return timeFormat(type, formats, dataFormat, formatHint);
  return [
    ...unknownType(type, PLAIN, [...PLAIN, ...Object.keys(TIME_FORMATS)]),
    ...violationIf(dataFormat !== undefined && PLAIN.includes(baseType(type)), {
      path: 'dataFormat',
      got: show(dataFormat),
      allowed: 'none: only dates and times have one',
      fix: 'leave it out, or make the column a DATE, TIME or TIMESTAMP',
    }),
  ];
}

function timeFormat(
  type: string,
  formats: readonly string[],
  dataFormat: string | undefined,
  formatHint: string | undefined,
): readonly Violation[] {
  return [
    ...violationIf(dataFormat === undefined || !formats.includes(dataFormat), {
      path: 'dataFormat',
      got: show(dataFormat),
      allowed: `for ${type}: ${oneOf(formats)}`,
      fix: "say how the value is written, for example dataFormat: 'iso8601'",
    }),
    ...violationIf((dataFormat === 'custom-date-time') !== (formatHint !== undefined), {
      path: 'formatHint',
      got: show(formatHint),
      allowed: "a Joda pattern, with dataFormat 'custom-date-time' and with no other",
      fix: formatHint === undefined ? "add formatHint, for example 'yyyy-MM-dd HH:mm:ss'" : 'leave formatHint out',
    }),
  ];
}

function csvField({ type, dataFormat }: AnyField): readonly Violation[] {
  return [
    ...unknownType(type, PLAIN, PLAIN),
    ...violationIf(dataFormat !== undefined, {
      path: 'dataFormat',
      got: show(dataFormat),
      allowed: 'none: the csv decoder has no formats',
      fix: 'leave it out; read a date as VARCHAR and parse it in SQL',
    }),
  ];
}

function rawField({ type, dataFormat = 'BYTE' }: AnyField): readonly Violation[] {
  const formats = RAW_FORMATS[baseType(type)];
  if (formats === undefined) return unknownType(type, PLAIN, PLAIN);
  return violationIf(!formats.includes(dataFormat), {
    path: 'dataFormat',
    got: show(dataFormat),
    allowed: `for ${type}: ${oneOf(formats)}`,
    fix: 'choose the format with as many bytes as the message has, and a type that holds them',
  });
}

function unknownType(type: string, plain: readonly string[], allowed: readonly string[]): readonly Violation[] {
  const fix = /^DECIMAL/i.test(type)
    ? 'read it as VARCHAR and write CAST(column AS DECIMAL(10, 2)) in SQL'
    : 'read it as VARCHAR, or use avro or protobuf for nested values';
  return violationIf(!plain.includes(baseType(type)), { path: 'type', got: show(type), allowed: oneOf(allowed), fix });
}
