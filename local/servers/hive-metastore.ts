import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { LOG_CONFIGURATION, metastoreSite, PASSWORD_VARIABLE } from '../../lib/kubernetes/hive-metastore/site';
import { DEFAULT_HIVE_VERSION, hiveVersion } from '../../lib/kubernetes/hive-metastore/version';
import { freePort } from './free-port';
import { findJavaBetween } from './jdk';
import type { MariaDb } from './mariadb';
import { mavenJars } from './maven-jars';
import type { S3 } from './s3';
import { startProcess, type ServerProcess } from './server-process';

/** Hadoop 3.4 asks Java for the current user in a way that Java 24 refuses. @see https://openjdk.org/jeps/486 */
const JAVA = { oldest: 17, newest: 23 };
const HOST = '127.0.0.1';
const DATABASE = 'metastore';
/** As long as the schema's tool takes on a slow machine, and more. In milliseconds. */
const SCHEMA_TIMEOUT = 180_000;
/** The emulator does not care, the client must name one. */
const REGION = 'us-east-1';

export interface HiveMetastoreServerProps {
  /** Its configuration and its log; what it knows is in its database. */
  readonly folder: string;
  /** @default - a free one */
  readonly port?: number;
  /** Metastores with the same one are replicas of each other. */
  readonly mysql: MariaDb;
  readonly s3: S3;
  /** Where tables go for which nobody says so. */
  readonly bucket: string;
  /** Called with one line when there is something to download. */
  readonly say: (line: string) => void;
}

/** A running metastore. */
export interface HiveMetastoreServer {
  readonly thriftUri: string;
  readonly process: ServerProcess;
  stop(): Promise<void>;
}

/** Starts a Hive Metastore of the library's release on this machine; makes its schema when there is none. */
export async function startHiveMetastore(props: HiveMetastoreServerProps): Promise<HiveMetastoreServer> {
  const { folder, port = await freePort() } = props;
  if (!(await hasSchema(props))) await prepareMetastoreSchema(props);
  // Each server has a user of its own: a new one does not change the password of those that run.
  const { command, args, env } = await javaCommand(props, `metastore-${port}`);
  const process = await startProcess({
    name: 'Hive Metastore',
    command,
    args: [...args, 'org.apache.hadoop.hive.metastore.HiveMetaStore', '-p', String(port)],
    env,
    log: join(folder, 'metastore.log'),
    ready: (line) => line.includes('Started the new metaserver on port'),
  });
  return { thriftUri: `thrift://${HOST}:${port}`, process, stop: () => process.stop() };
}

/**
 * Makes or upgrades the schema in the metastore's database, as the cluster's job does; does nothing when it is there.
 * @returns what the tool prints
 * @throws Error with that when it fails
 */
export async function prepareMetastoreSchema(props: HiveMetastoreServerProps): Promise<string> {
  const { execa } = await import('execa');
  const { command, args, env } = await javaCommand(props, 'metastore-schema');
  const tool = 'org.apache.hadoop.hive.metastore.tools.schematool.MetastoreSchemaTool';
  const { failed, all } = await execa(command, [...args, tool, '-dbType', 'mysql', '-initOrUpgradeSchema'], {
    env,
    all: true,
    reject: false,
    timeout: SCHEMA_TIMEOUT,
  });
  if (failed) throw new Error(`the schema of the Hive Metastore: ${all}`);
  return all;
}

/** Its version is written last. */
async function hasSchema({ mysql }: HiveMetastoreServerProps): Promise<boolean> {
  const where = `table_schema = '${DATABASE}' AND table_name = 'VERSION'`;
  return (await mysql.run(`SELECT count(*) FROM information_schema.tables WHERE ${where}`)) !== '0';
}

/** A folder with the parts of the cluster's metastore, with the same pins: `lib` and `extra` are its class path. */
export function metastoreHome(say: (line: string) => void): Promise<string> {
  const { version, artifacts } = hiveVersion(DEFAULT_HIVE_VERSION);
  return mavenJars({ name: `hive-metastore-${version}`, list: artifacts, size: '160 MB', prepare: unpack }, say);
}

async function unpack(folder: string): Promise<void> {
  const { execa } = await import('execa');
  const files = readdirSync(folder);
  mkdirSync(join(folder, 'extra'));
  for (const file of files) {
    if (file.endsWith('.jar')) renameSync(join(folder, file), join(folder, 'extra', file));
    else await execa('tar', ['-xzf', join(folder, file), '-C', folder, '--strip-components', '1']);
    rmSync(join(folder, file), { force: true });
  }
}

/** Java is called as in the cluster's pods, as a user of the database whom this makes. */
async function javaCommand(props: HiveMetastoreServerProps, user: string) {
  const { folder, mysql, s3, say } = props;
  const home = await metastoreHome(say);
  const password = randomBytes(24).toString('base64');
  await mysql.addUser({ name: user, password, databases: [DATABASE] });
  const own = join(folder, user);
  writeConfiguration(props, own, user);
  const classPath = [own, join(home, 'extra', '*'), join(home, 'lib', '*')].join(delimiter);
  return {
    command: findJavaBetween(JAVA.oldest, JAVA.newest),
    // Libraries of machine code are unpacked into a folder that goes with the server.
    args: ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', `-Djava.io.tmpdir=${own}`, '-cp', classPath],
    env: {
      ...process.env,
      METASTORE_HOME: home,
      [PASSWORD_VARIABLE]: password,
      AWS_ACCESS_KEY_ID: s3.accessKey,
      AWS_SECRET_ACCESS_KEY: s3.secretKey,
      AWS_SESSION_TOKEN: undefined,
    },
  };
}

/** The cluster's files as they are; what is different here is in Hadoop's own file, which is read before them. */
function writeConfiguration({ mysql, s3, bucket }: HiveMetastoreServerProps, folder: string, username: string): void {
  const site = metastoreSite({
    jdbcUrl: mysql.jdbcUrl(DATABASE),
    username,
    managedWarehouse: `s3://${bucket}/managed`,
    externalWarehouse: `s3://${bucket}/warehouse`,
    region: REGION,
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'metastore-site.xml'), site);
  writeFileSync(join(folder, 'metastore-log4j2.properties'), LOG_CONFIGURATION);
  writeFileSync(join(folder, 'core-site.xml'), localSite(s3.endpoint));
}

function localSite(s3Endpoint: string): string {
  const local = {
    'metastore.thrift.bind.host': HOST,
    'fs.s3a.endpoint': s3Endpoint,
    'fs.s3a.path.style.access': 'true',
  };
  const properties = Object.entries(local).map(
    ([name, value]) => `  <property><name>${name}</name><value>${value}</value></property>\n`,
  );
  return `<configuration>\n${properties.join('')}</configuration>\n`;
}
