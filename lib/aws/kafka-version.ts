import { type Violation, matches, oneOf, show } from '../core';

/**
 * A release line of Kafka on MSK in KRaft mode, the only mode that Kafka 4 has.
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/supported-kafka-versions.html
 */
export class KafkaVersion {
  public static readonly V3_8 = KafkaVersion.of('3.8.x.kraft');
  public static readonly V3_9 = KafkaVersion.of('3.9.x.kraft');
  public static readonly V4_0 = KafkaVersion.of('4.0.x.kraft');
  /** The newest for standard brokers: 4.2 is there for Express brokers only. */
  public static readonly V4_1 = KafkaVersion.of('4.1.x.kraft');

  private constructor(
    /** As MSK names it: `4.1.x.kraft`. */
    public readonly name: string,
  ) {}

  /** A line that is newer than this library. @param name as MSK names it: `4.3.x.kraft` */
  public static of(name: string): KafkaVersion {
    return new KafkaVersion(name);
  }

  /** The lines that are known. */
  public static get known(): readonly KafkaVersion[] {
    return [KafkaVersion.V3_8, KafkaVersion.V3_9, KafkaVersion.V4_0, KafkaVersion.V4_1];
  }
}

/** What is wrong with a version: MSK has lines with ZooKeeper too, and one that only Express brokers run. */
export function kafkaVersionViolations({ name }: KafkaVersion): readonly Violation[] {
  if (matches(/^\d+\.\d+\.x\.kraft$/, name) && name !== '4.2.x.kraft') return [];
  const known = KafkaVersion.known.map((version) => version.name);
  const allowed = `a line in KRaft mode for standard brokers; known: ${oneOf(known)}`;
  return [{ path: 'version', got: show(name), allowed, fix: 'use KafkaVersion.V4_1' }];
}
