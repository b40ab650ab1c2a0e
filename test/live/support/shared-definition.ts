import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { type TrinoDefinition, TrinoRelease } from '../../../lib/trino';
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
