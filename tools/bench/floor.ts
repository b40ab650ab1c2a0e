/**
 * Writes the program that somebody would write by hand to make the same stacks without this library: plain JavaScript,
 * one `new` for each resource, references as attributes of constructs. It is the floor that the library is measured from.
 */
import { type BindingModule, type Kind, type Properties, readModule } from './binding-module';
import { References } from './references';
import { type Element, type Fields, type StackJson, outputsOf } from './stack-json';

/** The program, for `node`; it writes to the folder that `CDKTF_OUTDIR` names. */
export function floorProgram(stacks: Readonly<Record<string, StackJson>>): string {
  const writer = new FloorWriter(new References(stacks));
  const statements = [
    ...Object.entries(stacks).flatMap(([id, json]) => writer.stack(id, json)),
    ...Object.entries(stacks).flatMap(([id, json]) => writer.content(id, json)),
  ];
  return [
    `const { App, Fn, LocalBackend, S3Backend, TerraformLocal, TerraformOutput, TerraformStack, Token } = require('cdktf');`,
    ...writer.imports(),
    'const app = new App({ stackTraces: false });',
    'const stacks = {};',
    'const made = {};',
    ...statements,
    'app.synth();',
    '',
  ].join('\n');
}

class FloorWriter {
  private readonly used = new Map<string, BindingModule>();
  private readonly written = new Set<Element>();

  public constructor(private readonly references: References) {}

  /** Of what has been written so far. */
  public imports(): string[] {
    return [...this.used.values()].map(({ className, path }) => `const { ${className} } = require('${path}');`);
  }

  public stack(id: string, { terraform, ephemeral = {} }: StackJson): string[] {
    return [
      `${nameOf(id)} = new TerraformStack(app, ${quoted(id)});`,
      ...backend(id, terraform.backend),
      override(id, 'terraform.required_version', terraform['required_version']),
      ...Object.entries(ephemeral).flatMap(([type, blocks]) =>
        Object.entries(blocks).map(([name, args]) => override(id, `ephemeral.${type}.${name}`, args)),
      ),
    ];
  }

  public content(id: string, json: StackJson): string[] {
    return [
      ...Object.entries(json.provider).flatMap(([name, blocks]) =>
        blocks.flatMap((block) => this.provider(id, name, block)),
      ),
      ...this.references.elements(id).flatMap((it) => this.element(it)),
      ...outputsOf(json).map(([name, fields]) => {
        const members = Object.entries(fields).map(([key, value]) => `${key}: ${this.value(id, value)}`);
        return `new TerraformOutput(${nameOf(id)}, ${quoted(name)}, { ${members.join(', ')} });`;
      }),
    ];
  }

  /** A provider, after what its configuration refers to: a cluster's address. */
  private provider(stack: string, name: string, block: Fields): string[] {
    const module = this.use('provider', name);
    const config = this.object(stack, block, module, module.root);
    return [
      ...this.references.within(stack, block).flatMap((it) => this.element(it)),
      `new ${module.className}(${nameOf(stack)}, '${name}', ${config});`,
    ];
  }

  /** An element, after those that it refers to. */
  private element(element: Element): string[] {
    if (this.written.has(element)) return [];
    this.written.add(element);
    const { stack, kind, type, id, args } = element;
    if (kind === 'local') {
      return [
        `${variableOf(element)} = new TerraformLocal(${nameOf(stack)}, ${quoted(id)}, ${JSON.stringify(args['expression'])});`,
      ];
    }
    const module = this.use(kind, type);
    const config = this.object(stack, args, module, module.root);
    return [
      ...this.references.within(stack, args).flatMap((it) => this.element(it)),
      `${variableOf(element)} = new ${module.className}(${nameOf(stack)}, ${quoted(id)}, ${config});`,
    ];
  }

  private object(stack: string, fields: Fields, module: BindingModule, properties: Properties): string {
    const members = Object.entries(fields)
      .filter(([, value]) => value !== null)
      .map(([argument, value]) => {
        const property = properties.get(argument);
        if (property === undefined) throw new Error(`${module.path} has no argument ${argument}`);
        if (argument === 'depends_on') return `dependsOn: ${this.dependencies(stack, value as string[])}`;
        const structure = module.structures.get(property.structure ?? '');
        return `${property.name}: ${this.value(stack, value, structure && { module, structure })}`;
      });
    return `{ ${members.join(', ')} }`;
  }

  private value(stack: string, value: unknown, of?: { module: BindingModule; structure: Properties }): string {
    if (typeof value === 'string') return this.text(stack, value);
    if (Array.isArray(value)) return `[${value.map((it: unknown) => this.value(stack, it, of)).join(', ')}]`;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    if (of) return this.object(stack, value as Fields, of.module, of.structure);
    const members = Object.entries(value).map(([key, it]) => `${quoted(key)}: ${this.value(stack, it)}`);
    return `{ ${members.join(', ')} }`;
  }

  private text(stack: string, text: string): string {
    const parts = this.references
      .split(stack, text)
      .map((part) =>
        typeof part === 'string' ? this.literal(stack, part) : `Token.asString(${variableOf(part.to)}.${part.getter})`,
      );
    return parts.length === 0 ? `''` : parts.join(' + ');
  }

  /** Text, or the one function that is used on attributes of other stacks. */
  private literal(stack: string, text: string): string {
    const [, argument] = /^\$\{base64decode\((.+)\)\}$/.exec(text) ?? [];
    return argument === undefined ? quoted(text) : `Fn.base64decode(${this.text(stack, `\${${argument}}`)})`;
  }

  private dependencies(stack: string, addresses: readonly string[]): string {
    const elements = addresses.map((address) => this.references.element(stack, address));
    return `[${elements.flatMap((it) => (it === undefined ? [] : [variableOf(it)])).join(', ')}]`;
  }

  private use(kind: Kind, type: string): BindingModule {
    const module = readModule(kind, type);
    this.used.set(module.path, module);
    return module;
  }
}

const quoted = (text: string) => JSON.stringify(text);
const nameOf = (stack: string) => `stacks[${quoted(stack)}]`;
const variableOf = ({ stack, address }: Element) => `made[${quoted(`${stack}/${address}`)}]`;

function override(stack: string, path: string, value: unknown): string {
  return `${nameOf(stack)}.addOverride(${quoted(path)}, ${JSON.stringify(value)});`;
}

function backend(stack: string, { s3, local }: StackJson['terraform']['backend']): string[] {
  if (s3 === undefined) return [`new LocalBackend(${nameOf(stack)}, ${JSON.stringify(local)});`];
  const { use_lockfile, ...options } = s3;
  const made = `new S3Backend(${nameOf(stack)}, ${JSON.stringify(options)})`;
  return [`${made}.addOverride('use_lockfile', ${JSON.stringify(use_lockfile)});`];
}
