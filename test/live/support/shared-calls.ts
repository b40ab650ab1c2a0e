import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { deserialize, serialize } from 'node:v8';
import type { BriefTables } from '../../../local/platform/brief-data';
import type { LocalEndpoints } from '../../../local/platform/endpoints';
import type { Certificates } from '../../../local/servers/certificates';
import type { KafkaWork, ReadRecord } from '../../../local/servers/kafka-tool';
import type { DatabaseUser } from '../../../local/servers/mariadb';
import type { TrinoRole } from '../../../lib/trino';

/** What test files ask of the process that has the shared servers; only data cross from one process to the other. */
export interface SharedCalls {
  /** Started by whoever asks first. */
  readonly servers: () => Promise<ServersData>;
  /** Started by whoever asks first, with the brief's data. */
  readonly platform: () => Promise<PlatformData>;
  readonly sql: (statements: string) => Promise<string>;
  readonly addDatabaseUser: (user: DatabaseUser) => Promise<void>;
  readonly kafka: (work: KafkaWork) => Promise<readonly ReadRecord[]>;
}

export interface ProcessData {
  readonly name: string;
  readonly pid: number;
  readonly log: string;
}

export interface ServersData {
  readonly certificates: Certificates;
  readonly endpoints: LocalEndpoints;
  readonly s3: ProcessData;
  /** `jdbcUrl` is of a database `DATABASE_HERE`. */
  readonly mysql: ProcessData & { readonly jdbcUrl: string };
  readonly metastore: ProcessData;
  readonly kafka: ProcessData & { readonly administratorProperties: string };
}

/** A database's name in `ServersData.mysql.jdbcUrl`. */
export const DATABASE_HERE = 'database-here';

export interface NodeData {
  readonly role: TrinoRole;
  readonly url: string;
  readonly port: number;
  /** Holds `etc`, `secrets`, `data`. */
  readonly folder: string;
  readonly process: ProcessData;
}

export interface PlatformData {
  readonly url: string;
  readonly nodes: readonly NodeData[];
  /** By user; nobody's where the environment asks for none. */
  readonly passwords: Readonly<Record<string, string>>;
  readonly tables: BriefTables;
}

/** Where the shared servers are asked for; set by the suite's setup. */
export const ADDRESS = 'CDKTF_TRINO_SHARED_SERVERS';

export interface Call {
  readonly name: keyof SharedCalls;
  readonly args: readonly unknown[];
}

export type CallAnswer = { readonly result: unknown } | { readonly error: string };

/** Calls what the other process offers. @throws Error with its words */
export async function callShared<K extends keyof SharedCalls>(
  name: K,
  ...args: Parameters<SharedCalls[K]>
): Promise<Awaited<ReturnType<SharedCalls[K]>>> {
  const url = process.env[ADDRESS];
  if (url === undefined) throw new Error(`${ADDRESS} is not set: run this with jest --selectProjects=live`);
  const answer = deserialize(await post(url, serialize({ name, args } satisfies Call))) as CallAnswer;
  if ('error' in answer) throw new Error(answer.error);
  return answer.result as Awaited<ReturnType<SharedCalls[K]>>;
}

/** Without the deadlines of `fetch`: a server that is still to be downloaded takes its time. */
function post(url: string, body: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', agent: false }, (response) => resolve(buffer(response)));
    call.on('error', reject);
    call.end(body);
  });
}
