/** Turns a binding into the schema that a provider sends to Terraform; names and shapes are those of the protocol. */
import type { Argument, Binding, Nesting, ReadOnlyAttribute, Shape } from './binding';

/** A type of a value, in the notation that Terraform uses on the wire. */
export type CtyType = string | readonly [collection: string, element: CtyType | Readonly<Record<string, CtyType>>];

type NestingMode = 'SINGLE' | 'LIST' | 'SET' | 'MAP';

export interface Attribute {
  readonly name: string;
  readonly type?: CtyType;
  readonly nested_type?: { readonly attributes: readonly Attribute[]; readonly nesting: NestingMode };
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly write_only: boolean;
}
export interface NestedBlock {
  readonly type_name: string;
  readonly block: Block;
  readonly nesting: NestingMode;
  readonly min_items: number;
  readonly max_items: number;
}
export interface Block {
  readonly attributes: readonly Attribute[];
  readonly block_types: readonly NestedBlock[];
}
export interface Schema {
  readonly version: number;
  readonly block: Block;
}

/** The schema of the block type that a binding describes. */
export function schemaOf({ root, shapes }: Binding): Schema {
  return { version: 0, block: new SchemaBuilder(shapes).block(root) };
}

const EMPTY: Shape = { arguments: [], readOnly: [] };

class SchemaBuilder {
  constructor(private readonly shapes: ReadonlyMap<string, Shape>) {}

  public block(shape: Shape): Block {
    const blocks = shape.arguments.filter(({ block }) => block);
    const attributes = shape.arguments.filter(({ block }) => !block);
    return {
      attributes: [
        ...attributes.map((it) => this.attribute(it)),
        ...shape.readOnly.map((it) => readOnly(it.name, this.typeOf(it))),
      ],
      block_types: blocks.map((it) => this.nestedBlock(it)),
    };
  }

  private nestedBlock(argument: Argument): NestedBlock {
    const nesting = modeOf(argument.nesting);
    const single = nesting === 'SINGLE';
    const min = argument.required ? 1 : 0;
    return {
      type_name: argument.name,
      block: this.block(this.shape(argument)),
      nesting,
      min_items: min,
      max_items: single ? min : argument.many ? 0 : 1,
    };
  }

  private attribute(argument: Argument): Attribute {
    const write_only = argument.name.endsWith('_wo');
    const usage = { name: argument.name, required: argument.required, optional: !argument.required, write_only };
    const shape = this.shape(argument);
    const nested = argument.structure !== undefined && !shape.arguments.some(({ explicitNull }) => explicitNull);
    return nested
      ? { ...usage, computed: false, nested_type: this.objectAttribute(shape, modeOf(argument.nesting)) }
      : { ...usage, computed: !argument.required && !write_only, type: this.typeOf(argument) };
  }

  private objectAttribute(shape: Shape, nesting: NestingMode): NonNullable<Attribute['nested_type']> {
    return { attributes: this.block(shape).attributes, nesting };
  }

  private typeOf(value: Argument | ReadOnlyAttribute): CtyType {
    if (value.structure === undefined) return plainType(value.nesting, value.storage);
    const object: CtyType = ['object', this.fields(this.shape(value))];
    return value.nesting === 'struct' ? object : [value.nesting, object];
  }

  private fields(shape: Shape): Record<string, CtyType> {
    return Object.fromEntries([...shape.arguments, ...shape.readOnly].map((it) => [it.name, this.typeOf(it)]));
  }

  private shape({ structure = '' }: Argument | ReadOnlyAttribute): Shape {
    return this.shapes.get(structure) ?? EMPTY;
  }
}

function readOnly(name: string, type: CtyType): Attribute {
  return { name, type, required: false, optional: false, computed: true, write_only: false };
}

function modeOf(nesting: Nesting): NestingMode {
  const modes = { simple: 'SINGLE', struct: 'SINGLE', list: 'LIST', set: 'SET', map: 'MAP' } as const;
  return modes[nesting];
}

/** `stringList` of a set is `["set", "string"]`; a map of anything has no type that Terraform could check. */
function plainType(nesting: Nesting, storage: string): CtyType {
  const [, element, suffix] = /^(.*)(List|Map)$/.exec(storage) ?? [];
  if (element === undefined) return scalarType(storage);
  const inner = plainType('simple', element);
  if (suffix === 'Map') return inner === 'dynamic' ? 'dynamic' : ['map', inner];
  return [nesting === 'set' ? 'set' : 'list', inner];
}

function scalarType(storage: string): CtyType {
  if (storage === 'any') return 'dynamic';
  return storage === 'boolean' ? 'bool' : storage;
}
