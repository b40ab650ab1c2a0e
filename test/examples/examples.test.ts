import { build as complete } from '../../examples/complete/main';
import { build as customCatalog } from '../../examples/custom-catalog/main';
import { build as existingCluster } from '../../examples/existing-cluster/main';
import { build as existingNetwork } from '../../examples/existing-network/main';
import { build as glue } from '../../examples/glue/main';
import { build as icebergOnly } from '../../examples/iceberg-only/main';
import { build as twoPlatforms } from '../../examples/two-platforms-one-lake/main';
import { terraformProblems } from '../kubernetes/support/platform';
import { chartValues, portsToOthers } from '../platform/support';
import { resources, synth, synthApp, testApp, type TerraformJson } from '../support/synth';

const typesOf = (json: TerraformJson) => new Set(resources(json).map(({ type }) => type));

describe('existing-network', () => {
  const json = synth(existingNetwork(testApp()));

  test('makes a cluster, its nodes and a lake, and no network, database or brokers', () => {
    const types = typesOf(json);
    expect([...types]).toEqual(expect.arrayContaining(['aws_eks_cluster', 'aws_eks_node_group', 'aws_s3_bucket']));
    expect(types).not.toContain('aws_vpc');
    expect(types).not.toContain('aws_db_instance');
    expect(types).not.toContain('aws_msk_cluster');
  });

  test('what exists is connected and granted like what is made', () => {
    const targets = resources(json, 'aws_vpc_security_group_ingress_rule').map(({ args }) => args.security_group_id);
    expect(targets).toEqual(expect.arrayContaining(['sg-0a1b2c3d4e5f60713', 'sg-0a1b2c3d4e5f60714']));
    const policies = resources(json, 'aws_iam_role_policy').map(({ args }) => String(args.policy));
    expect(policies.join()).toContain('kafka-cluster:ReadData');
  });
});

describe('complete', () => {
  const app = testApp();
  complete(app);
  const stacks = synthApp(app);

  test('is an environment of five stacks with the three catalogs of its definition', () => {
    expect(Object.keys(stacks)).toHaveLength(5);
    const { catalogs } = chartValues(stacks['analytics-platform'] ?? { terraform: {} });
    expect(Object.keys(catalogs).toSorted()).toEqual(['hive', 'kafka', 'mysql', 'tpcds', 'tpch']);
    expect(catalogs.tpch).toBeNull();
  });
});

const PLATFORMS = { existingCluster, glue, customCatalog, icebergOnly, twoPlatforms };

test.each(Object.entries(PLATFORMS))('Terraform accepts what %s makes', async (_name, build) => {
  expect(await terraformProblems(synth(build(testApp())))).toEqual([]);
});

test('existing-cluster makes neither cluster nor operators', () => {
  const json = synth(existingCluster(testApp()));
  expect(typesOf(json)).not.toContain('aws_eks_cluster');
  const charts = resources(json, 'helm_release').map(({ args }) => args.chart);
  expect(charts.filter((chart) => !String(chart).startsWith('./'))).toEqual(['trino']);
  expect(chartValues(json).server).toMatchObject({ keda: { enabled: true } });
});

test('glue needs no metastore, and its archive is only read', () => {
  const { catalogs } = chartValues(synth(glue(testApp())));
  expect(catalogs.lake).toContain('iceberg.catalog.type=glue');
  expect(catalogs.archive).toContain('hive.security=READ_ONLY');
});

test('custom-catalog opens the port, and its password is a reference', () => {
  const json = synth(customCatalog(testApp()));
  expect(portsToOthers(json)).toContain(1433);
  expect(chartValues(json).catalogs.sales).toContain('${ENV:CATALOG_SALES_CONNECTION_PASSWORD}');
});

test('iceberg-only retries tasks, because its workers are on spot', () => {
  expect(chartValues(synth(icebergOnly(testApp()))).server.coordinatorExtraConfig).toContain('retry-policy=TASK');
});

test('two-platforms-one-lake: both read the lake, each in a namespace of its own', () => {
  const json = synth(twoPlatforms(testApp()));
  const [people, jobs] = ['people', 'jobs'].map((instance) => chartValues(json, instance));
  expect(people?.catalogs.lake).toBe(jobs?.catalogs.lake);
  const charts = resources(json, 'helm_release').filter(({ args }) => args.chart === 'trino');
  expect(charts.map(({ args }) => args.namespace).toSorted()).toEqual(['jobs', 'people']);
});
