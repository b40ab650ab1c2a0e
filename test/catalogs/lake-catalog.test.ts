import { LakeBucket } from '../../lib/aws';
import { LakeCatalog, type LakeCatalogProps, Metastore } from '../../lib/catalogs';
import { TrinoRelease } from '../../lib/trino/release';
import { rendered } from '../aws/support';
import { synthApp, testApp, testStack, warnings } from '../support/synth';
import { openPorts, RecordingHost } from './host';
import { bucketOf, metastoreOf } from './sources';

const bound = (props: Partial<LakeCatalogProps> = {}, release = TrinoRelease.DEFAULT, version?: string) => {
  const stack = testStack();
  const host = new RecordingHost(stack, release);
  const metastore = Metastore.hive(metastoreOf(stack, version));
  const { properties } = new LakeCatalog('lake', { bucket: bucketOf(stack), metastore, ...props }).bind(host);
  return { stack, host, properties };
};
const SECURITY = { iceberg: 'iceberg.security', hive: 'hive.security', delta: 'delta.security' } as const;
const FORMATS = Object.keys(SECURITY) as (keyof typeof SECURITY)[];

describe('what a lake allows', () => {
  test.each(FORMATS)('a %s lake is written by default', (format) => {
    const { host, properties } = bound({ format });
    expect(host.actions).toEqual(expect.arrayContaining(['s3:GetObject', 's3:PutObject', 's3:DeleteObject']));
    expect(properties).not.toHaveProperty([SECURITY[format]]);
  });

  test.each(FORMATS)('a %s lake that is read is refused by Trino and closed by IAM', (format) => {
    const { host, properties } = bound({ format, access: 'read' });
    expect(host.actions).toEqual(['s3:GetObject', 's3:ListBucket', 'kms:Decrypt', 'kms:DescribeKey']);
    expect(properties).toHaveProperty([SECURITY[format]], 'READ_ONLY');
  });

  test('external tables of Hive are written where the lake is', () => {
    const written = 'hive.non-managed-table-writes-enabled';
    expect(bound({ format: 'hive' }).properties).toHaveProperty([written], 'true');
    expect(bound({ format: 'hive', access: 'read' }).properties).toHaveProperty([written], 'false');
  });

  test('a prefix narrows objects and listings', () => {
    const { statements } = bound({ prefix: 'warehouse' }).host;
    expect(statements[0]?.resources).toEqual([expect.stringMatching(/acme-lake\/warehouse\/\*$/)]);
    expect(statements[1]?.conditions).toEqual({ StringLike: { 's3:prefix': ['warehouse', 'warehouse/*'] } });
  });

  test('a bucket of another region is asked there', () => {
    expect(bound().properties).toHaveProperty(['s3.region'], 'eu-west-1');
    expect(bound({ bucketRegion: 'us-east-1' }).properties).toHaveProperty(['s3.region'], 'us-east-1');
  });
});

test.each<[string, object]>([
  ['access', { access: 'read-only' }],
  ['format', { format: 'Iceberg' }],
  ['bucketRegion', { bucketRegion: 'us-east' }],
])('fails when nobody knows the %s', (prop, props) => {
  expect(() => bound(props)).toThrow(new RegExp(`^catalog .*\\n.*${prop}: got '${Object.values(props).join()}'`));
});

describe('the Glue Data Catalog', () => {
  const metastore = Metastore.glue();
  const calls = (props: Partial<LakeCatalogProps>) =>
    bound({ metastore, ...props }).host.actions.filter((action) => action.startsWith('glue:'));

  test('is asked by Iceberg for databases and tables only', () => {
    expect(calls({ access: 'read' })).toEqual([
      'glue:GetDatabase',
      'glue:GetDatabases',
      'glue:GetTable',
      'glue:GetTables',
    ]);
    expect(calls({}).slice(4)).toEqual([
      'glue:CreateDatabase',
      'glue:DeleteDatabase',
      'glue:CreateTable',
      'glue:UpdateTable',
      'glue:DeleteTable',
    ]);
  });

  test.each(['hive', 'delta'] as const)('is asked by %s for partitions, statistics and functions, too', (format) => {
    expect(calls({ format })).toEqual(
      expect.arrayContaining([
        'glue:BatchGetPartition',
        'glue:BatchCreatePartition',
        'glue:UpdateColumnStatisticsForPartition',
        'glue:GetUserDefinedFunctions',
      ]),
    );
  });

  test.each(FORMATS)('changes nothing for a %s lake that is read', (format) => {
    expect(calls({ format, access: 'read' }).filter((call) => !/^glue:(Batch)?Get/.test(call))).toEqual([]);
  });

  test('is that of the account and region of the host', () => {
    const { host, stack } = bound({ metastore });
    const arns = host.statements.flatMap(({ resources }) => resources).filter((arn) => arn.includes(':glue:'));
    const inTerraform = String(rendered(stack, arns.join(' '))).replace(/\$\{data\.(\w+?)\.[^}]*\}/g, '<$1>');
    expect(inTerraform.split(' ')).toEqual(
      ['catalog', 'database/*', 'table/*/*', 'userDefinedFunction/*/*'].map(
        (object) => `arn:<aws_partition>:glue:eu-west-1:<aws_caller_identity>:${object}`,
      ),
    );
  });

  test('is granted once to a host of several lakes', () => {
    const stack = testStack();
    const host = new RecordingHost(stack);
    const bucket = bucketOf(stack);
    for (const name of ['bronze', 'silver', 'gold']) new LakeCatalog(name, { bucket, metastore }).bind(host);
    expect(host.actions.filter((action) => action === 'glue:GetTable')).toHaveLength(1);
  });

  test('puts tables without a place below the prefix, and opens no port', () => {
    const { properties, stack } = bound({ metastore, prefix: 'warehouse' });
    expect(properties).toHaveProperty(['hive.metastore.glue.default-warehouse-dir'], 's3://acme-lake/warehouse');
    expect(openPorts(stack)).toEqual([]);
  });
});

describe('a Hive Metastore', () => {
  test('is warned of when it refuses what the release creates', () => {
    const old = bound({}, TrinoRelease.of('480'), '3.1.3');
    expect(warnings(old.stack)).toEqual([
      expect.stringMatching(/^catalog lake: metastore\.version: .*3\.1\.3 refuses/),
    ]);
    expect(warnings(bound({}, TrinoRelease.of('481'), '3.1.3').stack)).toEqual([]);
    expect(warnings(bound().stack)).toEqual([]);
  });
});

test('a bucket of our own is granted with its key, from its own stack', () => {
  const app = testApp();
  const data = testStack(undefined, { app, id: 'data' });
  const bucket = new LakeBucket(data, 'Lake', { name: 'acme-dev-lake' });
  const host = new RecordingHost(testStack(undefined, { app, id: 'platform' }));
  const { properties } = new LakeCatalog('lake', { bucket, metastore: Metastore.glue() }).bind(host);
  expect(host.actions).toEqual(expect.arrayContaining(['s3:PutObject', 'kms:GenerateDataKey', 'glue:CreateTable']));
  expect(properties).toMatchObject({ 's3.region': 'eu-west-1' });
  const { data: dataJson, platform } = synthApp(app);
  expect(JSON.stringify(dataJson)).not.toContain('glue');
  expect(Object.keys(platform?.data ?? {})).toContain('aws_caller_identity');
});
