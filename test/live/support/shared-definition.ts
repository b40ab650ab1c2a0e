import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { type NamedCatalog, type TrinoDefinition, TrinoRelease } from '../../../lib/trino';
import { LOCAL_RELEASE } from '../../../local/platform/platform';
import { buildEnvironment, type EnvironmentConfig } from '../../../stacks';
import { environment } from '../../../stacks/environments/production';
import { streamsCatalog } from './streams';

/** The environment `production`, with topics of more formats. */
const SHARED: EnvironmentConfig = {
  ...environment,
  trino: { ...environment.trino, release: TrinoRelease.of(LOCAL_RELEASE) },
  catalogs: (sources) => [...environment.catalogs(sources), streamsCatalog(sources)],
};

/** What the shared platform is made from, before it is made to fit this machine. */
export function sharedDefinition(): TrinoDefinition {
  const outdir = mkdtempSync(join(tmpdir(), 'cdktf-trino-shared-definition-'));
  try {
    const app = new App({ outdir, stackTraces: false });
    return buildEnvironment(app, 'production', SHARED).platform.trino.definition;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Catalogs that ask a metastore and wait longer for it: what is asked again after ten seconds may be done by then. */
export function patientCatalogs(catalogs: readonly NamedCatalog[]): readonly NamedCatalog[] {
  return catalogs.map(({ name, config }) => {
    const { properties } = config;
    if (properties['hive.metastore.uri'] === undefined) return { name, config };
    return { name, config: { ...config, properties: { ...properties, [PATIENCE]: '2m' } } };
  });
}

const PATIENCE = 'hive.metastore.thrift.client.read-timeout';
