import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TrinoRelease } from '../../../lib/trino';
import { startPlatform } from '../../../local/platform/platform';
import { type Servers, startServers } from '../../../local/platform/servers';
import { SILENT } from '../../../local/platform/steps';
import { allDefinitions } from '../support/definitions';

const folder = mkdtempSync(join(tmpdir(), 'boot-'));
jest.setTimeout(600_000);

/** Connectors ask for their server when they are queried; the audit log of 476 asks at the start. */
let servers: Servers;
beforeAll(async () => {
  servers = await startServers({
    folder: join(folder, 'servers'),
    kinds: new Set(['mysql']),
    steps: SILENT,
    say: console.error,
  });
});
afterAll(async () => {
  await servers.stop();
  rmSync(folder, { recursive: true });
});

describe.each(['476', '483'])('on %s', (version) => {
  it.each(Object.entries(allDefinitions()))(
    'coordinator and worker of %s boot and find each other',
    async (_, definition) => {
      const release = TrinoRelease.of(version);
      const platform = await startPlatform({ definition, release, servers, folder: join(folder, 'platform') });
      try {
        expect(await platform.cluster.activeNodes()).toBe(2);
        const { rows } = await platform.client('platform').query('SHOW CATALOGS');
        expect(rows.flat()).toEqual(expect.arrayContaining(['system', ...platform.cluster.catalogs]));
      } finally {
        await platform.stop();
      }
    },
  );
});
