import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalPlatform, startPlatform } from '../../local/platform/platform';
import { definitionOf } from '../../stacks/known-environments';
import { failingSoon, loadLineItems, questions, withLineItems } from './support/line-items';
import { startLoad, untilBusy } from './support/load';
import { describePlatform, PLATFORM_TIMEOUT, sharedServers } from './support/shared';

jest.setTimeout(PLATFORM_TIMEOUT);

describePlatform('dev, whose workers are on spot', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fault-tolerance-'));
  let platform: LocalPlatform;

  beforeAll(async () => {
    const definition = failingSoon(withLineItems(definitionOf('dev')));
    platform = await startPlatform({ definition, folder, servers: await sharedServers(), workers: 2 });
  });
  afterAll(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true });
  });

  it('loses no query when a worker is killed: its tasks run again on another', async () => {
    const client = platform.client('etl', { tags: ['etl'] });
    const [lost, left] = platform.cluster.workers;
    if (lost === undefined || left === undefined) throw new Error('there are no two workers');
    const asked = questions(await loadLineItems(client, 'fault_tolerance'));
    const load = startLoad(client, asked);
    await untilBusy(client, lost, load);
    lost.process.signal('SIGKILL');
    await lost.process.ended;
    await load.untilEnded(asked.length);
    await load.stop();
    expect(load.failures).toEqual([]);
    const { rows } = await client.query(`SELECT task_id FROM system.runtime.tasks WHERE node_id = '${left.name}'`);
    // The last part of an id counts the attempts, from 0.
    expect(rows).toContainEqual([expect.not.stringMatching(/\.0$/)]);
  });
});
