import { type TerraformStack, TerraformVariable } from 'cdktf';
import { ExchangeBucket, LakeBucket, MySqlDatabase } from '../../lib/aws';
import {
  CustomCatalog,
  ExistingServer,
  LakeCatalog,
  Metastore,
  MySqlCatalog,
  PostgreSqlCatalog,
  TpcdsCatalog,
  TpchCatalog,
} from '../../lib/catalogs';
import { Duration, SecretRef } from '../../lib/core';
import { addClusterProviders, ExternalSecrets } from '../../lib/kubernetes';
import { TrinoPlatform, type TrinoPlatformProps } from '../../lib/platform';
import { Authenticator, ClientTls, trinoChartKeys } from '../../lib/trino';
import { policyOf } from '../aws/support';
import { clusterStack, objectsOf, release, terraformProblems } from '../kubernetes/support/platform';
import { schemaProblems } from '../kubernetes/support/schemas';
import { importedCluster } from '../support/cluster';
import { resources, synth, synthApp, type TerraformJson, testApp, testStack, warnings } from '../support/synth';
import { chartValues, minimal, platformObjectsOf, platformOf, platformStack, pool, portsToOthers } from './support';

const PASSWORD = SecretRef.of('shop/trino', 'password');
const shop = (stack: Parameters<typeof MySqlDatabase.fromAttributes>[0], id = 'Shop') => {
  const credentials = { username: 'trino_ro', password: PASSWORD };
  const attributes = { host: 'shop.example', securityGroupId: 'sg-shop', credentials };
  return new MySqlCatalog('shop', { database: MySqlDatabase.fromAttributes(stack, id, attributes), credentials });
};

test('a port that only Terraform knows is let through as it is', () => {
  const json = platformOf(undefined, (platform, stack) => {
    const port = new TerraformVariable(stack, 'Port', { type: 'number' }).numberValue;
    const server = new ExistingServer(stack, 'Pg', { host: 'pg.example', port, securityGroupId: 'sg-pg' });
    const credentials = { username: 'trino_ro', password: PASSWORD };
    platform.addCatalog(new PostgreSqlCatalog('crm', { server, database: 'crm', credentials }));
  });
  expect(portsToOthers(json)).toContain('${var.Port}');
  expect(JSON.stringify(release(json, 'trino-objects'))).toMatch(/0\.0\.0\.0\/0[^$]*port[^$]*\$\{var\.Port\}/);
});

test('fails when the region is a zone', () => {
  expect(() => platformOf(() => ({ region: 'eu-west-1a' }))).toThrow(/Trino: one problem\n.* region: got 'eu-west-1a'/);
});

const INSTANCES = ['bi', 'etl'];

/** In one cluster and one stack. */
function twoPlatforms(changes: (stack: TerraformStack) => Partial<TrinoPlatformProps>): TerraformJson {
  const stack = clusterStack((it, cluster) => {
    const namespace = { name: 'tools', ready: [] };
    const secretStore = new ExternalSecrets(it, 'Store', { cluster, name: 'acme-dev', namespace });
    const same = changes(it);
    for (const instance of INSTANCES) {
      new TrinoPlatform(it, instance, minimal(it, cluster, { instance, secretStore, ...same }));
    }
  });
  return synth(stack);
}

describe('a cluster, nodes and a secret store are enough', () => {
  const json = platformOf();

  test('the official chart of one version, waited for as long as all workers may drain', () => {
    expect(release(json, 'trino')).toMatchObject({
      chart: 'trino',
      version: trinoChartKeys().version,
      namespace: 'trino',
    });
    expect(release(json, 'trino')['timeout']).toBeGreaterThan(4 * 3600);
  });

  test('Terraform accepts the stack, and Kubernetes each object', async () => {
    expect(await terraformProblems(json)).toEqual([]);
    const objects = [...platformObjectsOf(json), ...objectsOf(json, 'trino-secrets')];
    expect(schemaProblems(objects)).toEqual([]);
  });

  test('the chart waits for what its pods cannot start without', () => {
    const needed = (release(json, 'trino')['depends_on'] as string[]).map((address) => address.split('.')[0]);
    expect(needed.toSorted()).toEqual([
      'aws_eks_pod_identity_association',
      'aws_secretsmanager_secret_version',
      'helm_release',
      'helm_release',
      'kubernetes_namespace_v1',
      'kubernetes_priority_class_v1',
      'kubernetes_priority_class_v1',
    ]);
  });

  test('every variable of the pods is a key of the Secret that is delivered', () => {
    const [secret] = objectsOf(json, 'trino-secrets') as unknown as [
      { metadata: { name: string }; spec: { target: { template: { data: object } } } },
    ];
    const asked = chartValues(json).env.map(({ valueFrom }) => valueFrom.secretKeyRef);
    expect(asked.length).toBeGreaterThan(0);
    expect(new Set(asked.map(({ name }) => name))).toEqual(new Set([secret.metadata.name]));
    expect(asked.map(({ key }) => key)).toEqual(Object.keys(secret.spec.target.template.data));
  });

  test('a rotated secret restarts what reads it only when it starts', () => {
    const annotations = { 'secret.reloader.stakater.com/reload': 'trino-env' };
    expect(chartValues(json).coordinator).toMatchObject({
      deployment: { annotations, strategy: { type: 'Recreate' } },
    });
    expect(chartValues(json).worker).toMatchObject({ deployment: { annotations } });
  });

  test('no catalog comes along that nobody asked for', () => {
    expect(chartValues(json).catalogs).toEqual({ tpch: null, tpcds: null });
  });
});

describe('catalogs', () => {
  test('may be added late: port, secret and file follow', () => {
    const json = platformOf(undefined, (platform, stack) => platform.addCatalog(shop(stack)));
    expect(chartValues(json).catalogs.shop).toContain('connection-password=$${ENV:CATALOG_SHOP_CONNECTION_PASSWORD}');
    expect(JSON.stringify(objectsOf(json, 'trino-secrets'))).toContain('CATALOG_SHOP_CONNECTION_PASSWORD');
    expect(portsToOthers(json)).toEqual([3306]);
    const policies = platformObjectsOf(json).filter(({ kind }) => kind === 'NetworkPolicy');
    expect(policies.filter((policy) => JSON.stringify(policy).includes('3306'))).toHaveLength(2);
  });

  test('may be made of what another stack has, which is then deployed before', () => {
    const app = testApp();
    const data = testStack(undefined, { app, id: 'data' });
    const bucket = new LakeBucket(data, 'Lake', { name: 'acme-dev-lake' });
    testStack(
      (stack) => {
        const cluster = importedCluster(stack);
        addClusterProviders(stack, cluster);
        const platform = new TrinoPlatform(stack, 'Trino', minimal(stack, cluster));
        platform.addCatalog(new LakeCatalog('lake', { bucket, metastore: Metastore.glue() }));
      },
      { app, id: 'platform' },
    );
    const stacks = synthApp(app);
    expect(chartValues(stacks.platform ?? { terraform: {} }).catalogs.lake).toContain('connector.name=iceberg');
    expect(app.manifest.stacks['platform']?.dependencies).toEqual(['data']);
    expect(app.manifest.stacks['data']?.dependencies).toEqual([]);
  });

  test('the plan knows the catalogs that were added so far', () => {
    platformStack(undefined, (platform) => {
      const before = platform.plan;
      expect(platform.plan).toBe(before);
      platform.addCatalog(new TpchCatalog());
      expect(platform.plan.chart.files.coordinator['catalog/tpch.properties']).toBe('connector.name=tpch\n');
    });
  });

  test('may be added late, although a session default is of them', () => {
    const sessionDefaults = [{ sessionProperties: { 'shop.join_pushdown_enabled': 'false' } }];
    const json = platformOf(
      () => ({ sessionDefaults }),
      (platform, stack) => platform.addCatalog(shop(stack)),
    );
    expect(JSON.stringify(chartValues(json))).toContain('shop.join_pushdown_enabled');
  });

  test('may be added late, and what else their session default sets counts from the start', () => {
    const timeoutOf = (query_max_execution_time: string) => {
      const sessionProperties = { 'shop.join_pushdown_enabled': 'false', query_max_execution_time };
      const json = platformOf(
        () => ({ sessionDefaults: [{ sessionProperties }] }),
        (platform, stack) => platform.addCatalog(shop(stack)),
      );
      return Number(release(json, 'trino')['timeout']);
    };
    expect(timeoutOf('20h')).toBeGreaterThan(timeoutOf('1h'));
  });

  test('fails when a session default is of a catalog that nobody adds', () => {
    const sessionDefaults = [{ sessionProperties: { 'shop.join_pushdown_enabled': 'false' } }];
    const stack = platformStack(() => ({ sessionDefaults }));
    expect(() => synth(stack)).toThrow(/sessionDefaults\[0\].*add its catalog/);
  });

  test('fails when a name is taken', () => {
    expect(() => platformOf(() => ({ catalogs: [new TpchCatalog(), new TpcdsCatalog('tpch')] }))).toThrow(
      /test\/Trino: one problem\n {2}- catalogs\.tpch: got two catalogs 'tpch'/,
    );
  });

  test('fails with what is wrong with each of them and with the platform, at once', () => {
    const bucket = LakeBucket.fromBucketName(testStack(), 'Lake', 'acme-lake');
    const catalogs = [
      new TpchCatalog(),
      new TpcdsCatalog('tpch'),
      new CustomCatalog('lake', { connector: 'hive', properties: { 'hive.s3.region': 'eu-west-1' } }),
      new CustomCatalog('shop', { connector: 'mysql', properties: { 'connection-password': 'hunter2' } }),
      new LakeCatalog('ice', { bucket, metastore: Metastore.glue(), extraProperties: { 'fs.s3.enabled': 'true' } }),
    ];
    const limits = { requiredWorkers: 99 };
    const refused = () => platformOf(() => ({ catalogs, limits, extraValues: { foo: 1 } }));
    expect(refused).toThrow(/^test\/Trino: \d+ problems\n/);
    const paths = ['catalogs.tpch', 'catalogs.lake.hive.s3.region', 'catalogs.shop.properties.connection-password'];
    for (const path of [...paths, 'catalogs.ice.fs.s3.enabled', 'limits.requiredWorkers', 'extraValues.foo']) {
      expect(refused).toThrow(`- ${path}: got`);
    }
    expect(refused).not.toThrow(/hunter2/);
  });

  test('fails when Trino would not start with its file, where it is added', () => {
    const wrong = new CustomCatalog('lake', { connector: 'hive', properties: { 'hive.s3.region': 'eu-west-1' } });
    expect(() => platformStack(undefined, (platform) => platform.addCatalog(wrong))).toThrow(/hive\.s3\.region/);
  });
});

describe('fault tolerance', () => {
  const exchange = (stack: Parameters<typeof MySqlDatabase.fromAttributes>[0]) =>
    new ExchangeBucket(stack, 'Exchange', { name: 'acme-dev-exchange' });

  test('an exchange bucket is granted, and tasks are retried through it', () => {
    const json = platformOf((stack) => ({ exchange: exchange(stack) }));
    expect(chartValues(json).server.coordinatorExtraConfig).toContain('retry-policy=TASK');
    expect(JSON.stringify(chartValues(json).server)).toMatch(/"baseDir":\["s3:\/\//);
    expect(
      resources(json, 'aws_iam_role_policy')
        .map(({ args }) => String(args.policy))
        .join(),
    ).toContain('s3:PutObject');
  });

  test('unless somebody says otherwise', () => {
    const faultTolerance = { retryPolicy: 'NONE' } as const;
    const json = platformOf((stack) => ({ exchange: exchange(stack), faultTolerance }));
    expect(JSON.stringify(chartValues(json))).not.toContain('retry-policy');
  });

  test('fails when a query may run longer than its exchange data is kept', () => {
    const limits = { maxExecutionTime: Duration.hours(30), maxRunTime: Duration.hours(31) };
    expect(() => platformOf((stack) => ({ exchange: exchange(stack), limits }))).toThrow(/expireAfter: got 1d/);
  });

  test('fails when workers are on spot and nothing is retried', () => {
    const workers = { ...pool('workers'), min: 1, max: 4, capacity: 'spot' } as const;
    expect(() => platformOf(() => ({ workers }))).toThrow(/faultTolerance: got nothing, on spot workers/);
  });
});

test('two platforms of one cluster share its nodes: each rule of a security group is there once', () => {
  const json = twoPlatforms((stack) => ({ catalogs: [shop(stack)] }));
  expect(portsToOthers(json)).toEqual([3306]);
  for (const instance of INSTANCES) {
    expect(JSON.stringify(platformObjectsOf(json, instance))).toContain('3306');
  }
});

describe('who says who somebody is', () => {
  const ingress = { host: 'trino.acme.internal', certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/1' };
  const platformAsking = (authenticator: Authenticator) =>
    platformOf(() => ({ ingress, authentication: { authenticators: [authenticator] } }));
  const egressPorts = (json: TerraformJson) =>
    JSON.stringify(platformObjectsOf(json).filter(({ kind }) => kind === 'NetworkPolicy'));

  test('is reached by the nodes and through the network policies, whatever its port', () => {
    const url = 'ldaps://ldap.acme:10636';
    const json = platformAsking(Authenticator.ldap({ url, userBindPatterns: ['uid=${USER},dc=acme'] }));
    expect(portsToOthers(json)).toEqual([10636]);
    expect(egressPorts(json)).toContain('10636');
  });

  test('is reached by a rule that two platforms of a cluster share: AWS refuses a second equal one', () => {
    const url = 'ldaps://ldap.acme:10636';
    const authenticators = [Authenticator.ldap({ url, userBindPatterns: ['uid=${USER},dc=acme'] })];
    const json = twoPlatforms(() => ({ ingress, authentication: { authenticators } }));
    expect(portsToOthers(json)).toEqual([10636]);
  });

  test('needs no rule of its own by HTTPS, by which nodes reach everything', () => {
    const clientSecret = SecretRef.of('acme/sso');
    const json = platformAsking(Authenticator.oauth2({ issuer: 'https://sso.acme', clientId: 'trino', clientSecret }));
    expect(portsToOthers(json)).toEqual([]);
  });
});

describe('the audit database', () => {
  const database = { host: 'audit.example', database: 'audit', username: 'trino', password: SecretRef.of('audit') };
  const egress = (json: TerraformJson) =>
    resources(json, 'aws_vpc_security_group_egress_rule').map(({ args }) => [
      args.from_port,
      args.cidr_ipv4 ?? args.referenced_security_group_id,
    ]);
  const policies = (json: TerraformJson) =>
    JSON.stringify(platformObjectsOf(json).filter(({ kind }) => kind === 'NetworkPolicy'));

  test('is reached by the nodes and through the network policies, wherever it is', () => {
    const json = platformOf(() => ({ audit: { database } }));
    expect(egress(json)).toEqual([[3306, '0.0.0.0/0']]);
    expect(policies(json)).toContain('3306');
  });

  test('is reached where a secret says all of it, by the port beside the secret', () => {
    const json = platformOf(() => ({ audit: { database: SecretRef.of('audit-url'), port: 13306 } }));
    expect(egress(json)).toEqual([[13306, '0.0.0.0/0']]);
    expect(policies(json)).toContain('13306');
  });

  test('is all that is reached by its port where its security group is known', () => {
    const json = platformOf((stack) => ({
      audit: { database },
      auditDatabase: MySqlDatabase.fromAttributes(stack, 'Audit', {
        host: database.host,
        securityGroupId: 'sg-audit',
        credentials: { username: 'root', password: PASSWORD },
      }),
    }));
    expect(egress(json)).toEqual([[3306, 'sg-audit']]);
    expect(policies(json)).toContain('3306');
  });
});

test('a platform where nobody logs in says so', () => {
  const spoken = (changes: Partial<TrinoPlatformProps>) => {
    const stack = platformStack(() => changes);
    synth(stack);
    return warnings(stack).filter((text) => text.startsWith('authentication: nobody has to prove'));
  };
  const authentication = { authenticators: [Authenticator.passwordFile({ users: SecretRef.of('users') })] };
  expect(spoken({})).toHaveLength(1);
  expect(spoken({ authentication, clientTls: ClientTls.coordinator(SecretRef.of('pem')) })).toEqual([]);
});

describe('clients inside of the cluster', () => {
  const addressed = (changes: Partial<TrinoPlatformProps>) => {
    let url = '';
    const json = platformOf(
      () => changes,
      ({ serviceUrl }) => (url = serviceUrl),
    );
    const policy = platformObjectsOf(json).find(
      ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata?.name === 'trino-coordinator',
    );
    return { url, policy: JSON.stringify(policy), values: chartValues(json) };
  };

  test('find plain HTTP where nobody ends TLS', () => {
    const { url, policy } = addressed({});
    expect(url).toBe('http://trino.trino.svc:8080');
    expect(policy).not.toContain('8443');
  });

  test('find the port of TLS where the coordinator ends it, and are let in there', () => {
    const { url, policy, values } = addressed({ clientTls: ClientTls.coordinator(SecretRef.of('pem')) });
    expect(url).toBe('https://trino.trino.svc:8443');
    expect(policy).toContain('"from":[{"ipBlock":{"cidr":"10.0.0.0/16"}}],"ports":[{"port":8443,"protocol":"TCP"}]');
    expect(values.server).toMatchObject({ config: { https: { enabled: true, port: 8443 } } });
  });
});

test('what works but may surprise is said once, of late catalogs, too', () => {
  const stack = platformStack(
    (it) => ({ exchange: new ExchangeBucket(it, 'Exchange', { name: 'acme-dev-exchange' }) }),
    (platform) => {
      const properties = { 'kafka.nodes': 'b-1:9092', 'kafka.table-names': 'default.orders' };
      platform.addCatalog(new CustomCatalog('events', { connector: 'kafka', properties }));
    },
  );
  synth(stack);
  expect(warnings(stack).filter((text) => text.startsWith('catalogs.events'))).toHaveLength(1);
});

test('the pods read what is granted and no secret: those come to them', () => {
  const json = platformOf((stack) => {
    const bucket = new LakeBucket(stack, 'Lake', { name: 'acme-dev-lake' });
    return {
      catalogs: [new LakeCatalog('lake', { bucket, metastore: Metastore.glue(), access: 'read' }), shop(stack)],
    };
  });
  const policies = resources(json, 'aws_iam_role_policy').filter(({ id }) => id.startsWith('Trino_'));
  const actions = policies.flatMap(({ args }) => policyOf(args.policy).Statement.flatMap(({ Action }) => Action));
  expect(actions).toContain('s3:GetObject');
  expect(actions.filter((action) => /Put|Delete|secretsmanager/.test(String(action)))).toEqual([]);
});
