import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration } from '../../lib/core';
import type { TrinoDefinition } from '../../lib/trino';
import { type LocalPlatform, startPlatform } from '../../local/platform/platform';
import { runPreStop } from '../../local/platform/pre-stop';
import type { TrinoNode } from '../../local/servers/trino-node';
import { definitionOf } from '../../stacks/known-environments';
import { failingSoon, loadLineItems, questions, withLineItems } from './support/line-items';
import { type Load, startLoad, untilBusy } from './support/load';
import { describePlatform, PLATFORM_TIMEOUT, sharedServers } from './support/shared';
import { users } from './support/users';

/** Each takes half a minute, most of which is grace; `CDKTF_TRINO_DRAINS=20` for more of them. */
const DRAINS = Number(process.env['CDKTF_TRINO_DRAINS'] ?? '2');
jest.setTimeout(DRAINS * PLATFORM_TIMEOUT);

/** Production, where people log in, with the shortest grace. */
function definition(): TrinoDefinition {
  return {
    ...failingSoon(withLineItems(definitionOf('production'))),
    drain: { gracePeriod: Duration.seconds(10) },
  };
}

describePlatform('a platform that is asked all the time', () => {
  const folder = mkdtempSync(join(tmpdir(), 'drain-'));
  let platform: LocalPlatform;
  let load: Load;

  beforeAll(async () => {
    platform = await startPlatform({
      definition: definition(),
      folder,
      servers: await sharedServers(),
      workers: 2,
      users: users('etl', 'platform'),
    });
    const client = platform.client('etl', { tags: ['etl'] });
    load = startLoad(client, questions(await loadLineItems(client, 'drain')));
  });
  afterAll(async () => {
    await load.stop();
    await platform.stop();
    rmSync(folder, { recursive: true });
  });

  /** The worker that has been there longest, when it has something to lose. */
  async function busyWorker(): Promise<TrinoNode> {
    const [worker] = platform.cluster.workers.slice(-2);
    if (worker === undefined) throw new Error('there is no worker');
    await untilBusy(platform.client('platform'), worker, load);
    return worker;
  }

  it('has the hook that is tried here in the pods of workers', () => {
    const { drain, chart } = platform.plan;
    expect(chart.values.worker.lifecycle).toEqual({ preStop: { exec: { command: drain.preStop } } });
  });

  it(`loses no query when workers leave by the hook, ${DRAINS} times`, async () => {
    for (let drain = 0; drain < DRAINS; drain++) {
      const worker = await busyWorker();
      expect(await runPreStop(platform.plan, worker)).toEqual({ exitCode: 0, output: '' });
      await worker.stop();
      await platform.cluster.untilActive(2);
      await platform.cluster.addWorker();
    }
    await load.untilEnded(1);
    expect(load.failures).toEqual([]);
  });

  it('loses queries when a worker is stopped without the hook', async () => {
    const worker = await busyWorker();
    await worker.stop();
    while (load.failures.length === 0) await load.untilEnded(1);
    expect(load.failures).toContainEqual(expect.objectContaining({ errorType: 'INTERNAL_ERROR' }));
  });
});
