import { join } from 'node:path';
import { findJava } from './jdk';

/** A topic to be made. */
export interface TopicToCreate {
  readonly name: string;
  readonly partitions: number;
  /** By Kafka's names: `retention.ms`. */
  readonly config?: Readonly<Record<string, string>>;
}

/** A message to be sent. Texts are sent in UTF-8. */
export interface RecordToSend {
  readonly topic: string;
  /** @default - none */
  readonly key?: string | Uint8Array;
  /** @default - none: for compacted topics, that deletes the key */
  readonly value?: string | Uint8Array;
  /** @default - chosen by the key, or any */
  readonly partition?: number;
  /** @default - now */
  readonly timestamp?: Date;
  readonly headers?: Readonly<Record<string, string | Uint8Array>>;
}

/** A message that was read. */
export interface ReadRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: Date;
  readonly key: Uint8Array | undefined;
  readonly value: Uint8Array | undefined;
  readonly headers: Readonly<Record<string, Uint8Array>>;
}

/** A user and a password for SCRAM-SHA-512. */
export interface ScramUser {
  readonly name: string;
  readonly password: string;
}

/** What is to be done, in this order. */
export interface KafkaWork {
  /** Added, or given another password. */
  readonly users?: readonly ScramUser[];
  /** Made when missing. */
  readonly topics?: readonly TopicToCreate[];
  readonly records?: readonly RecordToSend[];
  /** Topics to read, all that is in them now. */
  readonly read?: readonly string[];
}

/** A message as the program writes it: bytes in Base64. */
interface Answer extends Omit<ReadRecord, 'key' | 'value' | 'timestamp' | 'headers'> {
  readonly key: string | null;
  readonly value: string | null;
  readonly timestamp: number;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Does all of some work with Kafka in one start of Java.
 * @param jars Kafka's libraries
 * @param properties a client's configuration file
 * @throws Error with what Kafka's client says
 */
export async function workWithKafka(jars: string, properties: string, work: KafkaWork): Promise<readonly ReadRecord[]> {
  const { execa } = await import('execa');
  const options = ['-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', join(jars, '*')];
  const program = join(__dirname, 'java', 'KafkaTool.java');
  const { failed, stdout, stderr } = await execa(findJava(17), [...options, program, properties], {
    input: JSON.stringify({ ...work, records: work.records?.map(toJson) ?? [] }),
    reject: false,
  });
  if (failed) throw new Error(`Kafka: ${stderr}`);
  return (JSON.parse(stdout) as readonly Answer[]).map(fromJson);
}

function toJson({ key, value, timestamp, headers = {}, ...rest }: RecordToSend): object {
  return {
    ...rest,
    ...(key === undefined ? {} : { key: base64(key) }),
    ...(value === undefined ? {} : { value: base64(value) }),
    ...(timestamp === undefined ? {} : { timestamp: timestamp.getTime() }),
    headers: mapValues(headers, base64),
  };
}

function fromJson({ key, value, timestamp, headers, ...rest }: Answer): ReadRecord {
  return {
    ...rest,
    key: key === null ? undefined : bytes(key),
    value: value === null ? undefined : bytes(value),
    timestamp: new Date(timestamp),
    headers: mapValues(headers, bytes),
  };
}

function base64(value: string | Uint8Array): string {
  return Buffer.from(value as string).toString('base64');
}

function bytes(base64Text: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64Text, 'base64'));
}

function mapValues<A, B>(map: Readonly<Record<string, A>>, change: (value: A) => B): Readonly<Record<string, B>> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}
