import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PASSWORD_VARIABLE } from '../../lib/kubernetes/hive-metastore/site';
import type { TrinoDefinition } from '../../lib/trino';
import { LOCAL_USER, type LocalPlatform, startPlatform } from '../../local/platform/platform';
import { LAKE_BUCKET } from '../../local/platform/servers';
import { type HiveMetastoreServer, metastoreHome, startHiveMetastore } from '../../local/servers/hive-metastore';
import { findJavaBetween, findJdkTool } from '../../local/servers/jdk';
import { buildEnvironment } from '../../stacks';
import { findEnvironment } from '../../stacks/environments';
import { testApp } from '../support/synth';
import { describeWhere, say, workbench } from './servers/workbench';
import { type InstalledJob, installedJob, runJob } from './support/installed-job';
import { startLoad } from './support/load';
import { describePlatform, PLATFORM_TIMEOUT, sharedServers, type SharedServers } from './support/shared';
import { sharedDefinition } from './support/shared-definition';
import { smallDefinition } from './support/small-definition';

const bench = workbench();
afterAll(() => bench.clear());
jest.setTimeout(PLATFORM_TIMEOUT);

const findJava = (): string => findJavaBetween(17, 23);

describeWhere(findJava)("the job that makes the metastore's schema, as its pod runs it", () => {
  const ENVIRONMENT = 'production';
  const MOUNT = '/etc/hive-metastore';
  const DATABASE = 'metastore_of_job';
  const USER = { name: 'metastore', password: 'of the metastore' };
  let servers: SharedServers;
  beforeAll(async () => {
    servers = await sharedServers();
    await servers.mysql.addUser({ ...USER, databases: [DATABASE] });
  });

  it('makes the schema over verified TLS, and changes nothing the second time', async () => {
    const { platform } = buildEnvironment(testApp(), ENVIRONMENT, findEnvironment(ENVIRONMENT));
    const job = installedJob(platform, 'hive-metastore');
    mkdirSync(bench.folder('trust'));
    await run({ ...job, command: ['sh', `${MOUNT}/trust.sh`, servers.certificates.authority, TRUST_STORE] });
    expect(await run(job)).toContain('Initialization script completed');
    const tables = await tableCount();
    expect(Number(tables)).toBeGreaterThan(70);
    expect(await run(job)).not.toContain('Initialization script');
    expect(await tableCount()).toBe(tables);
  });

  const TRUST = '/opt/trust';
  const TRUST_STORE = `${TRUST}/database.p12`;

  async function run(job: InstalledJob): Promise<string> {
    const home = await metastoreHome(say);
    const paths = { [TRUST]: bench.folder('trust'), '/opt/metastore': home };
    const { 'metastore-site.xml': site = '', ...files } = job.files;
    return runJob(
      { ...job, files: { ...files, 'metastore-site.xml': withDatabase(site) } },
      {
        ...{ folder: bench.folder('job'), mount: MOUNT, paths },
        programs: { java: programAt(findJava()), keytool: programAt(findJdkTool('keytool')) },
        env: { METASTORE_HOME: home, [PASSWORD_VARIABLE]: USER.password },
      },
    );
  }

  /** Whose address Terraform knows, and whose truststore is in a folder of ours. */
  function withDatabase(site: string): string {
    const { host, port } = servers.mysql;
    const local = site.replace(/jdbc:mysql:\/\/[^?]*/, `jdbc:mysql://${host}:${port}/${DATABASE}`);
    expect(local).not.toBe(site);
    return local.replace(encodeURIComponent(TRUST), encodeURIComponent(bench.folder('trust')));
  }

  function tableCount(): Promise<string> {
    return servers.mysql.run(`SELECT count(*) FROM information_schema.tables WHERE table_schema = '${DATABASE}'`);
  }
});

describePlatform('two replicas of the metastore', () => {
  const TABLE = 'hive.metastore_replicas.t';
  let servers: SharedServers;
  let replicas: [HiveMetastoreServer, HiveMetastoreServer];
  let platform: LocalPlatform;
  beforeAll(async () => {
    servers = await sharedServers();
    replicas = [await startReplica('first'), await startReplica('second')];
    const uris = replicas.map(({ thriftUri }) => thriftUri).join(',');
    platform = await startPlatform({
      ...{ definition: hiveOnly(), servers, folder: bench.folder('platform'), say },
      adjust: (definition) => withMetastores(definition, uris),
    });
    await ask(
      `CREATE SCHEMA hive.metastore_replicas WITH (location = 's3://${LAKE_BUCKET}/metastore-replicas')`,
      `CREATE TABLE ${TABLE} AS SELECT 1 AS one`,
    );
  });
  afterAll(async () => {
    await platform.stop();
    await Promise.all(replicas.map((replica) => replica.stop()));
  });

  it('are the same to whoever asks, and can be restarted one after the other without a query noticing', async () => {
    const load = startLoad(platform.client(LOCAL_USER), [`SELECT * FROM ${TABLE}`, 'SHOW TABLES FROM hive.default']);
    await load.untilEnded(2);
    for (const name of ['first', 'second'] as const) {
      await stopReplica(name);
      await load.untilEnded(4);
      await startAgain(name);
    }
    await load.stop();
    expect(load.failures).toEqual([]);
  });

  it('serve again after both were away, and Trino needs no restart', async () => {
    await stopReplica('first');
    await stopReplica('second');
    await startAgain('second');
    expect(await ask(`SELECT * FROM ${TABLE}`)).toEqual([[1]]);
  });

  async function ask(...statements: readonly string[]): Promise<readonly (readonly unknown[])[]> {
    let rows: readonly (readonly unknown[])[] = [];
    for (const sql of statements) ({ rows } = await platform.client(LOCAL_USER).query(sql));
    return rows;
  }

  function startReplica(name: Replica, port?: number): Promise<HiveMetastoreServer> {
    const { mysql, s3 } = servers;
    const where = { folder: bench.folder(join('metastore', name)), ...(port === undefined ? {} : { port }) };
    return startHiveMetastore({ ...where, mysql, s3, bucket: LAKE_BUCKET, say });
  }

  async function stopReplica(name: Replica): Promise<void> {
    await replicas[INDEX[name]].stop();
  }

  async function startAgain(name: Replica): Promise<void> {
    const { port } = new URL(replicas[INDEX[name]].thriftUri);
    replicas[INDEX[name]] = await startReplica(name, Number(port));
  }
});

const INDEX = { first: 0, second: 1 } as const;
type Replica = keyof typeof INDEX;

function programAt(path: string): string {
  return `#!/bin/sh\nexec "${path}" "$@"\n`;
}

/** The catalog `hive` of production, and nothing else. */
function hiveOnly(): TrinoDefinition {
  return smallDefinition({ catalogs: sharedDefinition().catalogs.filter(({ name }) => name === 'hive') });
}

function withMetastores({ catalogs, ...definition }: TrinoDefinition, uris: string): TrinoDefinition {
  const asking = catalogs.map(({ name, config }) => {
    return { name, config: { ...config, properties: { ...config.properties, 'hive.metastore.uri': uris } } };
  });
  return { ...definition, catalogs: asking };
}
