/** A real Kubernetes API with simulated nodes, and the real Helm and kubectl on it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type KubernetesBinaries,
  kubernetesBinaries,
  reasonAgainstKubernetes,
} from '../../../local/kubernetes/binaries';
import { type ControlPlane, startControlPlane } from '../../../local/kubernetes/control-plane';
import type { Manifest } from './platform-stack';

/** Longest time of a test, the first build included. In milliseconds. */
export const PATIENCE = 20 * 60_000;
/** Longest time that anything takes here once it is built: pods are ready as soon as they have a node. */
export const TIMEOUT = '120s';

/** `describe` where there can be a Kubernetes, else `describe.skip`; `build-once.ts` says why. */
export const describeWithKubernetes = reasonAgainstKubernetes() === undefined ? describe : describe.skip;

/** What a program said, and whether it succeeded. */
export interface Answer {
  readonly ok: boolean;
  readonly text: string;
}

export interface HelmOptions {
  readonly namespace: string;
  readonly values?: object;
  /** What the chart does not read from its values: `--wait`. @default - as Terraform installs our releases */
  readonly flags?: readonly string[];
}

/** Helm 4's words for what `releaseConfig` asks the provider for. */
const AS_TERRAFORM = ['--rollback-on-failure', '--wait', '--wait-for-jobs', '--timeout', TIMEOUT];

export class Lab {
  private constructor(
    private readonly folder: string,
    private readonly binaries: KubernetesBinaries,
    private readonly controlPlane: ControlPlane,
  ) {}

  public static async open(): Promise<Lab> {
    const folder = mkdtempSync(join(tmpdir(), 'cdktf-trino-kubernetes-'));
    const binaries = await kubernetesBinaries((line) => process.stderr.write(`${line}\n`));
    return new Lab(folder, binaries, await startControlPlane(folder, binaries));
  }

  public async close(): Promise<void> {
    await this.controlPlane.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Throws what kubectl says when it fails. */
  public async kubectl(...args: readonly string[]): Promise<string> {
    return succeeded(await this.tryKubectl(args));
  }

  public tryKubectl(args: readonly string[], input = ''): Promise<Answer> {
    return this.run(this.binaries.kubectl, args, input);
  }

  public async apply(...manifests: readonly Manifest[]): Promise<void> {
    const list = { apiVersion: 'v1', kind: 'List', items: manifests };
    succeeded(await this.tryKubectl(['apply', '--server-side', '-f', '-'], JSON.stringify(list)));
  }

  /** What the API says against objects when it forgives nothing; nothing is stored. */
  public async strictProblems(manifests: readonly Manifest[]): Promise<string> {
    const list = { apiVersion: 'v1', kind: 'List', items: manifests };
    const args = ['apply', '--server-side', '--force-conflicts', '--dry-run=server', '--validate=strict', '-f', '-'];
    const { ok, text } = await this.tryKubectl(args, JSON.stringify(list));
    return ok ? '' : text;
  }

  /** Simulated nodes, ready for pods. */
  public async addNodes(nodes: readonly Manifest[]): Promise<void> {
    await this.apply(...nodes);
    await this.kubectl('wait', '--for=condition=Ready', 'node', '--all', `--timeout=${TIMEOUT}`);
  }

  /** All objects of a kind in a namespace, or in all of them. */
  public async list<T = Manifest>(kind: string, namespace?: string): Promise<readonly T[]> {
    const scope = namespace === undefined ? ['--all-namespaces'] : ['--namespace', namespace];
    const { items } = JSON.parse(await this.kubectl('get', kind, ...scope, '--output', 'json')) as { items: T[] };
    return items;
  }

  public async get<T = Manifest>(kind: string, name: string, namespace: string): Promise<T> {
    return JSON.parse(await this.kubectl('get', kind, name, '--namespace', namespace, '--output', 'json')) as T;
  }

  /** Installs a release or upgrades it. What Helm says of a failure hides the reason, so warnings of the API are added. */
  public async helm(release: string, chart: string, options: HelmOptions): Promise<Answer> {
    const { namespace, values = {}, flags = AS_TERRAFORM } = options;
    const file = join(this.folder, `${release}.values.json`);
    writeFileSync(file, JSON.stringify(values));
    const args = ['upgrade', '--install', release, chart, '--namespace', namespace, '--values', file, ...flags];
    const answer = await this.run(this.binaries.helm, args);
    return answer.ok ? answer : { ok: false, text: `${answer.text}\n${await this.warnings(namespace)}` };
  }

  /** What `helm list` shows of a namespace: the status by the release's name. */
  public async releases(namespace: string): Promise<Readonly<Record<string, string>>> {
    const args = ['list', '--namespace', namespace, '--output', 'json'];
    const found = JSON.parse(succeeded(await this.run(this.binaries.helm, args))) as { name: string; status: string }[];
    return Object.fromEntries(found.map(({ name, status }) => [name, status]));
  }

  /** Asks for a pod's eviction as a drain does: 201, or 429 where a budget forbids it. */
  public async evict(pod: string, namespace: string): Promise<'evicted' | 'refused by a budget'> {
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod, namespace } };
    const path = `/api/v1/namespaces/${namespace}/pods/${pod}/eviction`;
    const { ok, text } = await this.tryKubectl(['create', '--raw', path, '-f', '-'], JSON.stringify(eviction));
    if (ok) return 'evicted';
    if (/disruption budget|TooManyRequests/i.test(text)) return 'refused by a budget';
    throw new Error(text);
  }

  private async warnings(namespace: string): Promise<string> {
    const columns = 'custom-columns=OBJECT:.involvedObject.name,REASON:.reason,MESSAGE:.message';
    const filter = ['--field-selector', 'type=Warning', '--output', columns];
    return (await this.tryKubectl(['get', 'events', '--namespace', namespace, ...filter])).text;
  }

  private async run(command: string, args: readonly string[], input = ''): Promise<Answer> {
    const { execa } = await import('execa');
    // HELM_*: nothing of the user's own settings, caches and plugins.
    const env = {
      KUBECONFIG: this.controlPlane.kubeconfig,
      HELM_CACHE_HOME: join(this.folder, 'helm/cache'),
      HELM_CONFIG_HOME: join(this.folder, 'helm/config'),
      HELM_DATA_HOME: join(this.folder, 'helm/data'),
    };
    const { exitCode, stdout, stderr } = await execa(command, args, { reject: false, input, env });
    return { ok: exitCode === 0, text: exitCode === 0 ? stdout : `${stdout}${stderr}` };
  }
}

function succeeded({ ok, text }: Answer): string {
  if (!ok) throw new Error(text);
  return text;
}
