import { type Violation, inside, matches, rule, show, violationsOf, wholeNumber } from '../core';

/** A topic as data. */
export interface KafkaTopic {
  /** 1 to 249 letters, digits and `._-`. */
  readonly name: string;
  /** A whole number from 1; it can be raised later, never lowered. */
  readonly partitions: number;
  /** Copies of each partition, at most one on each broker. @default - the cluster's default.replication.factor */
  readonly replicationFactor?: number;
  /** Settings by Kafka's names: `retention.ms`. @default - the cluster's @see https://kafka.apache.org/documentation/#topicconfigs */
  readonly config?: Readonly<Record<string, string>>;
}

/** What the brokers can do for a topic. */
export interface TopicLimits {
  readonly brokers: number;
  readonly replicationFactor: number;
  readonly minInsyncReplicas: number;
}

const MIN_INSYNC = 'min.insync.replicas';

/** Everything that is wrong with the topics of a cluster. */
export function kafkaTopicViolations(topics: readonly KafkaTopic[], limits: TopicLimits): readonly Violation[] {
  const one = (topic: KafkaTopic): readonly Violation[] =>
    inside(`topics.${topic.name}`, [...topicViolations(topic, limits), ...clashViolations(topic, topics)]);
  return topics.flatMap(one);
}

function topicViolations(topic: KafkaTopic, limits: TopicLimits): readonly Violation[] {
  const replicas = topic.replicationFactor ?? limits.replicationFactor;
  const minInsync = Number(topic.config?.[MIN_INSYNC] ?? limits.minInsyncReplicas);
  return violationsOf(topic, [
    // @see https://kafka.apache.org/documentation/#multitenancy-topic-naming
    rule(
      ({ name }) => matches(/^[A-Za-z0-9._-]{1,249}$/, name) && name !== '.' && name !== '..',
      ({ name }) => ({
        path: 'name',
        got: show(name),
        allowed: "1 to 249 letters, digits and ._-, but not '.' or '..'",
        fix: 'choose another name',
      }),
    ),
    ({ partitions }) => {
      const fix = 'use about as many as there are Trino workers that read at once';
      return wholeNumber('partitions', partitions, { from: 1 }, fix);
    },
    () => {
      const range = { from: 1, to: limits.brokers, note: 'as many as there are brokers' };
      return wholeNumber('replicationFactor', replicas, range, 'lower replicationFactor or add brokers');
    },
    () => {
      const note = 'the replication factor; above it no write is ever acknowledged';
      const fix = `set ${MIN_INSYNC} to ${Math.max(1, replicas - 1)}`;
      return wholeNumber(`config.${MIN_INSYNC}`, minInsync, { from: 1, to: replicas, note }, fix);
    },
  ]);
}

/** Kafka's metrics write `.` as `_`, so it refuses a name that differs only in that. */
function clashViolations(topic: KafkaTopic, topics: readonly KafkaTopic[]): readonly Violation[] {
  const plain = ({ name }: KafkaTopic): string => name.replaceAll('.', '_');
  const earlier = topics.slice(0, topics.indexOf(topic)).find((other) => plain(other) === plain(topic));
  if (earlier === undefined) return [];
  const allowed = `a name that differs from ${show(earlier.name)} in more than '.' and '_'`;
  return [{ path: 'name', got: show(topic.name), allowed, fix: 'rename one of the two' }];
}
