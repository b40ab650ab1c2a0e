import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Certificates, localCertificates } from '../servers/certificates';
import { type HiveMetastoreServer, startHiveMetastore } from '../servers/hive-metastore';
import { type Kafka, startKafka } from '../servers/kafka';
import { type MariaDb, startMariaDb } from '../servers/mariadb';
import { type S3, startS3 } from '../servers/s3';
import type { LocalEndpoints, ServerKind } from './endpoints';
import type { Steps } from './steps';

export interface ServersProps {
  /** Data of all servers; kept for a second start. */
  readonly folder: string;
  readonly kinds: ReadonlySet<ServerKind>;
  readonly steps: Steps;
  /** Called with one line when there is something to download. */
  readonly say: (line: string) => void;
}

/** What runs beside Trino. A server that was not asked for is undefined. */
export interface Servers {
  readonly certificates: Certificates;
  readonly s3: S3 | undefined;
  readonly mysql: MariaDb | undefined;
  readonly metastore: HiveMetastoreServer | undefined;
  readonly kafka: Kafka | undefined;
  readonly endpoints: LocalEndpoints;
  /** In the order in which they need each other, the last first. */
  stop(): Promise<void>;
}

/** The bucket of the lake. */
export const LAKE_BUCKET = 'lake';
const KAFKA_USER = 'trino';
/** What an endpoint says that nobody listens on. */
const NOWHERE = '127.0.0.1:1';

interface Stoppable {
  stop(): Promise<void>;
}

/** Starts servers side by side, each as soon as those that it needs are there; after a failure none of them is left. */
export async function startServers(props: ServersProps): Promise<Servers> {
  const started: Stoppable[] = [];
  const keep = <T extends Stoppable>(server: T): T => {
    started.unshift(server);
    return server;
  };
  const stop = async () => {
    for (const server of started) await server.stop();
  };
  try {
    return { ...(await startAll(props, keep)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(
  { folder, kinds, steps, say }: ServersProps,
  keep: <T extends Stoppable>(server: T) => T,
): Promise<Omit<Servers, 'stop'>> {
  const certificates = await localCertificates(join(folder, 'certificates'));
  const common = { certificates, say };
  const passwords = { mysql: newPassword(), kafka: newPassword() };
  const start = <T extends Stoppable>(kind: ServerKind, work: () => Promise<T>) =>
    kinds.has(kind) ? steps.run(kind, async () => keep(await work())) : Promise.resolve(undefined);
  const s3 = start('s3', () => startS3({ folder: join(folder, 's3'), buckets: [LAKE_BUCKET], say }));
  const mysql = start('mysql', () => startMariaDb({ ...common, folder: join(folder, 'mysql') }));
  const kafka = start('kafka', () =>
    startKafka({ ...common, folder: join(folder, 'kafka'), users: [{ name: KAFKA_USER, password: passwords.kafka }] }),
  );
  const metastore = start('metastore', async () => {
    const [database, storage] = await Promise.all([mysql, s3]);
    if (database === undefined || storage === undefined) throw new Error('a metastore needs MySQL and S3');
    return startHiveMetastore({
      folder: join(folder, 'metastore'),
      mysql: database,
      s3: storage,
      bucket: LAKE_BUCKET,
      say,
    });
  });
  await Promise.allSettled([s3, mysql, kafka, metastore]);
  const servers = { s3: await s3, mysql: await mysql, kafka: await kafka, metastore: await metastore };
  return { certificates, ...servers, endpoints: endpointsOf({ certificates, ...servers }, passwords) };
}

function newPassword(): string {
  return randomBytes(24).toString('hex');
}

function endpointsOf(
  { certificates, s3, mysql, kafka, metastore }: Omit<Servers, 'stop' | 'endpoints'>,
  passwords: Readonly<Record<'mysql' | 'kafka', string>>,
): LocalEndpoints {
  const { certificate, key, trustStore, trustStorePassword } = certificates;
  return {
    metastore: { uri: metastore?.thriftUri ?? `thrift://${NOWHERE}` },
    s3: s3 ?? { endpoint: `http://${NOWHERE}`, accessKey: 'none', secretKey: 'none' },
    mysql: { host: '127.0.0.1', port: mysql?.port ?? 1, password: passwords.mysql },
    kafka: {
      bootstrapServers: kafka?.bootstrapServers ?? NOWHERE,
      user: KAFKA_USER,
      password: passwords.kafka,
    },
    trustStore: { path: trustStore, password: trustStorePassword },
    serverPem: readFileSync(key, 'utf8') + readFileSync(certificate, 'utf8'),
  };
}
