import { readFileSync } from 'node:fs';
import type { BriefTables } from '../../../local/platform/brief-data';
import type { Servers } from '../../../local/platform/servers';
import type { ClientOptions } from '../../../local/platform/trino-cluster';
import { findJava, findJavaBetween } from '../../../local/servers/jdk';
import { S3Client } from '../../../local/servers/s3-client';
import type { ServerProcess } from '../../../local/servers/server-process';
import { TrinoClient } from '../../../local/servers/trino-client';
import { describeWhere } from '../servers/workbench';
import { callShared, DATABASE_HERE, type NodeData, type ProcessData, type ServersData } from './shared-calls';

/** In milliseconds: for a machine that is ten times slower than it should be, and downloads a release before. */
export const PLATFORM_TIMEOUT = 45 * 60_000;

/** `describe`, or a skip with one line that says why, where a platform cannot run. */
export const describePlatform = describeWhere(() => [findJava(24), findJavaBetween(17, 23)]);

/** S3, MariaDB, Hive Metastore and Kafka: all of them run, whatever a platform needs. */
export type SharedServers = { readonly [K in keyof Servers]: NonNullable<Servers[K]> };

/** The platform of `production` on one machine, a coordinator and a worker, for tests that only ask. */
export interface SharedPlatform {
  readonly servers: SharedServers;
  /** Where clients connect. */
  readonly url: string;
  readonly coordinator: NodeData;
  readonly worker: NodeData;
  /** Asks as clients do. */
  readonly client: (user: string, options?: ClientOptions) => TrinoClient;
  /** Where the brief's data are. */
  readonly tables: Required<BriefTables>;
}

/**
 * The servers that all test files of a run share; they are left running. Use databases, schemas, topics and folders of
 * the file's own names.
 */
export async function sharedServers(): Promise<SharedServers> {
  return serversFrom(await callShared('servers'));
}

/** The platform that all test files share which only ask it. */
export async function sharedPlatform(): Promise<SharedPlatform> {
  const { url, nodes, passwords, tables } = await callShared('platform');
  const servers = await sharedServers();
  const [coordinator, worker] = nodes;
  const { past, products, coming } = tables;
  if (coordinator === undefined || worker === undefined) throw new Error('the shared platform has too few nodes');
  if (past === undefined || products === undefined || coming === undefined) throw new Error('a source is missing');
  const ca = readFileSync(servers.certificates.authority, 'utf8');
  const client = (user: string, options: ClientOptions = {}) => {
    const password = passwords[user];
    return new TrinoClient({ url, user, ca, ...(password === undefined ? {} : { password }), ...options });
  };
  return { servers, url, coordinator, worker, client, tables: { past, products, coming } };
}

function serversFrom({ certificates, endpoints, s3, mysql, metastore, kafka }: ServersData): SharedServers {
  const stop = stay;
  return {
    ...{ certificates, endpoints, stop },
    s3: { ...endpoints.s3, objects: new S3Client(endpoints.s3.endpoint), process: processFrom(s3), stop },
    mysql: {
      ...endpoints.mysql,
      process: processFrom(mysql),
      jdbcUrl: (database) => mysql.jdbcUrl.replace(DATABASE_HERE, database),
      run: (sql) => callShared('sql', sql),
      addUser: (user) => callShared('addDatabaseUser', user),
      stop,
    },
    metastore: { thriftUri: endpoints.metastore.uri, process: processFrom(metastore), stop },
    kafka: {
      bootstrapServers: endpoints.kafka.bootstrapServers,
      administratorProperties: kafka.administratorProperties,
      process: processFrom(kafka),
      work: (work) => callShared('kafka', work),
      stop,
    },
  };
}

function processFrom({ name, pid, log }: ProcessData): ServerProcess {
  return { name, pid, log, ended: new Promise(() => undefined), signal: stay, stop: stay };
}

function stay(): never {
  throw new Error('other tests use this server: start one of your own to stop it');
}
