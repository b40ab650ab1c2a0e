import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cpu, DataSize, SecretRef } from '../../../lib/core';
import { ClientTls, planTrino, TrinoRelease, type TrinoDefinition } from '../../../lib/trino';
import { SecretValues } from '../../../local/platform/secret-values';
import { TrinoCluster } from '../../../local/platform/trino-cluster';
import { findJava } from '../../../local/servers/jdk';
import { trinoServer } from '../../../local/servers/trino-server';

const folder = mkdtempSync(join(tmpdir(), 'trino-cluster-'));
jest.setTimeout(300_000);

const NODE = { memory: DataSize.mib(2048 + 768), cpu: Cpu.cores(2), ephemeralStorage: DataSize.gib(50) };
const small = (release: TrinoRelease, changes: Partial<TrinoDefinition> = {}): TrinoDefinition => ({
  name: 'trino',
  environment: 'test',
  release,
  coordinator: { node: NODE },
  workers: { node: NODE, min: 1, max: 1 },
  catalogs: [
    { name: 'tpch', config: { connector: 'tpch', properties: {} } },
    { name: 'memory', config: { connector: 'memory', properties: {} } },
  ],
  clientTls: ClientTls.none(),
  sharedSecret: SecretRef.of('shared'),
  secrets: { env: 'env', files: 'files' },
  serviceAccount: 'trino',
  ...changes,
});

describe.each(['476', '483'])('Trino %s', (version) => {
  let cluster: TrinoCluster;
  beforeAll(async () => {
    cluster = await TrinoCluster.start({
      plan: planTrino(small(TrinoRelease.of(version))),
      home: await trinoServer(version, console.error),
      java: findJava(24),
      folder: join(folder, version),
      secrets: new SecretValues(),
    });
  });
  afterAll(async () => {
    await cluster.stop();
  });

  it('answers on what a worker read', async () => {
    const { rows } = await cluster.client('alice').query('SELECT count(*), max(name) FROM tpch.tiny.nation');
    expect(rows).toEqual([[25, 'VIETNAM']]);
    await cluster.client('alice').query('CREATE TABLE memory.default.t AS SELECT * FROM tpch.tiny.region');
    expect(await cluster.client('alice').value('SELECT count(*) FROM memory.default.t')).toBe(5);
  });
});

afterAll(() => rmSync(folder, { recursive: true }));
