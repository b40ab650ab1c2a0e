import { join } from 'node:path';
import { KafkaAuthentication } from '../../lib/aws';
import { SecretRef } from '../../lib/core';
import { clientFiles } from '../../lib/kubernetes/kafka-topics/client';
import { findJava } from '../../local/servers/jdk';
import { jarList, mavenJars } from '../../local/servers/maven-jars';
import { buildEnvironment, type EnvironmentConfig } from '../../stacks';
import { findEnvironment } from '../../stacks/environments';
import { testApp } from '../support/synth';
import { describeWhere, say, workbench } from './servers/workbench';
import { installedJob, runJob } from './support/installed-job';
import { PLATFORM_TIMEOUT, sharedServers, type SharedServers } from './support/shared';

const ENVIRONMENT = 'production';
const bench = workbench();
afterAll(() => bench.clear());
jest.setTimeout(PLATFORM_TIMEOUT);

type Topics = NonNullable<NonNullable<EnvironmentConfig['kafka']>['topics']>;
/** What a topic here has from its broker. */
const OF_BROKER = { 'retention.ms': '-1' };
/** There is one broker here. */
const ONE_COPY = { 'min.insync.replicas': '1' };
const PLAIN = { name: 'job_plain', partitions: 1, replicationFactor: 1, config: ONE_COPY };
const RAISED = { ...PLAIN, partitions: 3, config: { ...ONE_COPY, 'retention.bytes': '1048576' } };
const KEPT = {
  name: 'job_kept',
  partitions: 2,
  replicationFactor: 1,
  config: { ...ONE_COPY, 'retention.ms': '60000', 'cleanup.policy': 'compact,delete' },
};

describeWhere()('the job that makes topics', () => {
  let servers: SharedServers;
  let jars: string;
  beforeAll(async () => {
    servers = await sharedServers();
    jars = await mavenJars({ name: 'kafka-4.1.2', list: jarList('kafka-4.1.2'), size: '54 MB' }, say);
  });

  it('makes what is missing, adds partitions and settings, and changes nothing else, and nothing the second time', async () => {
    await run([PLAIN, KEPT]);
    expect(await run([RAISED])).not.toContain('Created topic');
    const after = await topics();
    expect(after).toEqual({ job_plain: [3, { ...OF_BROKER, ...RAISED.config }], job_kept: [2, KEPT.config] });

    await run([RAISED]);
    expect(await topics()).toEqual(after);
  });

  async function run(wanted: Topics): Promise<string> {
    const config = findEnvironment(ENVIRONMENT);
    const { platform } = buildEnvironment(testApp(), ENVIRONMENT, {
      ...config,
      kafka: { ...config.kafka, topics: wanted },
    });
    const { user, password } = servers.endpoints.kafka;
    const secret = SecretRef.of('kafka', 'password');
    const client = clientFiles({
      authentication: KafkaAuthentication.scram(),
      credentials: { username: user, password: secret },
    });
    return runJob(installedJob(platform, 'kafka-topics'), {
      folder: bench.folder('job'),
      mount: '/etc/kafka-topics',
      secretFiles: Object.fromEntries(
        client.map(({ name, content }) => [
          name,
          content.map((it) => (typeof it === 'string' ? it : password)).join(''),
        ]),
      ),
      programs: {
        'kafka-topics.sh': program('org.apache.kafka.tools.TopicCommand'),
        'kafka-configs.sh': program('kafka.admin.ConfigCommand'),
      },
      env: { BOOTSTRAP_SERVERS: servers.endpoints.kafka.bootstrapServers, LOG_DIR: bench.folder('logs') },
    });
  }

  /** A tool as Kafka's own start script runs it; Java trusts the local authority, as the image's trusts that of MSK. */
  function program(main: string): string {
    const { trustStore, trustStorePassword } = servers.certificates;
    const trust = `-Djavax.net.ssl.trustStore='${trustStore}' -Djavax.net.ssl.trustStorePassword=${trustStorePassword}`;
    // Each call starts a JVM: the first one keeps its classes for the others.
    const archive = `-XX:+AutoCreateSharedArchive -XX:SharedArchiveFile='${bench.folder('tools.jsa')}' -Xshare:auto`;
    const java = `'${findJava(24)}' -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 ${archive} ${trust}`;
    return `#!/bin/sh\nexec ${java} -cp '${join(jars, '*')}' ${main} "$@"\n`;
  }

  /** Partitions and settings of the topics of this file, as Kafka's own tool tells them. */
  async function topics(): Promise<Readonly<Record<string, [number, Readonly<Record<string, string>>]>>> {
    const { execa } = await import('execa');
    const script = program('org.apache.kafka.tools.TopicCommand');
    const where = ['--bootstrap-server', servers.kafka.bootstrapServers];
    const who = ['--command-config', servers.kafka.administratorProperties];
    const { stdout } = await execa('sh', ['-c', script, 'topics', ...where, ...who, '--describe', '--topic', 'job_.*']);
    const lines = stdout.split('\n').filter((line) => line.startsWith('Topic:'));
    return Object.fromEntries(lines.map(topicIn));
  }
});

/** `Topic: a  TopicId: …  PartitionCount: 1  ReplicationFactor: 1  Configs: retention.ms=1,cleanup.policy=compact,delete`. */
function topicIn(line: string): [string, [number, Readonly<Record<string, string>>]] {
  const fields = new Map(line.split('\t').map((field) => field.trim().split(': ') as [string, string]));
  const settings = (fields.get('Configs') ?? '').split(/,(?=[a-z.]+=)/).filter((it) => it.includes('='));
  const config = Object.fromEntries(settings.map((it) => it.split('=') as [string, string]));
  return [fields.get('Topic') ?? '', [Number(fields.get('PartitionCount')), config]];
}
