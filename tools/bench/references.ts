import { readModule } from './binding-module';
import { type Element, type StackJson, elementsOf } from './stack-json';

/** An attribute of an element that the bindings have a getter for. */
export interface Reference {
  readonly to: Element;
  readonly getter: string;
}

/** `${aws_vpc.Network.id}`, `${aws_db_instance.MySql.master_user_secret[0].secret_arn}` */
const ATTRIBUTE = /^\$\{((?:data\.)?\w+\.[\w-]+)\.(\w+)(?:\[0\]\.(\w+))?\}$/;
/** `${local.Servers}` */
const LOCAL = /^\$\{(local\.[\w-]+)\}$/;
/** What the engine makes of the use of a construct of another stack. */
const OTHER_STACK = /^\$\{data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.([\w-]+)\}$/;

/** Finds the elements that texts of some stacks refer to. */
export class References {
  private readonly byStack: ReadonlyMap<string, ReadonlyMap<string, Element>>;

  public constructor(private readonly stacks: Readonly<Record<string, StackJson>>) {
    const byAddress = ([id, json]: [string, StackJson]) =>
      [id, new Map(elementsOf(id, json).map((it) => [it.address, it]))] as const;
    this.byStack = new Map(Object.entries(stacks).map(byAddress));
  }

  /** Everything in a stack, in the order of its file. */
  public elements(stack: string): Element[] {
    return [...(this.byStack.get(stack)?.values() ?? [])];
  }

  /** An entry of `depends_on`. */
  public element(stack: string, address: string): Element | undefined {
    return this.byStack.get(stack)?.get(address);
  }

  /** The parts of a text; an expression that is more than an attribute stays text. */
  public split(stack: string, text: string): (string | Reference)[] {
    return templateParts(text).map((part) => this.attribute(stack, part) ?? this.attributeOfOtherStack(part) ?? part);
  }

  /** Every element that a value refers to, at any depth. */
  public within(stack: string, value: unknown): Element[] {
    if (typeof value === 'object' && value !== null)
      return Object.values(value).flatMap((it) => this.within(stack, it));
    if (typeof value !== 'string') return [];
    const dependency = this.element(stack, value);
    if (dependency !== undefined) return [dependency];
    return this.split(stack, value).flatMap((part) => (typeof part === 'string' ? [] : [part.to]));
  }

  private attribute(stack: string, text: string): Reference | undefined {
    const local = this.element(stack, LOCAL.exec(text)?.[1] ?? '');
    if (local !== undefined) return { to: local, getter: 'asString' };
    const [, address = '', attribute = '', member] = ATTRIBUTE.exec(text) ?? [];
    const to = this.element(stack, address);
    if (to === undefined || to.kind === 'local') return undefined;
    if (member !== undefined) {
      const structure = camelCase(attribute);
      const { single } = readModule(to.kind, to.type);
      return { to, getter: `${structure}${single.has(structure) ? '' : '.get(0)'}.${camelCase(member)}` };
    }
    const getter = readModule(to.kind, to.type).getters.get(attribute);
    return getter === undefined ? undefined : { to, getter };
  }

  private attributeOfOtherStack(text: string): Reference | undefined {
    const [, stack = '', output = ''] = OTHER_STACK.exec(text) ?? [];
    const value = this.stacks[stack]?.output?.[output]?.['value'];
    return typeof value === 'string' ? this.attribute(stack, value) : undefined;
  }
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Cuts a text before and after each outermost `${…}`. */
function templateParts(text: string): string[] {
  const start = text.indexOf('${');
  if (start < 0) return text === '' ? [] : [text];
  const end = closingBrace(text, start + 2) + 1;
  return [text.slice(0, start), text.slice(start, end), ...templateParts(text.slice(end))].filter(
    (part) => part !== '',
  );
}

function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let index = from; index < text.length; index++) {
    if (text[index] === '{') depth++;
    if (text[index] === '}') depth--;
    if (depth === 0) return index;
  }
  return text.length - 1;
}
