/** Sources that exist already, with secrets that no file may name. */
import type { TerraformStack } from 'cdktf';
import {
  type Credentials,
  EncryptionKey,
  type IKafkaCluster,
  type ILakeBucket,
  type IMySqlDatabase,
  KafkaAuthentication,
  KafkaCluster,
  LakeBucket,
  MySqlDatabase,
} from '../../lib/aws';
import { ExistingServer, type HiveMetastoreServer } from '../../lib/catalogs';
import { SecretRef } from '../../lib/core';
import type { JdbcCredentials } from '../../lib/trino/connectors';
import { CANARY } from './contract';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1';

export const secretArn = (name: string) =>
  `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${CANARY}/${name}-AbCdEf`;

export const adminOf = (): Credentials => ({
  username: 'admin',
  password: SecretRef.of(secretArn('admin'), 'password'),
});

/** A user that may only read, whose very name is a secret. */
export const READER: JdbcCredentials = {
  username: SecretRef.of(secretArn('reader'), 'username'),
  password: SecretRef.of(secretArn('reader'), 'password'),
};

export function databaseOf(stack: TerraformStack, port?: number): IMySqlDatabase {
  return MySqlDatabase.fromAttributes(stack, 'Database', {
    host: 'db.example',
    securityGroupId: 'sg-database',
    credentials: adminOf(),
    ...(port === undefined ? {} : { port }),
  });
}

export function bucketOf(stack: TerraformStack): ILakeBucket {
  return LakeBucket.fromBucketName(stack, 'Lake', 'acme-lake', EncryptionKey.fromKeyArn(stack, 'LakeKey', KEY));
}

export function metastoreOf(stack: TerraformStack, version = '4.0.1'): HiveMetastoreServer {
  const { connections } = new ExistingServer(stack, 'Metastore', {
    host: 'metastore.example',
    port: 9083,
    securityGroupId: 'sg-metastore',
  });
  return { thriftUri: 'thrift://metastore.example:9083', version, connections };
}

export function serverOf(stack: TerraformStack): ExistingServer {
  return new ExistingServer(stack, 'Server', { host: 'pg.example', port: 5432, securityGroupId: 'sg-server' });
}

export const AUTHENTICATIONS = {
  scram: KafkaAuthentication.scram(),
  'mutual-tls': KafkaAuthentication.mutualTls(['arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/1']),
  iam: KafkaAuthentication.iam(),
  plaintext: KafkaAuthentication.plaintextForTrials(),
} as const;

export function kafkaOf(
  stack: TerraformStack,
  kind: keyof typeof AUTHENTICATIONS,
  credentials: Credentials | undefined = { username: 'trino', password: SecretRef.of(secretArn('kafka'), 'password') },
): IKafkaCluster {
  return KafkaCluster.fromAttributes(stack, 'Kafka', {
    bootstrapServers: `b-1.example:${AUTHENTICATIONS[kind].port},b-2.example:${AUTHENTICATIONS[kind].port}`,
    securityGroupId: 'sg-kafka',
    authentication: AUTHENTICATIONS[kind],
    clusterArn: 'arn:aws:kafka:eu-west-1:111122223333:cluster/acme/1',
    credentialsKey: EncryptionKey.fromKeyArn(stack, 'KafkaKey', KEY),
    ...(kind === 'scram' ? { credentials } : {}),
  });
}

export const CERTIFICATE = SecretRef.of(secretArn('certificate'));
