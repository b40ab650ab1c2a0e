import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findGo } from './go-toolchain';

/** A Go module that carries the definitions of an operator's custom resources. */
interface DefinitionModule {
  readonly path: string;
  readonly version: string;
  /** Of its content, as go.sum has it. */
  readonly sum: string;
  readonly folder: string;
}

/** By the chart that would install them. */
const MODULES = {
  keda: {
    path: 'github.com/kedacore/keda/v2',
    version: 'v2.20.2',
    sum: 'h1:SR60v8uIcelbveS8n/1jcl8tLdBBIbHMxmdOHw8tKqA=',
    folder: 'config/crd/bases',
  },
  'kube-prometheus-stack': {
    path: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.93.1',
    sum: 'h1:4Juk8v93RdG1DSGD/mGp+SeQKPmnlLIj2iq3blLZgFY=',
    folder: 'example/prometheus-operator-crd',
  },
  'external-secrets': {
    path: 'github.com/external-secrets/external-secrets',
    // No later version is a Go module: the path lacks the /v2. What this one accepts of v1, 2.9.0 accepts, too.
    version: 'v1.3.2',
    sum: 'h1:u2J8RjlHIeF0oZCqtl92adI/uZWUwOesJIDkfql6LqQ=',
    folder: 'config/crds/bases',
  },
} as const satisfies Readonly<Record<string, DefinitionModule>>;

/** `keda.sh_scaledobjects.yaml`, as the tool names it that makes them. */
const DEFINITION = /^[a-z.-]+_[a-z]+\.yaml$/;

/** A chart whose custom resources can be defined without it. */
export type DefiningChart = keyof typeof MODULES;

/** True for charts that bring custom resources. */
export function definesResources(chart: string): chart is DefiningChart {
  return chart in MODULES;
}

/**
 * Files with the definitions that a chart would install, as the operator's own project publishes them: the API server
 * then judges objects by the operator's own schemas.
 * @throws Error when the module is not the one that is pinned
 */
export async function customResourceDefinitions(chart: DefiningChart): Promise<readonly string[]> {
  const { path, version, sum, folder } = MODULES[chart];
  const { execa } = await import('execa');
  const env = { GOFLAGS: '', GOWORK: 'off' };
  const { stdout } = await execa(findGo(), ['mod', 'download', '-json', `${path}@${version}`], { env });
  const { Dir, Sum } = JSON.parse(stdout) as { readonly Dir: string; readonly Sum: string };
  if (Sum !== sum) throw new Error(`${path}@${version}: expected ${sum}, got ${Sum}`);
  const files = readdirSync(join(Dir, folder)).filter((file) => DEFINITION.test(file));
  return files.map((file) => join(Dir, folder, file));
}
