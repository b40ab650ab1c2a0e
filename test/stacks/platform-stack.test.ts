/** What the platform stack makes of an environment besides Trino, and what waits for what. */
import { KafkaAuthentication } from '../../lib/aws';
import { SecretRef } from '../../lib/core';
import type { EnvironmentConfig } from '../../stacks';
import { environmentViolations } from '../../stacks/environment-rules';
import { environmentNames, findEnvironment } from '../../stacks/environments';
import { paths } from '../aws/support';
import { object, objectsOf, release } from '../kubernetes/support/platform';
import { chartValues } from '../platform/support';
import { stacksOf } from '../support/environments';
import { resources, type TerraformJson } from '../support/synth';

const dev = findEnvironment('dev');
function platformOf(config: EnvironmentConfig, name = 'dev'): TerraformJson {
  const { [`${name}-platform`]: json } = stacksOf(name, config);
  if (json === undefined) throw new Error('no platform stack');
  return json;
}
const dataOf = (json: TerraformJson, name: string) =>
  (object(objectsOf(json, name), 'ConfigMap', `${name}-sql`) as unknown as { data: Record<string, string> }).data;

describe.each(environmentNames())('in %s', (name) => {
  const config = findEnvironment(name);
  const json = platformOf(config, name);

  test('a job makes the topics of the definition', () => {
    const { data } = object(objectsOf(json, 'kafka-topics'), 'ConfigMap') as unknown as { data: { topics: string } };
    expect(data.topics).toBe(`orders ${config.kafka?.topics?.[0]?.partitions} - -\n`);
    expect(release(json, 'kafka-topics')).toMatchObject({ namespace: 'platform-services' });
  });

  test('no pod of a job holds what only Terraform knows: it may become another text, and a job cannot change', () => {
    const jobs = ['database-bootstrap', 'hive-metastore-schema', 'kafka-topics'].map((it) =>
      object(objectsOf(json, it), 'Job'),
    );
    expect(jobs.filter((job) => JSON.stringify(job).includes('${'))).toEqual([]);
  });

  test("the audit log's database, user and table are there before a coordinator starts", () => {
    const sql = dataOf(json, 'database-bootstrap')['bootstrap.sql'];
    expect(sql).toContain('USE `trino_audit`;\nCREATE TABLE IF NOT EXISTS trino_queries (');
    expect(sql).toContain('DEFAULT CHARACTER SET utf8mb4;');
    // The listener asks for its table each time it starts, so it needs the right to make one.
    expect(sql).toMatch(/GRANT SELECT, INSERT, CREATE ON .*"trino_audit".* TO 'trino_audit'@'%'"/);
    expect(JSON.stringify(chartValues(json))).toMatch(
      /mysql-event-listener\.db\.url=jdbc:mysql:[^ ]+\/trino_audit\?[^ ]*user=trino_audit/,
    );
    expect(addressesBefore(json, 'trino')).toContain(addressOf(json, 'database-bootstrap'));
  });
});

test('queries are recorded in the database of the environment, or where the definition says; no other is reached', () => {
  const addresses = (config: EnvironmentConfig) =>
    resources(platformOf(config), 'aws_vpc_security_group_egress_rule')
      .map(({ args }) => [args['from_port'], args['cidr_ipv4']])
      .filter(([, address]) => address !== undefined);
  const password = SecretRef.of('audit');
  const audit = { database: { host: 'audit.example', port: 13306, database: 'audit', username: 'trino', password } };
  expect(addresses(dev)).toEqual([]);
  expect(addresses({ ...dev, trino: { ...dev.trino, audit: { database: password } } })).toEqual([[3306, '0.0.0.0/0']]);
  expect(addresses({ ...dev, trino: { ...dev.trino, audit } })).toEqual([[13306, '0.0.0.0/0']]);
});

test('a Prometheus that is there already finds the monitors by its labels', () => {
  const monitorLabels = { release: 'prometheus' };
  const monitoring = { url: 'http://prometheus.metrics.svc:9090', namespace: 'metrics', monitorLabels };
  const monitors = objectsOf(platformOf({ ...dev, monitoring }), 'trino-objects').filter(
    ({ kind }) => kind === 'PodMonitor',
  );
  expect(monitors.map(({ metadata }) => metadata)).toEqual([
    { name: 'trino-coordinator', labels: monitorLabels },
    { name: 'trino-worker', labels: monitorLabels },
  ]);
});

test('an ingress that goes is still looked after: what made its load balancer stays', () => {
  const production = findEnvironment('production');
  const { ingress, authentication, ...trino } = production.trino;
  expect([ingress, authentication]).not.toContain(undefined);
  for (const config of [production, { ...production, trino }]) {
    const json = platformOf(config, 'production');
    expect(addressesBefore(json, 'trino-objects')).toContain(addressOf(json, 'aws-load-balancer-controller'));
  }
});

/** Everything that a release waits for, directly or not. */
function addressesBefore(json: TerraformJson, name: string): readonly string[] {
  const direct = release(json, name)['depends_on'] as readonly string[];
  const releases = resources(json, 'helm_release').filter(({ address }) => direct.includes(address));
  return [...direct, ...releases.flatMap(({ args }) => addressesBefore(json, String(args['name'])))];
}

function addressOf(json: TerraformJson, name: string): string | undefined {
  return resources(json, 'helm_release').find(({ args }) => args['name'] === name)?.address;
}

test('the jobs of databases, topics and the schema of the metastore run again when they are asked to', () => {
  const names = (config: EnvironmentConfig) =>
    JSON.stringify(platformOf(config)).match(/(database-bootstrap|kafka-topics|hive-metastore-schema)-[0-9a-f]{8}/g);
  const [before, after] = [names(dev), names({ ...dev, jobRun: 2 })];
  expect(new Set(before).size).toBe(3);
  expect(after?.filter((name) => before?.includes(name))).toEqual([]);
  expect(names({ ...dev, jobRun: 1 })).toEqual(before);
});

test('without topics there is no job for them', () => {
  const kafka = { ...dev.kafka, topics: [] };
  const releases = resources(platformOf({ ...dev, kafka }), 'helm_release').map(({ args }) => args['name']);
  expect(releases).not.toContain('kafka-topics');
});

describe('topics', () => {
  const violations = (kafka: EnvironmentConfig['kafka']) => {
    return paths(environmentViolations('dev', { ...dev, kafka: { ...dev.kafka, ...kafka } }));
  };

  test('are fine with user and password, or without any authentication', () => {
    expect(violations({})).toEqual([]);
    expect(violations({ authentication: KafkaAuthentication.plaintextForTrials() })).toEqual([]);
  });

  test('fails when the job could not connect, or Kafka does not know a setting', () => {
    expect(violations({ authentication: KafkaAuthentication.iam() })).toEqual(['kafka.authentication']);
    expect(violations({ authentication: KafkaAuthentication.mutualTls(['arn']) })).toEqual(['kafka.clientCertificate']);
    const topics = [{ name: 'orders', partitions: 1, config: { 'retention.day': '1' } }];
    expect(violations({ topics })).toEqual(['kafka.topics.orders.config']);
  });

  test('none are asked for where they are made otherwise', () => {
    expect(violations({ authentication: KafkaAuthentication.iam(), topics: [] })).toEqual([]);
  });
});
