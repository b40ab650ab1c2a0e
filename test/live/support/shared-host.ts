import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { deserialize, serialize } from 'node:v8';
import { type BriefTables, loadBriefData } from '../../../local/platform/brief-data';
import type { LocalEndpoints } from '../../../local/platform/endpoints';
import { LOCAL_USER, type LocalPlatform, startPlatform } from '../../../local/platform/platform';
import { type Servers, startServers } from '../../../local/platform/servers';
import { SILENT } from '../../../local/platform/steps';
import type { ServerProcess } from '../../../local/servers/server-process';
import {
  type Call,
  type CallAnswer,
  DATABASE_HERE,
  type PlatformData,
  type ProcessData,
  type ServersData,
  type SharedCalls,
} from './shared-calls';
import { sharedDefinition } from './shared-definition';
import { users } from './users';

/** Who asks the shared platform. */
const SHARED_USERS = users(LOCAL_USER, 'alice', 'platform');

/** Has the servers that test files share: one process for all of jest's workers, which ends them all. */
export class SharedHost {
  private readonly folder = mkdtempSync(join(tmpdir(), 'cdktf-trino-live-'));
  private readonly servers = once(() => this.startServers());
  private readonly platform = once(() => this.startPlatform());
  private readonly tables = once(() => this.loadData());
  private readonly calls: SharedCalls = {
    servers: async () => serversData(await this.servers()),
    platform: async () => this.platformData(await this.platform()),
    sql: async (statements) => present((await this.servers()).mysql).run(statements),
    addDatabaseUser: async (user) => present((await this.servers()).mysql).addUser(user),
    kafka: async (work) => present((await this.servers()).kafka).work(work),
  };

  private constructor(private readonly listener: Server) {
    listener.on('request', (request, response) => {
      void this.answer(request).then((answer) => response.end(serialize(answer)));
    });
  }

  /** Listens; no server is started before somebody asks for it. */
  public static async listen(): Promise<SharedHost> {
    const listener = createServer();
    const host = new SharedHost(listener);
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    return host;
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.listener.address() as AddressInfo).port}`;
  }

  /** Ends what was started. */
  public async stop(): Promise<void> {
    this.listener.close();
    this.listener.closeAllConnections();
    await (await this.platform.begun())?.stop();
    await (await this.servers.begun())?.stop();
    rmSync(this.folder, { recursive: true });
  }

  private async answer(request: IncomingMessage): Promise<CallAnswer> {
    try {
      const { name, args } = deserialize(await buffer(request)) as Call;
      const call = this.calls[name] as (...args: readonly unknown[]) => Promise<unknown>;
      return { result: await call(...args) };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  }

  private startServers(): Promise<Servers> {
    const kinds = new Set(['s3', 'mysql', 'metastore', 'kafka'] as const);
    return startServers({ folder: join(this.folder, 'servers'), kinds, steps: SILENT, say });
  }

  private async startPlatform(): Promise<LocalPlatform> {
    const servers = await this.servers();
    return startPlatform({
      definition: sharedDefinition(),
      folder: join(this.folder, 'platform'),
      users: SHARED_USERS,
      ...{ servers, say },
    });
  }

  /** Once for all: two files that loaded them at the same time would have them twice. */
  private async loadData(): Promise<BriefTables> {
    const { local, servers, client } = await this.platform();
    return loadBriefData(local.definition.catalogs, servers, client(LOCAL_USER));
  }

  private async platformData({ url, cluster, local, users }: LocalPlatform): Promise<PlatformData> {
    const asked = local.definition.authentication === undefined ? [] : users;
    return {
      url,
      tables: await this.tables(),
      passwords: Object.fromEntries(asked.map(({ name, password }) => [name, password])),
      nodes: [cluster.coordinator, ...cluster.workers].map((node) => ({
        ...{ role: node.role, url: node.url, port: node.port, folder: node.folder },
        process: processData(node.process),
      })),
    };
  }
}

function serversData({ certificates, endpoints, s3, mysql, metastore, kafka }: Servers): ServersData {
  const database = present(mysql);
  const broker = present(kafka);
  return {
    ...{ certificates, endpoints: endpointData(endpoints) },
    s3: processData(present(s3).process),
    mysql: { ...processData(database.process), jdbcUrl: database.jdbcUrl(DATABASE_HERE) },
    metastore: processData(present(metastore).process),
    kafka: { ...processData(broker.process), administratorProperties: broker.administratorProperties },
  };
}

/** The server of S3 stands among the endpoints as it is: only what an endpoint says is taken. */
function endpointData({ s3, ...others }: LocalEndpoints): LocalEndpoints {
  return { ...others, s3: { endpoint: s3.endpoint, accessKey: s3.accessKey, secretKey: s3.secretKey } };
}

function processData({ name, pid, log }: ServerProcess): ProcessData {
  return { name, pid, log };
}

/** All kinds are asked for. */
function present<T>(server: T | undefined): T {
  if (server === undefined) throw new Error('a shared server was not started');
  return server;
}

interface Once<T> {
  /** The one result, however often it is asked for. */
  (): Promise<T>;
  /** The result if it was asked for and if there is one. */
  begun(): Promise<T | undefined>;
}

function once<T>(work: () => Promise<T>): Once<T> {
  let result: Promise<T> | undefined;
  const begun = () => result?.catch(() => undefined) ?? Promise.resolve(undefined);
  return Object.assign(() => (result ??= work()), { begun });
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
