import { SecretRef } from '../../../lib/core';
import { checkProperties, checkPropertiesText, type Finding } from '../../../lib/trino/properties';
import { TrinoRelease } from '../../../lib/trino/release';
import type { TrinoRole } from '../../../lib/trino/trino-role';

const HIVE = { 'connector.name': 'hive', 'hive.metastore.uri': 'thrift://hms:9083' };

interface Where {
  readonly role?: TrinoRole;
  readonly release?: string;
}

/** Findings about a server's settings, in short. */
function server(
  entries: Readonly<Record<string, string | SecretRef>>,
  { role, release = '480' }: Where = {},
): string[] {
  const file = { component: 'server', entries: { 'node.environment': 'test', ...entries }, ...(role && { role }) };
  return brief(checkProperties(TrinoRelease.of(release), file));
}

function hive(entries: Readonly<Record<string, string | SecretRef>>, release = '480'): string[] {
  return brief(
    checkProperties(TrinoRelease.of(release), { component: 'connector:hive', entries: { ...HIVE, ...entries } }),
  );
}

function brief(findings: readonly Finding[]): string[] {
  return findings.map(({ severity, kind, property, fix }) => `${severity} ${kind} ${property}: ${fix}`);
}

describe('names', () => {
  it('accepts what the release knows', () => {
    expect(server({ 'query.max-memory': '50GB', 'http-server.process-forwarded': 'true' })).toEqual([]);
    expect(hive({ 'fs.native-s3.enabled': 'true', 's3.region': 'eu-west-1' })).toEqual([]);
  });

  it('fails when a name is misspelled, and says what was meant', () => {
    expect(server({ 'query.max-memry': '50GB' })).toEqual([
      'error unknown query.max-memry: did you mean query.max-memory?',
    ]);
  });

  it('fails when nothing is near, without a guess', () => {
    expect(server({ 'zzz.qqq': '1' })).toEqual(['error unknown zzz.qqq: remove it']);
  });

  it('fails when a name is defunct, and says what took its place', () => {
    expect(server({ 'query.max-total-memory-per-node': '12GB' })).toEqual([
      'error defunct query.max-total-memory-per-node: write query.max-memory-per-node and memory.heap-headroom-per-node instead',
    ]);
  });

  it('fails when an older release accepted it, names that release and what took its place', () => {
    const [finding] = checkProperties(TrinoRelease.of('481'), {
      component: 'connector:hive',
      entries: { ...HIVE, 'hive.s3.max-connections': '500' },
    });
    expect(finding).toMatchObject({ kind: 'defunct', fix: 'write s3.max-connections with fs.s3.enabled=true instead' });
    expect(finding?.allowed).toContain('Trino 480 was the last known to accept it');
  });

  it('fails when only a newer release accepts it, and names the older name', () => {
    expect(hive({ 'fs.s3.enabled': 'true' })).toEqual([
      'error unknown fs.s3.enabled: write fs.native-s3.enabled until you upgrade',
    ]);
  });

  it('fails when it belongs into another file, and names the file', () => {
    expect(hive({ 'query.max-memory': '1GB' })).toEqual([
      'error wrong-file query.max-memory: move it to config.properties',
    ]);
    expect(server({ 'hive.metastore.uri': 'thrift://x' })[0]).toContain('connector.name=hive');
  });

  it('warns of an old name that still works', () => {
    expect(server({ 'spill-compression-enabled': 'true' })).toEqual([
      'warning renamed spill-compression-enabled: write spill-compression-codec',
    ]);
    expect(hive({ 'fs.native-s3.enabled': 'true' }, '481')).toEqual([
      'warning renamed fs.native-s3.enabled: write fs.s3.enabled',
    ]);
  });
});

describe('roles', () => {
  it('accepts on the coordinator what only it knows', () => {
    expect(server({ coordinator: 'true', 'web-ui.enabled': 'false' })).toEqual([]);
  });

  it.each([{ entries: { coordinator: 'false' } }, { role: 'worker' as const, entries: {} }])(
    'fails when a worker is given it: %j',
    ({ entries, role }) => {
      expect(server({ ...entries, 'web-ui.enabled': 'false' }, role && { role })).toEqual([
        "error wrong-role web-ui.enabled: move it to the coordinator's configuration",
      ]);
    },
  );
});

describe('conditions', () => {
  it('fails when the switch is off that a property belongs to', () => {
    expect(hive({ 's3.region': 'eu-west-1' })).toEqual([
      'error condition s3.region: set fs.native-s3.enabled=true, or remove it',
    ]);
  });

  it('fails when legacy S3 properties stand without legacy S3, and says what to write on native S3', () => {
    expect(hive({ 'fs.native-s3.enabled': 'true', 'hive.s3.max-connections': '500' })).toContain(
      'error condition hive.s3.max-connections: write s3.max-connections with fs.native-s3.enabled=true instead',
    );
  });

  it('fails when a choice excludes it', () => {
    expect(hive({ 'hive.metastore': 'glue' })[0]).toMatch(/^error condition hive.metastore.uri/);
  });

  it('does not judge what depends on a placeholder', () => {
    expect(hive({ 's3.region': 'eu-west-1', 'fs.native-s3.enabled': '${ENV:S3}' })).toEqual([]);
  });

  it('knows the old name of a switch', () => {
    expect(hive({ 's3.region': 'x', 'fs.native-s3.enabled': 'true' }, '481')).not.toContainEqual(
      expect.stringContaining('condition'),
    );
  });
});

describe('values', () => {
  it.each([
    ['query.max-memory', ['50GB', '1.5TB', '64 MB', ' 5GB '], ['50G', '50gb', '-1GB', '50', '1EB']],
    ['query.max-memory-per-node', ['8GB', '30%'], ['30 percent', '8Gi']],
    ['query.max-run-time', ['5m', '1.5h', '90s', '7d'], ['5', '5min', '1w', '5M']],
    ['query.max-history', ['100', '0'], ['100.5', 'many', '-1', '99999999999']],
    ['spill-enabled', ['true', 'FALSE'], ['yes', '1', '']],
    ['task.concurrency', ['8', '1'], ['3', '0']],
    ['retry-policy', ['TASK', 'query', 'None'], ['RETRY', '']],
    ['http-server.process-forwarded', ['true', 'IGNORE', 'reject'], ['yes', 'on']],
    ['retry-policy.allowed', ['TASK,NONE', 'none'], ['NONE,SOME']],
    ['node.environment', ['prod_eu'], ['prod-eu', 'Prod']],
    ['adaptive-partial-aggregation.unique-rows-ratio-threshold', ['0.5', '1'], ['half', '0,5']],
    ['task.max-worker-threads', ['8', '2C'], ['C', '-1']],
    ['exchange.http-client.http-proxy', ['proxy:3128', '[::1]:80', '::1'], ['proxy:99999', 'proxy:http']],
  ])('%s accepts %j and refuses %j', (property, good, bad) => {
    for (const value of good) expect([value, ...server({ [property]: value })]).toEqual([value]);
    for (const value of bad) {
      expect([value, ...server({ [property]: value })]).toEqual([value, expect.stringContaining(`value ${property}`)]);
    }
  });

  it.each([
    ['optimizer.mark-distinct-strategy', ['ALWAYS', 'none'], ['MARK_DISTINCT', 'x']],
    ['spill-compression-enabled', ['true'], ['LZ4']],
  ])('%s, an old name, accepts %j and refuses %j: it keeps its own values', (property, good, bad) => {
    const errors = (value: string): string[] =>
      server({ [property]: value }).filter((line) => !line.includes('renamed'));
    for (const value of good) expect([value, ...errors(value)]).toEqual([value]);
    for (const value of bad) {
      expect([value, ...errors(value)]).toEqual([value, expect.stringContaining(`value ${property}`)]);
    }
  });

  it('says what is accepted, with the value, the limit and an example', () => {
    const entries = {
      'node.environment': 'x',
      'query.max-memory': '50G',
      'task.concurrency': '3',
      'retry-policy': 'x',
    };
    const findings = checkProperties(TrinoRelease.DEFAULT, { component: 'server', entries });
    expect(findings.map(({ got, allowed, fix }) => `got ${got}; allowed: ${allowed}; fix: ${fix}`)).toEqual([
      "got '50G'; allowed: a size: a number and one of B, kB, MB, GB, TB, PB; fix: write it like 64MB",
      "got '3'; allowed: a power of two from 1; fix: choose a value in this range",
      "got 'x'; allowed: 'TASK', 'QUERY' or 'NONE'; fix: choose one of these",
    ]);
  });

  it.each(['${ENV:LIMIT}', '${TfToken[TOKEN.1]}'])('does not judge the placeholder %s', (value) => {
    expect(server({ 'query.max-memory': value })).toEqual([]);
  });

  it('fails when a template of another kind stands where no text does', () => {
    expect(server({ 'query.max-memory': '${USER}' })).toHaveLength(1);
  });
});

describe('secrets', () => {
  const finding = (value: string | SecretRef): readonly Finding[] =>
    checkProperties(TrinoRelease.DEFAULT, {
      component: 'server',
      entries: { 'node.environment': 'test', 'internal-communication.shared-secret': value },
    });

  it('accepts references', () => {
    expect(finding(SecretRef.of('trino', 'shared'))).toEqual([]);
    expect(finding('${ENV:SHARED_SECRET}')).toEqual([]);
  });

  it('fails when a secret is plain text, and does not repeat it', () => {
    expect(finding('hunter2')).toMatchObject([{ kind: 'literal-secret', severity: 'error' }]);
    expect(JSON.stringify(finding('hunter2'))).not.toContain('hunter2');
  });

  it.each([
    ['connector:mysql', 'connexion-password', 'hunter2'],
    ['connector:mysql', 'connection-url', 'jdbc:mysql://db/shop?password=hunter2'],
    ['event-listener:mysql', 'mysql-event-listener.db.url', 'jdbc:mysql://db?user=x&password=hunter2'],
  ])('shows it in no other finding either: %s, %s', (component, name, value) => {
    const findings = checkProperties(TrinoRelease.DEFAULT, { component, entries: { [name]: value } });
    expect(findings.map(({ property }) => property)).toContain(name);
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  });
});

describe('the whole file', () => {
  it('fails when a name is set twice, and names the line', () => {
    const text = 'node.environment=test\nquery.max-memory=1GB\nquery.max-memory=2GB\n';
    expect(checkPropertiesText(TrinoRelease.DEFAULT, text, { component: 'server' })).toMatchObject([
      { kind: 'duplicate', severity: 'error', property: 'query.max-memory', line: 3 },
    ]);
  });

  it('fails when an old and the new name are both set', () => {
    const findings = hive({ 'fs.native-s3.enabled': 'true', 'fs.s3.enabled': 'true' }, '481');
    expect(findings).toContainEqual(expect.stringMatching(/^error duplicate fs\.s3\.enabled/));
  });

  it('fails when what every start needs is missing', () => {
    const entries = { 'connector.name': 'mysql' };
    expect(brief(checkProperties(TrinoRelease.DEFAULT, { component: 'connector:mysql', entries }))).toEqual([
      'error missing connection-url: set connection-url',
    ]);
  });

  it('needs only what its conditions ask for', () => {
    const entries = { 'connector.name': 'hive', 'hive.metastore': 'glue' };
    expect(checkProperties(TrinoRelease.DEFAULT, { component: 'connector:hive', entries })).toEqual([]);
  });

  it('warns when a server has no environment, which may be in node.properties', () => {
    expect(brief(checkProperties(TrinoRelease.DEFAULT, { component: 'server', entries: {} }))).toEqual([
      'warning missing node.environment: set node.environment',
    ]);
  });

  it('says that it cannot judge a component without data', () => {
    const entries = { 'connector.name': 'clickhouse' };
    expect(checkProperties(TrinoRelease.DEFAULT, { component: 'connector:clickhouse', entries })).toMatchObject([
      { severity: 'warning', kind: 'unjudged' },
    ]);
  });

  it('says when the data is of an older release', () => {
    const entries = { 'connector.name': 'mysql', 'connection-url': 'jdbc:mysql://db:3306' };
    const findings = checkProperties(TrinoRelease.of('483'), { component: 'connector:mysql', entries });
    expect(findings).toMatchObject([{ severity: 'warning', kind: 'unjudged' }]);
    expect(findings[0]?.allowed).toContain('what Trino 481 accepts');
  });

  it('names the file that it is told', () => {
    const file = 'catalog/lake.properties';
    const [finding] = checkPropertiesText(TrinoRelease.DEFAULT, 'connector.name=tpch\nx=1', {
      component: 'connector:tpch',
      file,
    });
    expect(finding).toMatchObject({ file, line: 2, property: 'x' });
  });
});
