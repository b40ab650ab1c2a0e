import { DataSize } from '../../../lib/core';
import { ClientTls, planTrino, simpleCatalog, type TrinoPlan, TrinoRelease } from '../../../lib/trino';
import { SecretValues } from '../../../local/platform/secret-values';
import { TrinoCluster } from '../../../local/platform/trino-cluster';
import { findJava } from '../../../local/servers/jdk';
import { TrinoBootError } from '../../../local/servers/trino-node';
import { trinoServer } from '../../../local/servers/trino-server';
import { definition, NODE } from '../../trino/definition/sample';
import { say, workbench } from '../servers/workbench';

const bench = workbench();
jest.setTimeout(600_000);
afterAll(() => bench.clear());

/** The newest that is to be had: the other tests mostly ask the release of the local platform. */
const NEWEST = '483';

const role = { node: NODE, memory: DataSize.gib(2) };

function smallPlan(): TrinoPlan {
  return planTrino(
    definition({
      release: TrinoRelease.of(NEWEST),
      coordinator: role,
      workers: { ...role, min: 1, max: 2 },
      catalogs: ['tpch', 'memory'].map((name) => ({ name, config: simpleCatalog(name as 'tpch' | 'memory') })),
      clientTls: ClientTls.none(),
    }),
  );
}

async function start(plan = smallPlan(), workers = 1): Promise<TrinoCluster> {
  const home = await trinoServer(NEWEST, say);
  const java = findJava(plan.release.javaVersion);
  return TrinoCluster.start({
    plan,
    home,
    java,
    workers,
    folder: bench.folder('cluster'),
    secrets: new SecretValues(),
  });
}

describe(`Trino ${NEWEST}`, () => {
  let cluster: TrinoCluster;
  beforeAll(async () => {
    cluster = await start();
  });
  afterAll(() => cluster.stop());

  it('gives work to its worker as soon as it is started', async () => {
    const client = cluster.client('alice');
    expect((await client.query('SELECT count(*), max(name) FROM tpch.tiny.nation')).rows).toEqual([[25, 'VIETNAM']]);
    await client.query('CREATE TABLE memory.default.regions AS SELECT * FROM tpch.tiny.region');
    expect(await client.value('SELECT count(*) FROM memory.default.regions')).toBe(5);
  });

  it('takes another worker, and knows when it is gone', async () => {
    const worker = await cluster.addWorker();
    expect(await cluster.activeNodes()).toBe(3);
    await worker.stop();
    await cluster.untilActive(2);
  });

  it('fails a query with its own words', async () => {
    const query = cluster.client('alice').query('SELECT * FROM tpch.tiny.nothing');
    await expect(query).rejects.toMatchObject({ errorName: 'TABLE_NOT_FOUND', errorType: 'USER_ERROR' });
  });
});

it("fails with Trino's words and the file when the server refuses it", async () => {
  const { chart, ...plan } = smallPlan();
  const { coordinator, worker } = chart.files;
  const config = `${coordinator['config.properties'] ?? ''}no.such.property=1\n`;
  const files = { worker, coordinator: { ...coordinator, 'config.properties': config } };
  const error: unknown = await start({ ...plan, chart: { ...chart, files } }, 0).catch((it: unknown) => it);
  expect(error).toBeInstanceOf(TrinoBootError);
  expect((error as Error).message).toMatch(
    /'no\.such\.property' was not used.*# config\.properties.*coordinator=true/s,
  );
});
