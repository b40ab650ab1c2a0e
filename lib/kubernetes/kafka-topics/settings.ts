import type { KafkaTopic } from '../../aws/kafka-topic';
import { inside, matches, oneOf, show, type Violation } from '../../core';

/** What can be set of a topic: `TopicConfig` of Kafka 4.1. @see https://kafka.apache.org/41/configuration/topic-configs/ */
const SETTINGS = [
  'cleanup.policy',
  'compression.gzip.level',
  'compression.lz4.level',
  'compression.type',
  'compression.zstd.level',
  'delete.retention.ms',
  'file.delete.delay.ms',
  'flush.messages',
  'flush.ms',
  'index.interval.bytes',
  'local.retention.bytes',
  'local.retention.ms',
  'max.compaction.lag.ms',
  'max.message.bytes',
  'message.timestamp.after.max.ms',
  'message.timestamp.before.max.ms',
  'message.timestamp.type',
  'min.cleanable.dirty.ratio',
  'min.compaction.lag.ms',
  'min.insync.replicas',
  'preallocate',
  'remote.log.copy.disable',
  'remote.log.delete.on.disable',
  'remote.storage.enable',
  'retention.bytes',
  'retention.ms',
  'segment.bytes',
  'segment.index.bytes',
  'segment.jitter.ms',
  'segment.ms',
  'unclean.leader.election.enable',
];

/** Settings that Kafka would refuse by name, and values that a properties file would change. */
export function settingViolations({ name, config = {} }: KafkaTopic): readonly Violation[] {
  return inside(`topics.${name}.config`, Object.entries(config).flatMap(settingViolation));
}

function settingViolation([key, value]: [string, string]): readonly Violation[] {
  if (!SETTINGS.includes(key)) {
    return [{ path: '', got: show(key), allowed: oneOf(SETTINGS), fix: 'use the name of a setting of topics' }];
  }
  if (matches(/^[\w.,:;*+-]+$/, value)) return [];
  return [{ path: key, got: show(value), allowed: 'letters, digits and _.,:;*+-', fix: 'write a value of Kafka' }];
}
