/**
 * Mistakes, made on purpose in the JSON of a real stack. A suite that checks stacks against schemas is worth something
 * only when it finds them.
 */
import { dataSources, resources, type Args, type TerraformJson } from '../support/synth';
import { readBinding } from '../support/schema-provider/binding';
import { schemaOf, type Attribute, type Block, type NestedBlock } from '../support/schema-provider/schema';

export type Mistake = 'required argument removed' | 'argument misspelt' | 'wrong type';

/** One mistake in one block of a stack. */
export interface Mutation {
  /** The block, as a path in the JSON. */
  readonly path: readonly string[];
  readonly argument: string;
  /** What Terraform calls it: a misspelt one by its new name. */
  readonly reportedAs: string;
  /** What the block looks like with the mistake in it. */
  readonly change: Change;
}
type Change = (block: Args) => Args;

/** Every mistake of a kind that can be made in the resources and data sources of a stack; blocks before what is in them. */
export function mutationsOf(stack: TerraformJson, mistake: Mistake): Mutation[] {
  return [
    ...resources(stack).map((it) => ({ ...it, kind: 'resource' as const })),
    ...dataSources(stack).map((it) => ({ ...it, kind: 'data' as const })),
  ].flatMap(({ kind, type, id, args }) => {
    const binding = readBinding(kind, type);
    return binding === undefined ? [] : inBlock(args, schemaOf(binding).block, [kind, type, id], mistake);
  });
}

/** The stack with all of these mistakes in it, made from the inside to the outside. */
export function mutated(stack: TerraformJson, mutations: readonly Mutation[]): TerraformJson {
  return mutations.reduceRight((json, { path, change }) => changeAt(json, path, change), stack);
}

/**
 * The stack with something unknown in place of every reference. Terraform does not look at what refers to a broken
 * resource; so it looks at all of them at once.
 */
export function withoutReferences(stack: TerraformJson): TerraformJson {
  const cut = JSON.parse(JSON.stringify(stack), (key, value: unknown) => {
    if (key === 'depends_on' || key === 'output') return undefined;
    return typeof value === 'string' && value.includes('${') ? '${terraform_data.Unknown.output}' : value;
  }) as TerraformJson;
  return { ...cut, resource: { ...cut.resource, terraform_data: { Unknown: {} } } };
}

function inBlock(args: Args, schema: Block, path: readonly string[], mistake: Mistake): Mutation[] {
  const attributes = schema.attributes.filter(({ name }) => isSet(args[name]));
  const blocks = schema.block_types.filter(({ type_name }) => isSet(args[type_name]));
  const here = [
    ...attributes.map((it) => ({ argument: it.name, change: attributeMistake(it, mistake) })),
    ...blocks.map((it) => ({ argument: it.type_name, change: blockMistake(it, mistake) })),
  ].flatMap(({ argument, change }) =>
    change === undefined
      ? []
      : [{ path, argument, reportedAs: mistake === 'argument misspelt' ? `${argument}x` : argument, change }],
  );
  const inside = blocks.flatMap(({ type_name, block }) =>
    elements(args[type_name]).flatMap(([index, element]) =>
      inBlock(element, block, [...path, type_name, ...index], mistake),
    ),
  );
  return [...here, ...inside];
}

function attributeMistake({ name, required, type }: Attribute, mistake: Mistake): Change | undefined {
  if (mistake === 'required argument removed') return required ? without(name) : undefined;
  if (mistake === 'argument misspelt') return misspelt(name);
  if (type === 'dynamic') return undefined;
  return (block) => ({ ...block, [name]: typeof type === 'string' ? { a: 1 } : 'text' });
}

function blockMistake({ type_name: name, min_items }: NestedBlock, mistake: Mistake): Change | undefined {
  if (mistake === 'required argument removed') return min_items > 0 ? without(name) : undefined;
  if (mistake === 'argument misspelt') return misspelt(name);
  return (block) => ({ ...block, [name]: 'text' });
}

function without(name: string): Change {
  return (block) => Object.fromEntries(Object.entries(block).filter(([key]) => key !== name));
}

function misspelt(name: string): Change {
  return (block) => ({ ...without(name)(block), [`${name}x`]: block[name] });
}

const isSet = (value: unknown) => value !== undefined && value !== null;

/** A block is written as an object, or as a list of them. */
function elements(value: unknown): [index: string[], element: Args][] {
  if (Array.isArray(value)) return value.map((element, index) => [[String(index)], element as Args]);
  return [[[], value as Args]];
}

function changeAt<T>(node: T, path: readonly string[], change: Change): T {
  const [key, ...rest] = path;
  if (key === undefined) return change(node as Args) as T;
  if (Array.isArray(node)) {
    return node.map((it: unknown, index) => (String(index) === key ? changeAt(it, rest, change) : it)) as T;
  }
  return { ...node, [key]: changeAt((node as Args)[key], rest, change) };
}
