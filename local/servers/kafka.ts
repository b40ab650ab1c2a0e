import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificates } from './certificates';
import { freePort } from './free-port';
import { findJava } from './jdk';
import { type KafkaWork, type ReadRecord, type ScramUser, workWithKafka } from './kafka-tool';
import { jarList, mavenJars } from './maven-jars';
import { orStop } from './or-stop';
import { startProcess, type ServerProcess } from './server-process';

const VERSION = '4.1.2';
const OLDEST_JAVA = 17;
const HOST = '127.0.0.1';
const ADMINISTRATOR = 'administrator';

export interface KafkaProps {
  /** Its messages, its log; kept for a second start. */
  readonly folder: string;
  /** Of the listener for clients. @default - a free one */
  readonly port?: number;
  readonly certificates: Certificates;
  readonly users: readonly ScramUser[];
  /** Called with one line when there is something to download. */
  readonly say: (line: string) => void;
}

/** A running Kafka: one node that is broker and controller; clients come with SASL_SSL and SCRAM-SHA-512, as to MSK. */
export interface Kafka {
  readonly bootstrapServers: string;
  /** File with the configuration of a client who may do everything. */
  readonly administratorProperties: string;
  readonly process: ServerProcess;
  /**
   * Makes topics, sends and reads messages: as much as possible at once, because each call starts a JVM.
   * @param properties a client's configuration file. @default - the administrator's
   */
  work(work: KafkaWork, properties?: string): Promise<readonly ReadRecord[]>;
  stop(): Promise<void>;
}

/** Starts a Kafka on this machine, in place of MSK. @see https://kafka.apache.org/41/operations/kraft/ */
export async function startKafka(props: KafkaProps): Promise<Kafka> {
  const { folder, say, users, port = await freePort() } = props;
  const jars = await mavenJars({ name: `kafka-${VERSION}`, list: jarList(`kafka-${VERSION}`), size: '54 MB' }, say);
  const files = filesIn(folder);
  writeConfiguration(files, props, port, await freePort());
  if (!existsSync(files.data)) await format(jars, files);
  const process = await startProcess({
    name: 'Kafka',
    ...javaCommand(jars, '-Xmx256m', 'kafka.Kafka', files.server),
    log: join(folder, 'kafka.log'),
    ready: (line) => line.includes('Kafka Server started'),
  });
  const work = (todo: KafkaWork, properties = files.client) => workWithKafka(jars, properties, todo);
  await orStop(process, () => putUsers(files, users, work));
  const bootstrapServers = `${HOST}:${port}`;
  return { bootstrapServers, administratorProperties: files.client, process, work, stop: () => process.stop() };
}

/** What a Kafka has in its folder. */
interface KafkaFiles {
  readonly data: string;
  readonly server: string;
  readonly client: string;
  /** Key and certificate, as Kafka wants them: in one file. */
  readonly keyStore: string;
  readonly password: string;
  /** The users that are known to it. */
  readonly users: string;
}

function filesIn(folder: string): KafkaFiles {
  return {
    data: join(folder, 'data'),
    server: join(folder, 'server.properties'),
    client: join(folder, 'administrator.properties'),
    keyStore: join(folder, 'key-store.pem'),
    password: join(folder, 'administrator.password'),
    users: join(folder, 'users.json'),
  };
}

function writeConfiguration(
  files: KafkaFiles,
  { folder, certificates }: KafkaProps,
  port: number,
  controllerPort: number,
) {
  mkdirSync(folder, { recursive: true });
  const secret = (file: string, content: string): void => writeFileSync(file, content, { mode: 0o600 });
  if (!existsSync(files.password)) secret(files.password, randomBytes(24).toString('hex'));
  secret(files.keyStore, readFileSync(certificates.key, 'utf8') + readFileSync(certificates.certificate, 'utf8'));
  const login = loginOf(ADMINISTRATOR, readFileSync(files.password, 'utf8'));
  secret(
    files.server,
    text({ ...serverSettings(port, controllerPort), ...fileSettings(files, certificates), [LOGIN]: login }),
  );
  secret(files.client, text(clientSettings(`${HOST}:${port}`, certificates, login)));
}

const LOGIN = 'listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config';

function loginOf(user: string, password: string): string {
  return `org.apache.kafka.common.security.scram.ScramLoginModule required username="${user}" password="${password}";`;
}

/** One node holds the one copy of everything. */
function serverSettings(port: number, controllerPort: number): Readonly<Record<string, string>> {
  const clients = `SASL_SSL://${HOST}:${port}`;
  return {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@${HOST}:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `${clients},CONTROLLER://${HOST}:${controllerPort}`,
    'advertised.listeners': clients,
    'listener.security.protocol.map': 'SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name': 'SASL_SSL',
    'sasl.mechanism.inter.broker.protocol': 'SCRAM-SHA-512',
    'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
    'auto.create.topics.enable': 'false',
    // A week is its default, by the times that messages carry: what is loaded is older, and stays for a second start.
    'log.retention.ms': '-1',
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '1',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
  };
}

function fileSettings({ data, keyStore }: KafkaFiles, certificates: Certificates): Readonly<Record<string, string>> {
  return {
    'log.dirs': data,
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': keyStore,
    ...trustSettings(certificates),
  };
}

/** Brokers are clients of each other, so the server has it, too. */
function trustSettings({ authority }: Certificates): Readonly<Record<string, string>> {
  return { 'ssl.truststore.type': 'PEM', 'ssl.truststore.location': authority };
}

function clientSettings(bootstrapServers: string, certificates: Certificates, login: string): Record<string, string> {
  return {
    'bootstrap.servers': bootstrapServers,
    'security.protocol': 'SASL_SSL',
    'sasl.mechanism': 'SCRAM-SHA-512',
    'sasl.jaas.config': login,
    ...trustSettings(certificates),
  };
}

function text(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

/** Makes an empty log that knows the administrator; what an interrupted run has left is thrown away. */
async function format(jars: string, files: KafkaFiles): Promise<void> {
  const { execa } = await import('execa');
  const draft = `${files.data}.draft`;
  rmSync(draft, { recursive: true, force: true });
  rmSync(files.users, { force: true });
  const configuration = `${files.server}.draft`;
  const finished = readFileSync(files.server, 'utf8').replace(`log.dirs=${files.data}`, `log.dirs=${draft}`);
  writeFileSync(configuration, finished, { mode: 0o600 });
  const administrator = `SCRAM-SHA-512=[name=${ADMINISTRATOR},password=${readFileSync(files.password, 'utf8')}]`;
  const id = randomBytes(16).toString('base64url');
  // One in 64 begins with a hyphen, and would be taken for the next option.
  const how = ['format', `--cluster-id=${id}`, '--config', configuration, '--add-scram', administrator];
  const { command, args } = javaCommand(jars, '-Xmx128m', 'kafka.tools.StorageTool', ...how);
  await execa(command, args);
  rmSync(configuration);
  renameSync(draft, files.data);
}

/** Users are part of what Kafka keeps, so this costs a JVM only when somebody is new or has another password. */
async function putUsers(files: KafkaFiles, users: readonly ScramUser[], work: Kafka['work']): Promise<void> {
  const wanted = JSON.stringify(users);
  if (users.length === 0 || (existsSync(files.users) && readFileSync(files.users, 'utf8') === wanted)) return;
  await work({ users });
  writeFileSync(files.users, wanted, { mode: 0o600 });
}

function javaCommand(jars: string, heap: string, program: string, ...args: readonly string[]) {
  const logging = `-Dlog4j2.configurationFile=${join(__dirname, 'data', 'kafka-log4j2.properties')}`;
  const options = [heap, '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', logging, '-cp', join(jars, '*')];
  return { command: findJava(OLDEST_JAVA), args: [...options, program, ...args] };
}
