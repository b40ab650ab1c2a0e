import type { Kind } from './binding-module';

/** Arguments of a block, named as Terraform names them. */
export type Fields = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Fields>>>>;

/** A synthesized stack, as parsed JSON. */
export interface StackJson {
  readonly terraform: Fields & { readonly backend: Readonly<Record<string, Fields>> };
  readonly provider: Readonly<Record<string, readonly Fields[]>>;
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly ephemeral?: Blocks;
  readonly locals?: Readonly<Record<string, string>>;
  readonly output?: Readonly<Record<string, Fields>>;
}

/** A resource, data source or local value of a stack. */
export interface Element {
  readonly stack: string;
  readonly kind: Kind | 'local';
  readonly type: string;
  readonly id: string;
  /** `aws_vpc.Network`, `data.aws_region.Here`, `local.Servers`. */
  readonly address: string;
  readonly args: Fields;
}

/** Parses a file of a stack, without the `"//"` entries of the engine. */
export function parseStack(text: string): StackJson {
  return JSON.parse(text, (key, value: unknown) => (key === '//' ? undefined : value)) as StackJson;
}

/** Everything that is made or read by hand: what the engine adds for references between stacks is not. */
export function elementsOf(stack: string, { resource = {}, data = {}, locals = {} }: StackJson): Element[] {
  const values = Object.entries(locals).map(([id, expression]) => {
    return { stack, kind: 'local' as const, type: 'local', id, address: `local.${id}`, args: { expression } };
  });
  const blocks = [
    ...Object.entries(data)
      .filter(([type]) => type !== 'terraform_remote_state')
      .map(([type, blocks]) => ({ kind: 'data' as const, type, blocks, prefix: `data.${type}` })),
    ...Object.entries(resource).map(([type, blocks]) => ({ kind: 'resource' as const, type, blocks, prefix: type })),
  ].flatMap(({ kind, type, blocks, prefix }) =>
    Object.entries(blocks).map(([id, args]) => ({ stack, kind, type, id, address: `${prefix}.${id}`, args })),
  );
  return [...values, ...blocks];
}

/** Outputs by name, without those that the engine adds for references between stacks. */
export function outputsOf({ output = {} }: StackJson): [name: string, fields: Fields][] {
  return Object.entries(output).filter(([name]) => !name.startsWith('cross-stack-output-'));
}
