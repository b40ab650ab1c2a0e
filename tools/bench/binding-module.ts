import { readFileSync } from 'node:fs';

/** How the bindings call what Terraform calls `prevent_destroy`, and what is inside of it. */
export interface Property {
  readonly name: string;
  /** The structure of its value; without one, names inside are data: keys of tags, for example. */
  readonly structure?: string;
}

/** Properties by the name of their argument. */
export type Properties = ReadonlyMap<string, Property>;

export type Kind = 'provider' | 'resource' | 'data';

/** A module of a prebuilt provider package: one class, and the structures of its arguments. */
export interface BindingModule {
  readonly path: string;
  readonly className: string;
  readonly root: Properties;
  readonly structures: ReadonlyMap<string, Properties>;
  /** Getters of attributes that are one text or number, by the attribute's name. */
  readonly getters: ReadonlyMap<string, string>;
  /** Names of attributes that are one structure, not a list of them. */
  readonly single: ReadonlySet<string>;
}

const CLASS = /^class (\w+) extends cdktf\.Terraform(?:Resource|DataSource|Provider) \{\n([\s\S]*?)\n\}$/m;
const ROOT = /^ {4}synthesizeAttributes\(\) \{\n([\s\S]*?)\n {4}\}$/m;
const STRUCTURE = /^function (\w+)ToTerraform\(struct\) \{\n([\s\S]*?)\n\}$/gm;
const ENTRY = /^ +(\w+): (.*\b(?:this\._|struct\.)(\w+).*),$/gm;
const SINGLE = /^ {8}this\._(\w+) = new \w+OutputReference\(/gm;
const GETTER = /^ {4}get (\w+)\(\) \{\n +return this\.get(?:String|Number)Attribute\('(\w+)'\);$/gm;

/** What every resource may have besides the arguments of its own. */
const META_ARGUMENTS: Properties = new Map([
  ['depends_on', { name: 'dependsOn' }],
  ['lifecycle', { name: 'lifecycle', structure: 'lifecycle' }],
]);
const LIFECYCLE: Properties = new Map([
  ['create_before_destroy', { name: 'createBeforeDestroy' }],
  ['ignore_changes', { name: 'ignoreChanges' }],
  ['prevent_destroy', { name: 'preventDestroy' }],
  ['replace_triggered_by', { name: 'replaceTriggeredBy' }],
]);

const modules = new Map<string, BindingModule>();

/** The module of a block type: `aws_s3_bucket` is in `@cdktf/provider-aws/lib/s3-bucket`. Each is read once. */
export function readModule(kind: Kind, type: string): BindingModule {
  const path = modulePath(kind, type);
  const module = modules.get(path) ?? parseModule(path, readFileSync(require.resolve(path), 'utf8'));
  modules.set(path, module);
  return module;
}

function parseModule(path: string, source: string): BindingModule {
  const [, className = '', body = ''] = CLASS.exec(source) ?? [];
  return {
    path,
    className,
    root: new Map([...propertiesOf(ROOT.exec(body)?.[1] ?? ''), ...META_ARGUMENTS]),
    structures: new Map([
      ['lifecycle', LIFECYCLE],
      ...[...source.matchAll(STRUCTURE)].map(([, name = '', text = '']) => [name, propertiesOf(text)] as const),
    ]),
    getters: new Map([...body.matchAll(GETTER)].map(([, getter = '', attribute = '']) => [attribute, getter])),
    single: new Set([...body.matchAll(SINGLE)].map(([, name = '']) => name)),
  };
}

function modulePath(kind: Kind, type: string): string {
  const [provider = '', ...words] = type.split('_');
  const folder = kind === 'provider' ? 'provider' : words.join('-');
  return `@cdktf/provider-${provider}/lib/${kind === 'data' ? `data-${provider}-` : ''}${folder}`;
}

function propertiesOf(text: string): Properties {
  return new Map(
    [...text.matchAll(ENTRY)].map(([, argument = '', expression = '', name = '']): [string, Property] => {
      const [, structure] = /(?<!cdktf\.)\b(\w+)ToTerraform\b/.exec(expression) ?? [];
      return [argument, { name, ...(structure !== undefined && { structure }) }];
    }),
  );
}
