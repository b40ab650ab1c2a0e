/** The platform stack of an environment, installed into a lab in Terraform's order. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { customResourceDefinitions, definesResources } from '../../../local/kubernetes/custom-resources';
import { findEnvironment } from '../../../stacks/environments';
import { synthesize } from '../../../stacks/synthesize';
import type { TerraformJson } from '../../support/synth';
import { givenChart, trinoChart } from './charts';
import { type Answer, Lab } from './lab';
import { simulatedNodes } from './nodes';
import { type Manifest, type Release, releasesOf, type Step, stepsOf } from './platform-stack';

/** What asks pods of an operator, which run nothing here, before an object is stored or while kinds are listed. */
const ASKS_PODS = ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'];
const OWN_APIS = 'kube-aggregator.kubernetes.io/automanaged';

/** An environment's nodes and platform in a lab of its own. */
export class Installation {
  private constructor(
    public readonly lab: Lab,
    public readonly nodes: readonly Manifest[],
    public readonly platform: TerraformJson,
    private readonly folder: string,
    /** Where the stack's file lies, and its charts. */
    private readonly stackFolder: string,
  ) {}

  /** A cluster with the environment's nodes, without its platform. */
  public static async open(environment: string): Promise<Installation> {
    const folder = mkdtempSync(join(tmpdir(), 'cdktf-trino-platform-'));
    synthesize(environment, findEnvironment(environment), folder);
    const stack = (layer: string): TerraformJson => {
      const text = readFileSync(join(folder, 'stacks', `${environment}-${layer}`, 'cdk.tf.json'), 'utf8');
      return JSON.parse(text) as TerraformJson;
    };
    const nodes = simulatedNodes(stack('cluster'));
    const lab = await Lab.open();
    await lab.addNodes(nodes);
    return new Installation(lab, nodes, stack('platform'), folder, join(folder, 'stacks', `${environment}-platform`));
  }

  public async close(): Promise<void> {
    await this.lab.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** All of the platform; what went wrong, by resource of Terraform. */
  public async install(): Promise<Readonly<Record<string, string>>> {
    const problems: Record<string, string> = {};
    for (const step of stepsOf(this.platform)) {
      const { ok, text } = await this.take(step);
      if (!ok) problems[step.address] = text;
    }
    return problems;
  }

  public release(name: string): Release {
    const found = releasesOf(this.platform).find((release) => release.name === name);
    if (found === undefined) throw new Error(`no release ${name}`);
    return found;
  }

  /** Objects that are written by us, with their namespaces. */
  public objects(): readonly Manifest[] {
    return releasesOf(this.platform)
      .filter(({ chart }) => !isOfOthers(chart))
      .flatMap(({ namespace, values }) =>
        (values['objects'] as readonly Manifest[]).map((it) => inside(namespace, it)),
      );
  }

  /** As a deployment that changes nothing in it. */
  public async installRelease({ name, namespace, chart, values }: Release): Promise<Answer> {
    if (!isOfOthers(chart)) return this.lab.helm(name, join(this.stackFolder, chart), { namespace, values });
    const folder = chart === 'trino' ? trinoChart() : givenChart(chart);
    if (folder === undefined) return this.defineResources(chart);
    const answer = await this.lab.helm(name, folder, { namespace, values });
    await this.silencePods();
    return answer;
  }

  private async take(step: Step): Promise<Answer> {
    if ('release' in step) return this.installRelease(step.release);
    await this.lab.apply(step.manifest);
    return { ok: true, text: '' };
  }

  /** What the objects of others need of a chart that is not at hand. */
  private async defineResources(chart: string): Promise<Answer> {
    if (!definesResources(chart)) return { ok: true, text: '' };
    const files = (await customResourceDefinitions(chart)).flatMap((file) => ['--filename', file]);
    const answer = await this.lab.tryKubectl(['apply', '--server-side', ...files]);
    await this.lab.kubectl('wait', '--for=condition=Established', 'customresourcedefinition', '--all', '--timeout=60s');
    return answer;
  }

  private async silencePods(): Promise<void> {
    await this.lab.kubectl('delete', ASKS_PODS.join(), '--all');
    await this.lab.kubectl('delete', 'apiservices', '--selector', `!${OWN_APIS}`);
  }
}

/** Objects of the whole cluster do not mind. */
function inside(namespace: string, object: Manifest): Manifest {
  return { ...object, metadata: { ...object.metadata, namespace } };
}

function isOfOthers(chart: string): boolean {
  return !chart.startsWith('.');
}
