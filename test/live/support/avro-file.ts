import { randomBytes } from 'node:crypto';

/** What the tests' schemas are made of. */
export type AvroType =
  | 'string'
  | 'double'
  | 'int'
  | 'long'
  | { readonly type: 'record'; readonly name: string; readonly fields: readonly AvroField[] };

export interface AvroField {
  readonly name: string;
  readonly type: AvroType;
}

const MAGIC = Buffer.from('Obj\u0001', 'latin1');
const SYNC_BYTES = 16;

/**
 * One record as an Avro file with its schema in it, the only form that Trino reads without a schema registry.
 * @see https://avro.apache.org/docs/1.12.0/specification/#object-container-files
 */
export function avroFile(schema: AvroType, record: unknown): Uint8Array {
  const sync = randomBytes(SYNC_BYTES);
  const body = encode(schema, record);
  const metadata = [whole(1), text('avro.schema'), text(JSON.stringify(schema)), whole(0)];
  return Buffer.concat([MAGIC, ...metadata, sync, whole(1), whole(body.length), body, sync]);
}

function encode(type: AvroType, value: unknown): Buffer {
  if (typeof type === 'object') {
    const record = value as Readonly<Record<string, unknown>>;
    return Buffer.concat(type.fields.map((field) => encode(field.type, record[field.name])));
  }
  if (type === 'string') return text(String(value));
  if (type === 'double') return double(Number(value));
  return whole(Number(value));
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([whole(bytes.length), bytes]);
}

function double(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
}

/** Zigzag, seven bits a byte, the lowest first. */
function whole(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, (BigInt(value) << 1n) ^ (BigInt(value) >> 63n));
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}
