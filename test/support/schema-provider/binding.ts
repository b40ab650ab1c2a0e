/**
 * Reads what a prebuilt provider package (`@cdktf/provider-*`) tells about one block type.
 *
 * The generator of these packages wrote the provider's schema into their code, and only there: each module's `index.js`
 * lists every argument in `synthesizeHclAttributes()` and `xToHclTerraform(struct)`, every read-only attribute as a getter,
 * and its `index.d.ts` says which arguments are required and which are blocks. The packages are frozen, and so is the shape
 * of that text: regular expressions read it in milliseconds, without loading a module.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a block of Terraform's language describes. */
export type Kind = 'provider' | 'resource' | 'data';

/** An argument: something a configuration may set. */
export interface Argument {
  readonly name: string;
  readonly required: boolean;
  /** Written as a nested block; otherwise an attribute. */
  readonly block: boolean;
  readonly nesting: Nesting;
  /** What one element is: `string`, `numberList`, …, or the name of a structure. */
  readonly storage: string;
  /** The structure of its elements, when they have one. */
  readonly structure?: string;
  /** Takes several elements; a list of one structure that does not is limited to one. */
  readonly many: boolean;
  /** Stays in the output as null when not set, which the provider demands of the fields of a plain object. */
  readonly explicitNull: boolean;
}
export type Nesting = 'simple' | 'list' | 'set' | 'map' | 'struct';

/** An attribute that only the provider sets. */
export interface ReadOnlyAttribute {
  readonly name: string;
  readonly nesting: Nesting;
  readonly storage: string;
  readonly structure?: string;
}

/** A structure: the block type itself, or one nested in it. */
export interface Shape {
  readonly arguments: readonly Argument[];
  readonly readOnly: readonly ReadOnlyAttribute[];
}

/** One module of a provider package. */
export interface Binding {
  readonly root: Shape;
  readonly shapes: ReadonlyMap<string, Shape>;
}

/** The providers that the project has bindings of. */
export const PROVIDERS: readonly string[] = ['aws', 'kubernetes', 'helm'];

/** `aws_s3_bucket` is described by `@cdktf/provider-aws/lib/s3-bucket`; undefined when no provider has such a type. */
export function readBinding(kind: Kind, type: string): Binding | undefined {
  const provider = type.replace(/_.*/, '');
  if (!PROVIDERS.includes(provider)) return undefined;
  const folder = join(libraryOf(provider), moduleName(provider, kind, type));
  return existsSync(folder) ? parseBinding(read(folder, '.js'), read(folder, '.d.ts')) : undefined;
}

function moduleName(provider: string, kind: Kind, type: string): string {
  if (kind === 'provider') return 'provider';
  const name = type.replace(`${provider}_`, '').replaceAll('_', '-');
  return kind === 'data' ? `data-${provider}-${name}` : name;
}

function libraryOf(provider: string): string {
  return join(dirname(require.resolve(`@cdktf/provider-${provider}/package.json`)), 'lib');
}

/** Text of a module. Large ones keep their structures in a folder `index-structs`. */
function read(folder: string, extension: '.js' | '.d.ts'): string {
  const structures = join(folder, 'index-structs');
  const more = existsSync(structures) ? readdirSync(structures).map((file) => join(structures, file)) : [];
  return [...more, join(folder, `index${extension}`)]
    .filter((file) => file.endsWith(extension))
    .map((file) => readFileSync(file, 'utf8').replace(/^\/\/# sourceMappingURL=.*/m, ''))
    .join('\n');
}

const STRUCTURE_MAPPER = /^function (\w+)ToHclTerraform\(struct\) \{\n([\s\S]*?)\n\}$/gm;
const ROOT_MAPPER = /^ {4}synthesizeHclAttributes\(\) \{\n([\s\S]*?)\n {4}\}$/m;
const CLASS = /^class (\w+) extends cdktf\.(\w+) \{\n([\s\S]*?)\n\}$/gm;
const INTERFACE = /^export interface (\w+)(?: extends ([\w.]+))? \{\n([\s\S]*?)\n\}$/gm;

function parseBinding(js: string, declarations: string): Binding {
  const interfaces = [...declarations.matchAll(INTERFACE)].map(([, name = '', base, body = '']) => ({
    name,
    base,
    body,
  }));
  const classes = [...js.matchAll(CLASS)].map(([, name = '', base = '', body = '']) => ({ name, base, body }));
  const bodyOf = (name: string) => interfaces.find((it) => it.name === name)?.body ?? '';
  const readOnlyOf = (name: string) => classes.find((it) => it.name === `${name}OutputReference`)?.body ?? '';
  const shapes = [...js.matchAll(STRUCTURE_MAPPER)].map(([, mapper = '', body = '']): [string, Shape] => {
    const name = capitalized(mapper);
    return [name, shape(body, bodyOf(name), readOnlyOf(name))];
  });
  const config = interfaces.find(
    ({ name, base }) => base === 'cdktf.TerraformMetaArguments' || name.endsWith('ProviderConfig'),
  );
  const element = classes.find(({ base }) => /^Terraform(Resource|DataSource|Provider)$/.test(base));
  return {
    root: shape(ROOT_MAPPER.exec(js)?.[1] ?? '', config?.body ?? '', element?.body ?? ''),
    shapes: new Map(shapes),
  };
}

function shape(mapper: string, declaration: string, accessors: string): Shape {
  const args = argumentsOf(mapper, declaration);
  const known = new Set(args.map(({ name }) => name));
  return { arguments: args, readOnly: readOnlyAttributes(accessors).filter(({ name }) => !known.has(name)) };
}

const ARGUMENT = /^ +(\w+): \{\n +value: (.*),\n +isBlock: \w+,\n +type: "(\w+)",\n +storageClassType: "(\w+)"/gm;
const STRUCTURE_CALL = /(\w+)ToHclTerraform\)?(?:\(|, (?:true|false)\))/;

function argumentsOf(mapper: string, declaration: string): Argument[] {
  const declared = declaredProperties(declaration);
  return [...mapper.matchAll(ARGUMENT)].flatMap(([, name = '', value = '', nesting, storage = '']) => {
    const property = declared.get(name);
    if (property === undefined) return [];
    const structure = /^[A-Z]/.test(storage) ? STRUCTURE_CALL.exec(value)?.[1] : undefined;
    return [
      {
        name,
        required: property.required,
        block: property.block && structure !== undefined,
        nesting: nesting as Nesting,
        storage,
        ...(structure !== undefined && { structure: capitalized(structure) }),
        many: value.includes('MapperHcl('),
        explicitNull: value.includes('undefined ? null'),
      },
    ];
  });
}

const PROPERTY = /\/\*\*([\s\S]*?)\*\/\s+readonly \w+(\??):/g;
const DOCUMENTED_NAME = /#(\w+) \w+#\1\}/;

/**
 * Properties by the name of their argument, which their documentation links to; without `alias` of a provider, which
 * belongs to the language and not to the schema.
 */
function declaredProperties(declaration: string): Map<string, { required: boolean; block: boolean }> {
  return new Map(
    [...declaration.matchAll(PROPERTY)].flatMap(([, text = '', optional]) => {
      const name = DOCUMENTED_NAME.exec(text)?.[1];
      return name === undefined || text.includes('* Alias name\n')
        ? []
        : [[name, { required: optional === '', block: text.includes(`* ${name} block\n`) }]];
    }),
  );
}

const GETTER = /return (cdktf\.Fn\.tolist\()?this\.get(\w+)Attribute\('(\w+)'\)/g;
const PLAIN_MAP = /this\._\w+ = new cdktf\.(\w+)\(this, "(\w+)"\);/g;
const COMPLEX = /= new (?:index_structs_\d+\.)?(\w+?)(List|Map|OutputReference)\(this, "(\w+)"(?:, (true|false))?\);/g;

function readOnlyAttributes(accessors: string): ReadOnlyAttribute[] {
  return [
    ...[...accessors.matchAll(GETTER)].map(([, set, getter = '', name = '']): ReadOnlyAttribute => {
      const storage = getter === 'List' ? 'stringList' : uncapitalized(getter);
      return { name, nesting: set === undefined ? nestingOf(storage) : 'set', storage };
    }),
    ...[...accessors.matchAll(PLAIN_MAP)].map(([, storage = '', name = '']): ReadOnlyAttribute => ({
      name,
      nesting: 'map',
      storage: uncapitalized(storage),
    })),
    ...[...accessors.matchAll(COMPLEX)].map(([, structure = '', suffix, name = '', set]): ReadOnlyAttribute => ({
      name,
      nesting: suffix === 'OutputReference' ? 'struct' : suffix === 'Map' ? 'map' : set === 'true' ? 'set' : 'list',
      storage: structure,
      structure,
    })),
  ];
}

function nestingOf(storage: string): Nesting {
  if (storage.endsWith('List')) return 'list';
  return storage.endsWith('Map') ? 'map' : 'simple';
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const uncapitalized = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
