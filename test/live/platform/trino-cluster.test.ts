import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSize } from '../../../lib/core';
import { ClientTls, planTrino, simpleCatalog, type TrinoPlan, TrinoRelease } from '../../../lib/trino';
import { SecretValues } from '../../../local/platform/secret-values';
import { TrinoCluster } from '../../../local/platform/trino-cluster';
import { findJava } from '../../../local/servers/jdk';
import { TrinoBootError } from '../../../local/servers/trino-node';
import { trinoServer } from '../../../local/servers/trino-server';
import { definition, NODE } from '../../trino/definition/sample';

const folder = mkdtempSync(join(tmpdir(), 'trino-cluster-'));
jest.setTimeout(600_000);
afterAll(() => rmSync(folder, { recursive: true }));

const role = { node: NODE, memory: DataSize.gib(2) };

function planFor(version: string): TrinoPlan {
  return planTrino(
    definition({
      release: TrinoRelease.of(version),
      coordinator: role,
      workers: { ...role, min: 1, max: 2 },
      catalogs: ['tpch', 'memory'].map((name) => ({ name, config: simpleCatalog(name as 'tpch' | 'memory') })),
      clientTls: ClientTls.none(),
    }),
  );
}

async function start(version: string, plan = planFor(version), workers = 1): Promise<TrinoCluster> {
  const home = await trinoServer(version, console.error);
  const java = findJava(plan.release.javaVersion);
  return TrinoCluster.start({ plan, home, java, workers, folder: join(folder, version), secrets: new SecretValues() });
}

describe.each(['476', '483'])('Trino %s', (version) => {
  let cluster: TrinoCluster;
  beforeAll(async () => {
    cluster = await start(version);
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
  const { chart, ...plan } = planFor('476');
  const { coordinator, worker } = chart.files;
  const config = `${coordinator['config.properties'] ?? ''}no.such.property=1\n`;
  const files = { worker, coordinator: { ...coordinator, 'config.properties': config } };
  const error: unknown = await start('476', { ...plan, chart: { ...chart, files } }, 0).catch((it: unknown) => it);
  expect(error).toBeInstanceOf(TrinoBootError);
  expect((error as Error).message).toMatch(
    /'no\.such\.property' was not used.*# config\.properties.*coordinator=true/s,
  );
});
