import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSize } from '../../lib/core';
import { metricsOf, nativeName, type TrinoDefinition } from '../../lib/trino';
import { type LocalPlatform, startPlatform } from '../../local/platform/platform';
import { TrinoClient } from '../../local/servers/trino-client';
import { definitionOf } from '../../stacks/known-environments';
import { withLineItems } from './support/line-items';
import { describePlatform, PLATFORM_TIMEOUT, sharedServers } from './support/shared';
import { users } from './support/users';

jest.setTimeout(PLATFORM_TIMEOUT);

/** Workers have so little for queries that a million groups are too many. */
function withLittleMemory(definition: TrinoDefinition): TrinoDefinition {
  const memoryPolicy = { headroomFraction: 0.9, maxMemoryPerNode: DataSize.mib(80) };
  return { ...definition, workers: { ...definition.workers, memoryPolicy } };
}

const ROWS = 'tpch."sf0.4".lineitem';
/** Nearly as many groups as rows, by columns that the generator has in no order. */
const GROUPS = `SELECT partkey, suppkey, shipdate, count(*) AS n FROM ${ROWS} GROUP BY 1, 2, 3`;
const QUERY = `SELECT sum(n) FROM (${GROUPS})`;
/** One thread spills all that it has; of several, the last groups of each stay in memory and count at the end. */
const ONE_THREAD = { task_concurrency: '1' };

/** The worker's limit, or with one worker the cluster's, which is as large: whichever is looked at first. */
const OUT_OF_MEMORY = { errorName: expect.stringMatching(/^EXCEEDED_(LOCAL|GLOBAL)_MEMORY_LIMIT$/) as unknown };

describePlatform('a query that outgrows the memory of production', () => {
  const folder = mkdtempSync(join(tmpdir(), 'spill-'));
  let platform: LocalPlatform;

  beforeAll(async () => {
    platform = await startPlatform({
      definition: withLineItems(definitionOf('production')),
      folder,
      servers: await sharedServers(),
      adjust: withLittleMemory,
      users: users('etl'),
    });
  });
  afterAll(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true });
  });

  /** As Prometheus reads it of the worker. */
  async function spilledBytes(): Promise<number> {
    const { release, users } = platform.plan;
    const [worker] = platform.cluster.workers;
    const metrics = await new TrinoClient({ url: worker?.url ?? '', user: users.metrics }).get('/metrics');
    const line = new RegExp(`^${nativeName(metricsOf(release).spilledBytes)}(?:\\{.*\\})? (\\S+)`, 'm').exec(metrics);
    return Number(line?.[1]);
  }

  it('fails without spill', async () => {
    const client = platform.client('etl', { session: { ...ONE_THREAD, spill_enabled: 'false' } });
    await expect(client.query(QUERY)).rejects.toMatchObject(OUT_OF_MEMORY);
    expect(await spilledBytes()).toBe(0);
  });

  it('succeeds with the settings as they are, and the metric tells what it spilled', async () => {
    const client = platform.client('etl', { session: ONE_THREAD });
    const { rows } = await client.query(QUERY);
    expect(rows).toEqual([[await client.value(`SELECT count(*) FROM ${ROWS}`)]]);
    expect(await spilledBytes()).toBeGreaterThan(0);
  });
});
