import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LakeCatalog, type LakeFormat, Metastore, TpchCatalog } from '../../lib/catalogs';
import { ConfigError, Cpu, DataSize } from '../../lib/core';
import type { EnvironmentConfig } from '../../stacks/environment-config';
import { environmentNames, findEnvironment } from '../../stacks/environments';
import { synthesize } from '../../stacks/synthesize';
import { stacksOf } from '../support/environments';

const folder = mkdtempSync(join(tmpdir(), 'cdktf-trino-environments-'));
afterAll(() => rmSync(folder, { recursive: true }));

const dev = findEnvironment('dev');

/** The message of the one error that a definition is refused with. */
function refusal(config: EnvironmentConfig, name = 'dev'): string {
  try {
    synthesize(name, config, join(folder, 'refused'));
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('was not refused');
}

describe.each(environmentNames())('environment %s', (name) => {
  const outdir = join(folder, name);

  test.each(Object.entries(stacksOf(name, findEnvironment(name))))('stack %s is as reviewed', (_stack, json) => {
    expect(json).toMatchSnapshot();
  });

  test('the network comes first, then data and cluster side by side, then the platform; bootstrap stands alone', () => {
    synthesize(name, findEnvironment(name), outdir);
    const { stacks } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as {
      stacks: Record<string, { dependencies: string[] }>;
    };
    const edges = Object.entries(stacks).map(([stack, { dependencies }]) => [stack, dependencies]);
    expect(Object.fromEntries(edges)).toEqual({
      [`bootstrap-${name}`]: [],
      [`${name}-network`]: [],
      [`${name}-data`]: [`${name}-network`],
      [`${name}-cluster`]: [`${name}-network`],
      [`${name}-platform`]: [`${name}-cluster`, `${name}-data`],
    });
  });
});

test('fails when no environment has the name, and lists those that there are', () => {
  expect(() => findEnvironment('prod')).toThrow("got 'prod'; allowed: 'dev', 'production' or 'staging'");
  expect(() => findEnvironment('')).toThrow('got nothing');
  expect(() => findEnvironment('index')).toThrow("got 'index'");
});

describe('an impossible definition', () => {
  const impossible: EnvironmentConfig = {
    ...dev,
    region: 'Ireland',
    network: { cidr: '10.0.0.0/24', zones: 3 },
    mysql: { instanceClass: 'db.m4.large', storageGiB: 5 },
    kafka: { brokersPerZone: 0 },
    cluster: { admins: [], version: '1.20' },
    nodePools: {
      ...dev.nodePools,
      workers: { instanceTypes: ['r7gd.2xlrge'], minSize: 7, maxSize: 6 },
    },
    trino: { ...dev.trino, workers: { min: 3, max: 0 } },
  };

  test('fails with every violation at once, each with path, value, what is allowed and the fix', () => {
    const message = refusal(impossible);
    const paths = [
      'region',
      'network.cidr',
      'mysql.instanceClass',
      'mysql.storageGiB',
      'kafka.brokersPerZone',
      'cluster.version',
      'cluster.admins',
      'nodePools.workers.instanceTypes',
      'trino.workers.max',
    ];
    for (const path of paths) expect(message).toMatch(new RegExp(`- ${path}: got .+; allowed: .+; fix: .+`));
    expect(message).toMatch(/nodePools\.workers\.\w+: got .*7/);
  });

  test('fails with every section that is missing or of another kind, and with nothing else', () => {
    const nothing = { organization: undefined, state: undefined, cluster: undefined, trino: undefined };
    const nodePools = { ...dev.nodePools, system: undefined };
    const partial = { ...dev, ...nothing, region: 'Ireland', nodePools, catalogs: [] };
    const [, ...lines] = refusal(partial as unknown as EnvironmentConfig).split('\n');
    expect(lines).toEqual([
      expect.stringContaining('- organization: got nothing; allowed: text'),
      expect.stringContaining('- state: got nothing; allowed: an object'),
      expect.stringContaining('- cluster: got nothing'),
      expect.stringContaining('- nodePools.system: got nothing'),
      expect.stringContaining('- trino: got nothing'),
      expect.stringContaining('- catalogs: got a list; allowed: a function'),
    ]);
  });

  const doubled: EnvironmentConfig['catalogs'] = () => [new TpchCatalog('twice'), new TpchCatalog('twice')];
  const misspelt: EnvironmentConfig['catalogs'] = ({ lake, metastore }) => [
    new LakeCatalog('lake', { bucket: lake, metastore, format: 'iceburg' as LakeFormat }),
  ];

  test.each<[string, EnvironmentConfig['catalogs'], string]>([
    ['are wrong together', doubled, '- catalogs.twice'],
    ['refuse to be made', misspelt, "- catalogs.lake.format: got 'iceburg'"],
    ['have names that none may have', () => [new TpchCatalog('system')], "- catalogs.system: got 'system'"],
  ])('fails with its catalogs, too, when they %s', (_, catalogs, expected) => {
    const message = refusal({ ...impossible, catalogs });
    for (const path of ['region', 'mysql.instanceClass', 'trino.workers.max']) expect(message).toContain(`- ${path}: `);
    expect(message).toContain(expected);
  });

  test('tells no mistake of catalogs that are sound where the rest is', () => {
    expect(refusal(impossible)).not.toContain('- catalogs');
  });

  test('is told without its catalogs when these need what is not there', () => {
    const catalogs = (): never => {
      throw new TypeError('not ready');
    };
    expect(refusal({ ...impossible, catalogs })).toBe(refusal(impossible));
  });

  test('leaves nothing in the output folder', () => {
    refusal(impossible);
    expect(existsSync(join(folder, 'refused'))).toBe(false);
  });

  test('leaves the files of the last good definition as they were', () => {
    const outdir = join(folder, 'kept');
    synthesize('dev', dev, outdir);
    const before = readFileSync(join(outdir, 'stacks', 'dev-data', 'cdk.tf.json'), 'utf8');
    expect(() => synthesize('dev', impossible, outdir)).toThrow(ConfigError);
    expect(readFileSync(join(outdir, 'stacks', 'dev-data', 'cdk.tf.json'), 'utf8')).toBe(before);
  });
});

describe('Trino on the pools of its environment', () => {
  const { trino, nodePools } = dev;
  const workersOn = (change: Partial<typeof nodePools.workers>) => ({
    nodePools: { ...nodePools, workers: { ...nodePools.workers, ...change } },
  });

  test.each<[string, Partial<EnvironmentConfig>]>([
    ['workers.memory', { trino: { ...trino, workers: { min: 1, max: 2, memory: DataSize.gib(100) } } }],
    [
      'workers.memoryPolicy.heapFraction',
      { trino: { ...trino, workers: { min: 1, max: 2, memoryPolicy: { heapFraction: 0.9 } } } },
    ],
    ['memory.maxMemory', { trino: { ...trino, memory: { maxMemory: DataSize.tib(9) } } }],
    ['workers.max', { trino: { ...trino, workers: { min: 1, max: 7 } } }],
    ['workers.max', workersOn({ maxSize: 5 })],
    ['faultTolerance', { trino: { workers: trino.workers } }],
    ['spill', { trino: { ...trino, faultTolerance: { retryPolicy: 'NONE' }, spill: { volume: DataSize.tib(1) } } }],
  ])('fails when trino.%s does not fit', (path, change) => {
    expect(refusal({ ...dev, ...change })).toContain(`- trino.${path}`);
  });

  test.each(environmentNames())(
    'what is wrong with pools of %s is told of the pools, and not of Trino, too',
    (name) => {
      const config = findEnvironment(name);
      const { coordinator, workers } = config.nodePools;
      const wrong = {
        coordinator: { ...coordinator, instanceTypes: ['m7g.2xlrge'] },
        workers: { ...workers, instanceTypes: ['r7gd.2xlrge'], maxSize: 0 },
      };
      const message = refusal({ ...config, nodePools: { ...config.nodePools, ...wrong } }, name);
      const paths = [...message.matchAll(/^ {2}- ([\w.]+):/gm)].map(([, path]) => path);
      expect(new Set(paths.map((path) => path?.split('.', 2).join('.')))).toEqual(
        new Set(['nodePools.coordinator', 'nodePools.workers']),
      );
    },
  );

  describe('workers that wait for their zone', () => {
    const strict = { trino: { ...trino, workers: { ...trino.workers, strictZones: true } } };
    const wrong = '- trino.workers.strictZones';

    test('have a node in each zone from the beginning', () => {
      const config = { ...dev, ...strict, ...workersOn({ minSize: 2 }) };
      expect(() => synthesize('dev', config, join(folder, 'strict'))).not.toThrow();
    });

    test('fails when a zone may be without a node: the autoscaler would never add the first', () => {
      const message = refusal({ ...dev, ...strict, ...workersOn({ minSize: 1 }) });
      expect(message).toContain(`${wrong}: got true, on a pool whose minSize is 1; allowed: from 2 nodes`);
      expect(message).toContain('fix: raise nodePools.workers.minSize to 2, or leave strictZones out');
    });

    test('fails when all of their nodes are in one zone: one worker alone would run', () => {
      const message = refusal({ ...dev, ...strict, ...workersOn({ minSize: 2, zone: 0 }) });
      expect(message).toContain(`${wrong}: got true, with all nodes in zone 0; allowed: nodes in all 2 zones`);
      expect(message).toContain('one problem');
    });

    test('that only would like to spread may have as few nodes as they like, in one zone, too', () => {
      const config = { ...dev, ...workersOn({ zone: 0 }) };
      expect(() => synthesize('dev', config, join(folder, 'one-zone'))).not.toThrow();
    });
  });

  test('two smaller workers may share a node', () => {
    const workers = { min: 1, max: 12, memory: DataSize.gib(24), cpu: Cpu.cores(3) };
    expect(() => synthesize('dev', { ...dev, trino: { ...trino, workers } }, join(folder, 'small'))).not.toThrow();
  });

  test('is judged together with all other sections', () => {
    const message = refusal({ ...dev, region: 'Ireland', trino: { ...trino, workers: { min: 3, max: 2 } } });
    expect(message).toContain("- region: got 'Ireland'");
    expect(message).toContain('- trino.workers.min: got 3 to 2 workers');
  });
});

describe('catalogs are made of what the environment declares', () => {
  const { kafka, mysql, ...bare } = dev;

  test.each([
    ['kafka', { ...bare, ...(mysql && { mysql }) }, 'add a kafka section'],
    ['metastore', { ...bare, databases: [], ...(kafka && { kafka }) }, 'add a mysql section'],
  ])('fails when they ask for %s and it is not declared', (source, config, fix) => {
    const message = refusal(config);
    expect(message).toContain(`catalogs: got '${source}', which 'dev' does not declare`);
    expect(message).toContain(fix);
  });

  test('without database and brokers, what needs neither is enough', () => {
    const catalogs: EnvironmentConfig['catalogs'] = ({ lake }) => [
      new LakeCatalog('lake', { bucket: lake, metastore: Metastore.glue() }),
    ];
    expect(() => synthesize('dev', { ...bare, databases: [], catalogs }, join(folder, 'glue'))).not.toThrow();
  });

  test('fails when what stands on a server is described and there is none, or a name would be another statement', () => {
    expect(refusal({ ...bare, databases: ['shop'] })).toContain('- databases: got');
    expect(refusal({ ...bare, databases: [], metastore: { replicas: 1 } })).toContain('- metastore: got');
    expect(refusal({ ...bare, databases: [], backups: { locked: true } })).toContain('- backups: got');
    expect(refusal({ ...dev, databases: ['shop`; DROP'] })).toContain('databases');
  });
});

test('an environment says how its database is backed up and its metastore runs', () => {
  const outdir = join(folder, 'chosen');
  const metastore = { image: 'registry.acme.example/metastore:4', replicas: 3 };
  synthesize('dev', { ...dev, backups: { restoreTesting: true }, metastore }, outdir);
  const stack = (id: string) => readFileSync(join(outdir, 'stacks', id, 'cdk.tf.json'), 'utf8');
  expect(stack('dev-data')).toContain('aws_backup_restore_testing_plan');
  expect(stack('dev-platform')).toContain(metastore.image);
});

test('a stack that is no longer defined is removed from the output folder', () => {
  const outdir = join(folder, 'renamed');
  synthesize('dev', dev, outdir);
  synthesize('test', { ...dev, dataLossAccepted: 'test' }, outdir);
  expect(readdirSync(join(outdir, 'stacks')).toSorted()).toEqual([
    'bootstrap-test',
    'test-cluster',
    'test-data',
    'test-network',
    'test-platform',
  ]);
});

describe('destroying data takes two deliberate edits', () => {
  const production = findEnvironment('production');

  test('fails when protection is switched off by one edit, or signed for another environment', () => {
    expect(refusal({ ...production, retainData: false }, 'production')).toContain('dataLossAccepted: got nothing');
    expect(refusal({ ...production, retainData: false, dataLossAccepted: 'dev' }, 'production')).toContain(
      "got 'dev'; allowed: 'production'",
    );
  });

  test('with both edits the stacks let go', () => {
    const outdir = join(folder, 'let-go');
    synthesize('production', { ...production, retainData: false, dataLossAccepted: 'production' }, outdir);
    const [data, network] = ['data', 'network'].map((layer) =>
      readFileSync(join(outdir, 'stacks', `production-${layer}`, 'cdk.tf.json'), 'utf8'),
    );
    expect(`${data}${network}`).not.toContain('"prevent_destroy": true');
    expect(data).toContain('"deletion_protection": false');
  });
});

describe('what an environment says of itself', () => {
  test.each([
    ['organization', { organization: 'Acme Corp' }],
    ['organization', { organization: 'a'.repeat(21) }],
    ['region', { region: 'eu_west_1' }],
    ['accountId', { accountId: '1234' }],
    ['state.bucket', { state: { bucket: 'Acme_State' } }],
    ['jobRun', { jobRun: 0 }],
    ['backups.keepDailyDays', { backups: { keepDailyDays: 0 } }],
    ['metastore.replicas', { metastore: { replicas: 0 } }],
    ['monitoring.url', { monitoring: { url: 'prometheus:9090', namespace: 'monitoring' } }],
    [
      'monitoring.monitorLabels.a',
      { monitoring: { url: 'http://prometheus:9090', namespace: 'monitoring', monitorLabels: { a: '?' } } },
    ],
    ['monitoring.namespace', { monitoring: { url: 'http://prometheus:9090', namespace: '' } }],
  ])('fails when %s cannot be', (path, change) => {
    expect(refusal({ ...dev, ...change })).toMatch(new RegExp(`- ${path}(\\.name)?: got`));
  });

  test.each(['Dev_1', 'd'.repeat(17)])('fails when it is called %s, which cannot be in a physical name', (name) => {
    expect(refusal({ ...dev, dataLossAccepted: name }, name)).toContain(`- name: got '${name}'`);
  });

  test('its name and the organization may be as long as they are told to be, both at once', () => {
    const name = 'd'.repeat(16);
    const longest = { ...dev, organization: 'a'.repeat(20), dataLossAccepted: name };
    expect(() => synthesize(name, longest, join(folder, 'longest'))).not.toThrow();
  });

  test.each(['cn-north-1', 'us-gov-west-1', 'us-isob-east-1'])('fails when its region is %s', (region) => {
    const message = refusal({ ...dev, region });
    expect(message).toContain(`- region: got '${region}'; allowed: a commercial region`);
    expect(message).toContain('one problem');
  });

  test.each(['us-east-1', 'ap-southeast-2', 'ca-central-1'])('its region may be %s', (region) => {
    expect(() => synthesize('dev', { ...dev, region }, join(folder, region))).not.toThrow();
  });
});
