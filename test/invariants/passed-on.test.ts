/** Who wraps a construct passes options on, `retain: props.retain`: what nobody has said must not become a decision. */
import type { TerraformStack } from 'cdktf';
import {
  Backups,
  EksCluster,
  EncryptionKey,
  ExchangeBucket,
  GeneratedSecret,
  KafkaCluster,
  LakeBucket,
  LogBucket,
  MySqlDatabase,
  Network,
} from '../../lib/aws';
import { ConfigError } from '../../lib/core';
import { findEnvironment } from '../../stacks/environments';
import { networkOf } from '../aws/support';
import { stacksOf } from '../support/environments';
import { synth, testStack } from '../support/synth';

/** Options of these names, passed on by somebody who was given none. */
function passedOn(names: string): object {
  return Object.fromEntries(names.split(' ').map((name) => [name, undefined]));
}

type Make = (stack: TerraformStack, more: object) => unknown;

const CONSTRUCTS: readonly (readonly [string, string, Make])[] = [
  [
    'LakeBucket',
    'retain expireNoncurrentDays encryptionKey accessLogBucket',
    (stack, more) => new LakeBucket(stack, 'It', { name: 'acme', ...more }),
  ],
  ['LogBucket', 'retain expireDays', (stack, more) => new LogBucket(stack, 'It', { name: 'acme', ...more })],
  [
    'ExchangeBucket',
    'expireAfter encryptionKey accessLogBucket',
    (stack, more) => new ExchangeBucket(stack, 'It', { name: 'acme', ...more }),
  ],
  [
    'EncryptionKey',
    'retain services',
    (stack, more) => new EncryptionKey(stack, 'It', { name: 'acme', description: 'tables', ...more }),
  ],
  [
    'GeneratedSecret',
    'generate members length version recoveryWindowDays encryptionKey',
    (stack, more) => new GeneratedSecret(stack, 'It', { name: 'acme', description: 'a user', ...more }),
  ],
  [
    'MySqlDatabase',
    'retain multiAz storageGiB maxStorageGiB version instanceClass port adminUser backupRetentionDays backupWindow ' +
      'maintenanceWindow applyImmediately logRetentionDays longQuerySeconds parameters encryptionKey eventTopicArn',
    (stack, more) => new MySqlDatabase(stack, 'It', { name: 'acme', network: networkOf(stack), ...more }),
  ],
  [
    'KafkaCluster',
    'retain version zones brokersPerZone brokerType volumeGiB maxVolumeGiB authentication configuration topics ' +
      'logRetentionDays encryptionKey',
    (stack, more) => new KafkaCluster(stack, 'It', { name: 'acme', network: networkOf(stack), ...more }),
  ],
  [
    'EksCluster',
    'retain version endpointAccess apiClients zones serviceCidr logRetentionDays addonVersions encryptionKey',
    (stack, more) =>
      new EksCluster(stack, 'It', { name: 'acme', network: networkOf(stack), admins: [ADMIN], ...more }).addNodePool(
        'system',
        { instanceTypes: ['m7g.large'], minSize: 1, maxSize: 2 },
      ),
  ],
  [
    'Network',
    'cidr zones natGateways interfaceEndpoints flowLogRetentionDays logKey',
    (stack, more) => new Network(stack, 'It', { name: 'acme', ...more }),
  ],
  [
    'Backups',
    'retain keepDailyDays keepMonthlyDays locked restoreTesting encryptionKey',
    (stack, more) => new Backups(stack, 'It', { name: 'acme', ...more }).addResource('arn:aws:s3:::acme', 'S3'),
  ],
];
const ADMIN = 'arn:aws:iam::111122223333:role/platform-admin';

test.each(CONSTRUCTS)('%s with options that are undefined is the one without them', (_name, names, make) => {
  const made = (more: object) => synth(testStack((stack) => make(stack, more)));
  expect(made(passedOn(names))).toEqual(made({}));
});

test.each(CONSTRUCTS)("%s without a name is not called 'undefined'", (_name, _names, make) => {
  const unnamed = () => testStack((stack) => make(stack, passedOn('name')));
  expect(unnamed).toThrow(ConfigError);
  expect(unnamed).toThrow(/ name: got nothing; /);
});

test('an environment with options that are undefined is the one without them', () => {
  const { trino, nodePools, network, mysql, kafka, ...rest } = findEnvironment('production');
  const changed = {
    ...rest,
    trino: { ...trino, ...passedOn('audit') },
    nodePools: { ...nodePools, workers: { ...nodePools.workers, ...passedOn('taints') } },
    network: { ...network, ...passedOn('interfaceEndpoints') },
    mysql: { ...mysql, ...passedOn('multiAz longQuerySeconds') },
    kafka: { ...kafka, ...passedOn('zones configuration') },
    ...passedOn('retainData'),
  };
  expect(stacksOf('production', changed)).toEqual(stacksOf('production', findEnvironment('production')));
});
