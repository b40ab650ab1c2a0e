import {
  type Rule,
  type Violation,
  isToken,
  matches,
  oneOf,
  placeholderViolations,
  rule,
  show,
  violationsOf,
  wholeNumber,
  wholeNumberIfKnown,
  withDefaults,
} from '../core';
import { KafkaAuthentication } from './kafka-authentication';
import { type KafkaTopic, type TopicLimits, kafkaTopicViolations } from './kafka-topic';
import { KafkaVersion, kafkaVersionViolations } from './kafka-version';
import { LOG_RETENTION_DAYS, logRetentionViolations } from './log-group';
import { zonesViolations } from './subnet-plan';

/** The part of a Kafka cluster's definition that a user chooses. */
export interface KafkaOptions {
  /** Name of the cluster and first part of every physical name: `acme-dev-events`. */
  readonly name: string;
  /** @default KafkaVersion.V4_1 */
  readonly version?: KafkaVersion;
  /**
   * Zones of the network with brokers, its first 2 or 3. MSK replaces a cluster when they change: say how many it has
   * before the network gets another one.
   * @default - all of the network, at most 3
   */
  readonly zones?: number;
  /** Brokers in each zone. A whole number from 1. @default 1 */
  readonly brokersPerZone?: number;
  /** @default 'kafka.m7g.large' */
  readonly brokerType?: string;
  /** Disk of each broker when created, in GiB, 1 to 16384. @default 500 */
  readonly volumeGiB?: number;
  /** How far the disk of each broker may grow, in GiB; equal to volumeGiB it does not. @default - four times volumeGiB */
  readonly maxVolumeGiB?: number;
  /** @default KafkaAuthentication.scram() */
  readonly authentication?: KafkaAuthentication;
  /** Settings of the brokers by Kafka's names, over ours. @default - none @see https://kafka.apache.org/documentation/#brokerconfigs */
  readonly configuration?: Readonly<Record<string, string>>;
  /** Topics that the platform shall make. @default - none */
  readonly topics?: readonly KafkaTopic[];
  /** How long broker logs are kept, in days. @default 365 */
  readonly logRetentionDays?: number;
  /**
   * Refuse to destroy cluster and key (`prevent_destroy`), and keep the secret for 30 days. It holds as long as the program
   * makes the cluster: one that is taken out of it is destroyed, because MSK refuses no deletion by itself.
   * @default true
   */
  readonly retain?: boolean;
}

/** Every option with its default; zones are the network's to know. */
export type CompletedKafkaOptions = Required<Omit<KafkaOptions, 'zones'>>;

/**
 * Sizes of standard brokers. The smallest of all, kafka.t3.small, is not among them: MSK answers "Unsupported
 * InstanceType" for clusters in KRaft mode.
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/broker-instance-sizes.html
 */
const SIZES: Readonly<Record<string, readonly string[]>> = {
  m5: ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge', '24xlarge'],
  m7g: ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge'],
};
const BROKER_TYPES = Object.entries(SIZES).flatMap(([family, sizes]) => sizes.map((size) => `kafka.${family}.${size}`));
/** @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-autoexpand-details.html */
const MAX_VOLUME_GIB = 16_384;
const DEFAULT_GROWTH = 4;
/** MSK takes subnets of two or three zones. @see https://docs.aws.amazon.com/msk/1.0/apireference/clusters.html */
const MAX_ZONES = 3;

const DEFAULTS = {
  version: KafkaVersion.V4_1,
  brokersPerZone: 1,
  brokerType: 'kafka.m7g.large',
  volumeGiB: 500,
  authentication: KafkaAuthentication.scram(),
  configuration: {},
  topics: [],
  logRetentionDays: LOG_RETENTION_DAYS,
  retain: true,
} as const;

/** The options with every default filled in. */
export function completedKafka(options: KafkaOptions): CompletedKafkaOptions {
  const maxVolumeGiB = Math.min(MAX_VOLUME_GIB, (options.volumeGiB ?? DEFAULTS.volumeGiB) * DEFAULT_GROWTH);
  return withDefaults({ ...DEFAULTS, maxVolumeGiB }, options);
}

/** How many zones get brokers. @param networkZones of the network that the brokers stand in */
export function brokerZones({ zones }: Pick<KafkaOptions, 'zones'>, networkZones: number): number {
  return zones ?? Math.min(MAX_ZONES, networkZones);
}

/**
 * Settings of the brokers: nothing is made by a typo, no write is lost while one zone is away, and Kafka's own topics
 * fit a cluster of two brokers.
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-properties.html
 */
export function brokerConfiguration(
  options: Pick<CompletedKafkaOptions, 'configuration'>,
  brokers: number,
): Readonly<Record<string, string>> {
  const replicas = Math.min(3, brokers);
  const inSync = Math.max(1, replicas - 1);
  return {
    'auto.create.topics.enable': 'false',
    'default.replication.factor': String(replicas),
    'min.insync.replicas': String(inSync),
    'unclean.leader.election.enable': 'false',
    'offsets.topic.replication.factor': String(replicas),
    'transaction.state.log.replication.factor': String(replicas),
    'transaction.state.log.min.isr': String(inSync),
    ...options.configuration,
  };
}

/** Everything that is wrong with a cluster's definition. @param zones of the network that it will stand in */
export function kafkaViolations(options: KafkaOptions, zones: number): readonly Violation[] {
  const all = completedKafka(options);
  const unknown = unknownViolations(options);
  if (unknown.length > 0) return unknown;
  const brokers = all.brokersPerZone * brokerZones(options, zones);
  const limits = topicLimits(all, brokers);
  return [
    ...violationsOf(all, RULES),
    ...brokerZonesViolations(brokerZones(options, zones), Math.min(MAX_ZONES, zones)),
    ...replicationViolations(limits),
    ...kafkaTopicViolations(all.topics, limits),
  ];
}

function unknownViolations({ brokersPerZone, volumeGiB, maxVolumeGiB }: KafkaOptions): readonly Violation[] {
  return [
    ...placeholderViolations('brokersPerZone', brokersPerZone, 'write the number'),
    ...(maxVolumeGiB === undefined ? placeholderViolations('volumeGiB', volumeGiB, 'name maxVolumeGiB, too') : []),
  ];
}

function brokerZonesViolations(zones: number, most: number): readonly Violation[] {
  const allowed = `2 to ${most}: zones of the network, and MSK takes no more than ${MAX_ZONES}`;
  return zonesViolations(zones, most, { allowed, fix: 'leave it out for all of the network' });
}

function topicLimits(options: CompletedKafkaOptions, brokers: number): TopicLimits {
  const configuration = brokerConfiguration(options, brokers);
  return {
    brokers,
    replicationFactor: Number(configuration['default.replication.factor']),
    minInsyncReplicas: Number(configuration['min.insync.replicas']),
  };
}

const RULES: readonly Rule<CompletedKafkaOptions>[] = [
  rule(
    ({ name }) => isToken(name) || matches(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/, name),
    ({ name }) => ({
      path: 'name',
      got: show(name),
      allowed: '1 to 64 letters, digits and hyphens, with no hyphen first',
      fix: 'choose another name',
    }),
  ),
  ({ version }) => kafkaVersionViolations(version),
  ({ brokersPerZone }) => {
    const range = { from: 1, note: 'MSK wants the same number in each zone' };
    return wholeNumber('brokersPerZone', brokersPerZone, range, 'use 1 and add more when the brokers are busy');
  },
  rule(
    ({ brokerType }) => isToken(brokerType) || BROKER_TYPES.includes(brokerType),
    ({ brokerType }) => ({
      path: 'brokerType',
      got: show(brokerType),
      allowed: `a standard broker that runs KRaft (kafka.t3.small does not): ${oneOf(BROKER_TYPES)}`,
      fix: "leave it out for 'kafka.m7g.large', the cheapest",
    }),
  ),
  ({ volumeGiB }) => {
    const fix = 'start with what is needed now: the disk grows by itself, and never shrinks';
    return wholeNumberIfKnown('volumeGiB', volumeGiB, { from: 1, to: MAX_VOLUME_GIB }, fix);
  },
  ({ volumeGiB, maxVolumeGiB }) => {
    const range = { from: volumeGiB, to: MAX_VOLUME_GIB, note: 'volumeGiB or more' };
    return wholeNumberIfKnown('maxVolumeGiB', maxVolumeGiB, range, 'raise maxVolumeGiB or lower volumeGiB');
  },
  rule(
    ({ authentication: { kind, certificateAuthorityArns } }) =>
      kind !== 'mutual-tls' || certificateAuthorityArns.length > 0,
    () => ({
      path: 'authentication',
      got: 'mutual TLS without a certificate authority',
      allowed: 'at least one ARN of AWS Private CA',
      fix: 'name one: KafkaAuthentication.mutualTls([arn])',
    }),
  ),
  ({ logRetentionDays }) => logRetentionViolations(logRetentionDays, 'logRetentionDays'),
];

function replicationViolations({ brokers, replicationFactor, minInsyncReplicas }: TopicLimits): readonly Violation[] {
  const copies = { from: 1, to: brokers, note: 'no more than brokers' };
  const inSync = { from: 1, to: replicationFactor, note: 'no more than default.replication.factor' };
  return [
    ...wholeNumber(
      'configuration.default.replication.factor',
      replicationFactor,
      copies,
      'leave it out, or add brokers',
    ),
    ...wholeNumber('configuration.min.insync.replicas', minInsyncReplicas, inSync, 'leave it out'),
  ];
}
