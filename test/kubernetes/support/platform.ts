/** What tests of things in a cluster share. */
import type { TerraformStack } from 'cdktf';
import { addClusterProviders } from '../../../lib/kubernetes/cluster-providers';
import { type INamespace, KubernetesNamespace } from '../../../lib/kubernetes/namespace';
import type { KubernetesObject } from '../../../lib/kubernetes/object-rules';
import type { ICluster } from '../../../lib/aws/cluster';
import { importedCluster } from '../../support/cluster';
import { resources, type Args, type TerraformJson, testStack } from '../../support/synth';
import { validateStacks } from '../../support/schema-provider/terraform';

/** A namespace that is there already. */
export const SPACE: INamespace = KubernetesNamespace.fromName('space');

/** A stack with the providers of a cluster that somebody else made. */
export function clusterStack(build: (stack: TerraformStack, cluster: ICluster) => unknown): TerraformStack {
  return testStack((stack) => {
    const cluster = importedCluster(stack);
    addClusterProviders(stack, cluster);
    build(stack, cluster);
  });
}

/** A release by its name. */
export function release(json: TerraformJson, name: string): Args {
  const found = resources(json, 'helm_release').find(({ args }) => args['name'] === name);
  if (found === undefined) throw new Error(`no release ${name}`);
  return found.args;
}

/** The values of a release, parsed. */
export function valuesOf({ values }: Args): Args {
  const [text] = values as [string];
  return JSON.parse(text) as Args;
}

/** The objects of a release of our own chart. */
export function objectsOf(json: TerraformJson, name: string): readonly KubernetesObject[] {
  return valuesOf(release(json, name))['objects'] as KubernetesObject[];
}

/** The one object of a kind, or of a kind and name. */
export function object(objects: readonly KubernetesObject[], kind: string, name?: string): KubernetesObject {
  const found = objects.filter((it) => it.kind === kind && (name === undefined || it.metadata?.name === name));
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`${found.length} objects ${kind} ${name ?? ''}`);
  return first;
}

/** What Terraform says against a stack, by the schemas of the pinned providers. */
export async function terraformProblems(json: TerraformJson): Promise<readonly string[]> {
  const { stack = [] } = await validateStacks({ stack: json });
  return stack.map(({ place, message }) => `${place}: ${message}`);
}
