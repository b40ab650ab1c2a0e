import { backupsViolations } from '../lib/aws/backups';
import { eksClusterViolations } from '../lib/aws/eks-cluster-options';
import { exchangeBucketViolations } from '../lib/aws/exchange-bucket';
import { completedKafka, type KafkaOptions, kafkaViolations } from '../lib/aws/kafka-options';
import { lakeBucketViolations } from '../lib/aws/lake-bucket';
import { mySqlViolations } from '../lib/aws/mysql-options';
import { DEFAULT_NETWORK, networkViolations } from '../lib/aws/network';
import { nodePoolViolations, nodePoolsViolations } from '../lib/aws/node-pool-options';
import { bucketNameViolations } from '../lib/aws/bucket';
import { regionViolations } from '../lib/aws/region';
import {
  SecretRef,
  type Violation,
  inside,
  matches,
  plainSecretViolations,
  rule,
  show,
  violationsOf,
  wholeNumberIfGiven,
  withDefaults,
} from '../lib/core';
import { databaseBootstrapViolations } from '../lib/kubernetes/database-bootstrap';
import { hiveMetastoreViolations } from '../lib/kubernetes/hive-metastore';
import { kafkaTopicsViolations } from '../lib/kubernetes/kafka-topics';
import { prometheusAddressViolations, prometheusViolations } from '../lib/kubernetes/prometheus';
import { databaseContents } from './databases';
import type { EnvironmentConfig } from './environment-config';
import { namesOf } from './environment-names';
import { sectionViolations } from './environment-sections';
import { completedPools } from './node-pools';
import { trinoViolations } from './trino-rules';

/**
 * Regions of other partitions: China, GovCloud and what is closed altogether. Certificates of databases have other
 * authorities there, and addresses of services other names.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
 */
const OTHER_PARTITIONS = /^(cn|us-gov|[a-z]{2}-iso[a-z]?)-/;

interface Named {
  readonly name: string;
  readonly config: EnvironmentConfig;
}

/** Everything that is wrong with an environment, in all of its parts and between them. */
export function environmentViolations(name: string, config: EnvironmentConfig): readonly Violation[] {
  const missing = sectionViolations(config);
  return missing.length > 0 ? missing : violationsOf({ name, config }, [...OWN_RULES, writtenSecrets, partViolations]);
}

const OWN_RULES = [
  rule<Named>(
    ({ name }) => matches(/^[a-z][a-z0-9-]{0,14}[a-z0-9]$/, name),
    ({ name }) => ({
      path: 'name',
      got: show(name),
      allowed: '2 to 16 small letters, digits and hyphens, with a letter first and no hyphen last',
      fix: 'rename the file of the environment',
    }),
  ),
  rule<Named>(
    ({ config }) => matches(/^[a-z][a-z0-9-]{0,18}[a-z0-9]$/, config.organization),
    ({ config }) => ({
      path: 'organization',
      got: show(config.organization),
      allowed: '2 to 20 small letters, digits and hyphens, with a letter first and no hyphen last',
      fix: 'shorten it: it begins every physical name',
    }),
  ),
  ({ config }: Named) => regionViolations('region', config.region),
  rule<Named>(
    ({ config }) => !OTHER_PARTITIONS.test(config.region),
    ({ config }) => ({
      path: 'region',
      got: show(config.region),
      allowed: 'a commercial region: China and GovCloud have other authorities and addresses',
      fix: 'choose another region',
    }),
  ),
  rule<Named>(
    ({ config }) => config.accountId === undefined || matches(/^\d{12}$/, config.accountId),
    ({ config }) => ({
      path: 'accountId',
      got: show(config.accountId),
      allowed: 'the 12 digits of an account, as text',
      fix: 'copy them from the console, with leading zeros',
    }),
  ),
  ({ config: { jobRun } }: Named) =>
    wholeNumberIfGiven('jobRun', jobRun, { from: 1 }, 'leave it out, or write one more than it was'),
  rule<Named>(
    ({ name, config }) => (config.retainData ?? true) || config.dataLossAccepted === name,
    ({ name, config }) => ({
      path: 'dataLossAccepted',
      got: show(config.dataLossAccepted),
      allowed: `'${name}', because retainData is false: destroying data takes two deliberate edits`,
      fix: `write dataLossAccepted: '${name}' if all data of '${name}' may be lost, else remove retainData`,
    }),
  ),
];

/** The platform's own rules look at `trino`. */
function writtenSecrets({ config }: Named): readonly Violation[] {
  return plainSecretViolations({ ...config, trino: undefined });
}

function partViolations({ name, config }: Named): readonly Violation[] {
  const names = namesOf(name, config);
  const network = withDefaults(DEFAULT_NETWORK, config.network ?? {});
  const retain = config.retainData ?? true;
  const parts: Readonly<Record<string, readonly Violation[]>> = {
    'state.bucket': bucketNameViolations(config.state.bucket),
    network: networkViolations(network),
    lake: lakeBucketViolations({ ...config.lake, name: names.lakeBucket }),
    exchange: exchangeBucketViolations({ ...config.exchange, name: names.exchangeBucket }),
    mysql: config.mysql === undefined ? [] : mySqlViolations({ ...config.mysql, name: names.prefix, retain }),
    kafka:
      config.kafka === undefined
        ? []
        : brokerViolations({ ...config.kafka, name: names.prefix, retain }, network.zones),
    backups: backupsViolations({ ...config.backups, name: names.prefix }),
    metastore: hiveMetastoreViolations(config.metastore ?? {}),
    databases: databasesViolations(config),
    monitoring: monitoringViolations(config),
    cluster: eksClusterViolations(config.cluster, network),
  };
  return [
    ...Object.entries(parts).flatMap(([part, violations]) => inside(part, violations)),
    ...withoutServer(config),
    ...poolViolations(config, network.zones),
    ...inside('trino', trinoViolations(config, names, network.zones)),
  ];
}

/** The brokers, and the topics that a job makes in them. */
function brokerViolations(options: KafkaOptions, zones: number): readonly Violation[] {
  const { authentication, topics } = completedKafka(options);
  const { username } = authentication;
  const credentials = username === undefined ? undefined : { username, password: SecretRef.of('password') };
  return [
    ...kafkaViolations(options, zones),
    ...(topics.length === 0 ? [] : kafkaTopicsViolations({ authentication, credentials, topics })),
  ];
}

/** Names that users of MySQL get rights on. */
function databasesViolations({ mysql, databases = [] }: EnvironmentConfig): readonly Violation[] {
  return mysql === undefined ? [] : databaseBootstrapViolations(databaseContents(databases));
}

/** Sections that have no effect. */
function withoutServer(config: EnvironmentConfig): readonly Violation[] {
  if (config.mysql !== undefined) return [];
  const given = (['databases', 'backups', 'metastore'] as const).filter(
    (section) => Object.keys(config[section] ?? {}).length > 0,
  );
  return given.map((section) => ({
    path: section,
    got: show(config[section]),
    allowed: 'none without a server',
    fix: 'add a mysql section',
  }));
}

function monitoringViolations({ monitoring = {} }: EnvironmentConfig): readonly Violation[] {
  return 'url' in monitoring
    ? prometheusAddressViolations(monitoring.url, monitoring.namespace, monitoring.monitorLabels)
    : prometheusViolations(monitoring);
}

function poolViolations({ nodePools }: EnvironmentConfig, zones: number): readonly Violation[] {
  const pools = Object.entries(completedPools(nodePools));
  const each = pools.flatMap(([pool, options]) =>
    inside(`nodePools.${pool}`, nodePoolViolations(pool, options, zones)),
  );
  return [...each, ...nodePoolsViolations(pools.map(([, options]) => options))];
}
