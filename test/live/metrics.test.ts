import { NOISE } from '../../lib/platform/monitors';
import {
  DEFAULT_RESOURCE_GROUPS,
  exporterSeries,
  type Metric,
  metricsOf,
  nativeName,
  placedGroups,
  planTrino,
  resourceGroupMetrics,
  s3Metrics,
  TrinoRelease,
} from '../../lib/trino';
import { without } from '../../local/platform/overlay';
import { LOCAL_RELEASE, startPlatform } from '../../local/platform/platform';
import { attachJmxExporter } from '../../local/servers/jmx-exporter';
import { definitionOf } from '../../stacks/known-environments';
import { say, workbench } from './servers/workbench';
import {
  describePlatform,
  PLATFORM_TIMEOUT,
  sharedPlatform,
  type SharedPlatform,
  sharedServers,
} from './support/shared';
import { BESIDE_OTHERS, smallDefinition } from './support/small-definition';

const METRICS_USER = planTrino(smallDefinition()).users.metrics;
const S3_CATALOGS = ['lake', 'hive'];

const bench = workbench();
afterAll(() => bench.clear());
jest.setTimeout(PLATFORM_TIMEOUT);

describePlatform(`the metrics of ${LOCAL_RELEASE}`, () => {
  const release = TrinoRelease.of(LOCAL_RELEASE);
  const groups = placedGroups(DEFAULT_RESOURCE_GROUPS.rootGroups).flatMap(({ id }) =>
    Object.values(resourceGroupMetrics(id)),
  );
  const metrics = [...commonMetrics(release), ...groups];
  let platform: SharedPlatform;
  beforeAll(async () => {
    platform = await sharedPlatform();
    // A group is there as soon as it has had a query.
    for (const tags of [['etl'], ['bi'], []]) await platform.client('alice', { tags }).query('SELECT 1');
    await platform.client('alice').query('SET SESSION query_priority = 1');
  });

  it.each(['coordinator', 'worker'] as const)('are on the /metrics of a %s, and no others', async (role) => {
    expect(await wrongOn(platform[role].url, role, metrics)).toEqual([]);
  });

  it.each(['coordinator', 'worker'] as const)('are told by the JMX exporter in a %s', async (role) => {
    const { process } = platform[role];
    const wanted = [...metrics, ...heapMetrics()].filter(({ roles }) => roles.includes(role));
    const objects = [...new Set(wanted.map(({ object }) => object))];
    const url = await attachJmxExporter({ pid: process.pid, folder: bench.folder(role), objects, say });
    const told = seriesIn(await scrape(url));
    expect(wanted.map((metric) => exporterSeries(metric)).filter((it) => !told.has(keyOf(it)))).toEqual([]);
  });

  it('are not among what monitors leave out, which is nearly half of what a coordinator has', async () => {
    const noise = new RegExp(`^(${NOISE})$`);
    const families = [...typesIn(await scrape(`${platform.coordinator.url}/metrics`)).keys()];
    const left = families.filter((name) => !noise.test(name));
    expect(left.length / families.length).toBeCloseTo(0.55, 1);
    expect(metrics.map((metric) => nativeName(metric)).filter((name) => noise.test(name))).toEqual([]);
  });

  it('of the heap are not there before records are exported', async () => {
    const text = await scrape(`${platform.coordinator.url}/metrics`);
    expect(heapMetrics().filter((metric) => typesIn(text).has(nativeName(metric)))).toEqual([]);
  });
});

describePlatform('production on 483', () => {
  it('boots, and its metrics are on the /metrics of coordinator and worker', async () => {
    const release = TrinoRelease.of('483');
    const platform = await startPlatform({
      definition: without(definitionOf('production', release), BESIDE_OTHERS),
      folder: bench.folder('483'),
      servers: await sharedServers(),
      release,
      say,
    });
    try {
      const { rows } = await platform.client('platform').query('SHOW CATALOGS');
      expect(rows.flat()).toEqual(['hive', 'lake', 'system']);
      // Bytes between nodes are there as soon as there were some.
      await platform.client('platform').query('SELECT node_id, count(*) FROM system.runtime.tasks GROUP BY node_id');
      for (const { url, role } of [platform.cluster.coordinator, ...platform.cluster.workers]) {
        expect(await wrongOn(url, role, commonMetrics(release))).toEqual([]);
      }
    } finally {
      await platform.stop();
    }
  });
});

function commonMetrics(release: TrinoRelease): readonly Metric[] {
  return [...Object.values(metricsOf(release)), ...S3_CATALOGS.flatMap((name) => Object.values(s3Metrics(name)))];
}

/** Those that releases before the default one have by the JMX exporter alone. */
function heapMetrics(): readonly Metric[] {
  const { heapUsed, heapMax } = metricsOf(TrinoRelease.DEFAULT);
  return [heapUsed, heapMax].flatMap((metric) => metric ?? []);
}

/** The metrics that a node lacks, has as another kind, or has although the library says that its role has not. */
async function wrongOn(url: string, role: 'coordinator' | 'worker', metrics: readonly Metric[]) {
  const types = typesIn(await scrape(`${url}/metrics`));
  return metrics.flatMap((metric) => {
    const name = nativeName(metric);
    const wanted = metric.roles.includes(role) ? metric.kind : undefined;
    const there = types.get(name);
    return there === wanted ? [] : [{ name, wanted, there }];
  });
}

async function scrape(url: string): Promise<string> {
  const answer = await fetch(url, { headers: { 'X-Trino-User': METRICS_USER } });
  expect(answer.status).toBe(200);
  return answer.text();
}

/** `# TYPE name gauge`. */
function typesIn(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(/^# TYPE (\S+) (\w+)$/gm)].map(([, name = '', type = '']) => [name, type]));
}

/** `name{b="x",a="y",} 1.0`. */
function seriesIn(text: string): ReadonlySet<string> {
  const lines = [...text.matchAll(/^([A-Za-z_]\w*)(?:\{([^}]*)\})? /gm)];
  return new Set(lines.map(([, name = '', labels = '']) => keyOf({ name, labels: labelsIn(labels) })));
}

function labelsIn(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]));
}

function keyOf({ name, labels }: ReturnType<typeof exporterSeries>): string {
  return JSON.stringify([name, Object.entries(labels).sort()]);
}
