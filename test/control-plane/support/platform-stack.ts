/** What the platform stack of an environment would install, in Terraform's order, with sample values for references. */
import { type Args, type Block, resources, type TerraformJson } from '../../support/synth';

/** An object as the API is sent it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [key: string]: unknown;
}

/** A release of Helm. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
  /** A folder beside the stack's file when it starts with a dot, else a chart of `repository`. */
  readonly chart: string;
  readonly version: string | undefined;
  readonly values: Args;
}

export type Step =
  { readonly address: string; readonly manifest: Manifest } | { readonly address: string; readonly release: Release };

/**
 * The resources of Kubernetes and Helm, each after those that it depends on.
 * @throws Error for a type of resource that nobody has translated yet
 */
export function stepsOf(json: TerraformJson): readonly Step[] {
  const blocks = resources(json).filter(({ type }) => /^(helm|kubernetes)_/.test(type));
  return inOrder(blocks).map(stepOf);
}

/** All releases of the stack. */
export function releasesOf(json: TerraformJson): readonly Release[] {
  return stepsOf(json).flatMap((step) => ('release' in step ? [step.release] : []));
}

function stepOf({ type, address, args }: Block): Step {
  switch (type) {
    case 'kubernetes_namespace_v1':
      return { address, manifest: { apiVersion: 'v1', kind: 'Namespace', metadata: metadataOf(args) } };
    case 'kubernetes_priority_class_v1':
      return { address, manifest: priorityClass(args) };
    case 'helm_release':
      return { address, release: releaseOf(args) };
    default:
      throw new Error(`${address}: no manifest is known for a ${type}`);
  }
}

function priorityClass(args: Args): Manifest {
  const { value, description, preemption_policy: preemptionPolicy } = args;
  return {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: metadataOf(args),
    ...{ value, description, preemptionPolicy },
  };
}

function metadataOf({ metadata }: Args): Manifest['metadata'] {
  return metadata as Manifest['metadata'];
}

function releaseOf({ name, namespace, chart, version, values = ['{}'] }: Args): Release {
  const [text] = values as [string];
  return {
    name: String(name),
    namespace: String(namespace),
    chart: String(chart),
    version: version as string | undefined,
    values: JSON.parse(resolved(text)) as Args,
  };
}

/** A text with sample values for Terraform's references, and with its escapes taken back. */
export function resolved(text: string): string {
  return text
    .replace(/(\$?)\$\{([^{}]*)\}/g, (_, escape: string, expression: string) =>
      escape === '' ? sampleOf(expression) : `\${${expression}}`,
    )
    .replaceAll('%%{', '%{');
}

function sampleOf(reference: string): string {
  if (/arn$/.test(reference)) return 'arn:aws:service:eu-west-1:111122223333:sample';
  if (/aws_region/.test(reference)) return 'eu-west-1';
  if (/BootstrapServers/.test(reference)) return 'b-1.sample.example:9096,b-2.sample.example:9096';
  return /address$/.test(reference) ? 'sample.example' : 'sample';
}

/** References to what is no resource of Kubernetes or Helm are AWS' and done before. */
function inOrder(blocks: readonly Block[]): readonly Block[] {
  const byAddress = new Map(blocks.map((block) => [block.address, block]));
  const ordered = new Set<Block>();
  const add = (block: Block): void => {
    if (ordered.has(block)) return;
    const needs = (block.args['depends_on'] ?? []) as readonly string[];
    needs.flatMap((address) => byAddress.get(address) ?? []).forEach(add);
    ordered.add(block);
  };
  blocks.forEach(add);
  return [...ordered];
}
