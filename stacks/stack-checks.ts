import { TerraformElement, type TerraformStack } from 'cdktf';
import { type Violation, show } from '../lib/core';

/**
 * What the engine lets pass and Terraform refuses, or worse, takes for something else. Each check names the construct
 * or the address, so that the mistake is found where it was made.
 */

/** Checks that look at the constructs of a stack, before it is rendered. */
export function constructViolations(stack: TerraformStack): readonly Violation[] {
  return [...duplicateAddresses(stack), ...silentDependencies(stack)];
}

/** Checks that look at a stack as it will be written. */
export function documentViolations(document: object): readonly Violation[] {
  return textsOf(document, []).flatMap((text) => [
    ...strayTemplates(text),
    ...brokenTokens(text),
    ...addressesAsText(text),
    ...secretOutputs(text),
  ]);
}

/**
 * Two constructs whose paths join to the same name (`a.b` and `ab`) become one resource: the last attributes win.
 * @see https://developer.hashicorp.com/terraform/cdktf/concepts/resources
 */
function duplicateAddresses(stack: TerraformStack): readonly Violation[] {
  const pathsByAddress = new Map<string, string[]>();
  for (const element of stack.node.findAll().filter((node) => TerraformElement.isTerraformElement(node))) {
    const address = addressOf(element);
    if (address !== undefined) pathsByAddress.set(address, [...(pathsByAddress.get(address) ?? []), element.node.path]);
  }
  return [...pathsByAddress].filter(([, paths]) => paths.length > 1).map(duplicate);
}

function addressOf(element: TerraformElement): string | undefined {
  const { terraformResourceType: type } = element as { terraformResourceType?: unknown };
  return typeof type === 'string' ? `${type}.${element.friendlyUniqueId}` : undefined;
}

function duplicate([address, paths]: [string, string[]]): Violation {
  return {
    path: address,
    got: paths.join(' and '),
    allowed: 'one construct for each address',
    fix: 'give one of them another id: ids differ for Terraform only in letters, digits, - and _',
  };
}

/** `node.addDependency` orders nothing in this engine; only references and `dependsOn` of a resource do. */
function silentDependencies(stack: TerraformStack): readonly Violation[] {
  return stack.node
    .findAll()
    .filter((construct) => construct !== stack && construct.node.dependencies.length > 0)
    .map((construct) => ({
      path: construct.node.path,
      got: `node.addDependency(${construct.node.dependencies.map(({ node }) => node.path).join(', ')})`,
      allowed: 'dependsOn of a resource, which Terraform obeys',
      fix: 'pass dependsOn: [resource] where the resource is created',
    }));
}

interface Text {
  readonly path: readonly string[];
  readonly value: string;
}

/** Every text of a document, the keys of its maps among them: Terraform reads templates there, too. */
function textsOf(value: unknown, path: readonly string[]): readonly Text[] {
  if (typeof value === 'string') return [{ path, value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === '//' ? [] : [{ path, value: key }, ...textsOf(child, [...path, key])],
  );
}

/** Opens what Terraform calls an expression: a function, a parenthesis, a literal, or a reference to something it knows. */
const EXPRESSION =
  /^\s*([([{"!~-]|\d|true\b|false\b|null\b|[a-z][a-z0-9_]*(::[a-z0-9_:]+)?\(|(data|ephemeral|module|var|local|each|count|self|path|terraform|provider)\.|[a-z][a-z0-9]*_[a-z0-9_]*[.[])/;

function strayTemplates({ path, value }: Text): readonly Violation[] {
  const stray = [...value.matchAll(/(?<![$%])(?:\$\$|%%)*([$%])\{([^}]*)/g)].filter(
    ([, sign, inside]) => sign === '%' || !EXPRESSION.test(inside ?? ''),
  );
  return stray.slice(0, 1).map(([, sign, inside]) => ({
    path: path.join('.'),
    got: `${sign ?? ''}{${inside ?? ''}}`,
    allowed: 'text that Terraform does not take for an expression of its own',
    fix: 'pass the text through escapeTerraform()',
  }));
}

/** What is left of a number token after arithmetic or after a `-`, or of any token after string surgery. */
function brokenTokens({ path, value }: Text): readonly Violation[] {
  const [found] = /TfToken\[[^\]]*|-?\d(?:\.\d+)?e\+2\d\d/i.exec(value) ?? [];
  if (found === undefined) return [];
  return [
    {
      path: path.join('.'),
      got: found,
      allowed: 'a value that is only known when Terraform runs, whole and unchanged',
      fix: 'write numbers as literals or through Token.asString(), and never cut, change case of or calculate with such a value',
    },
  ];
}

/** Outputs' `dependsOn` and `replaceTriggeredBy` come out as `${type.name}` where Terraform wants the bare address. */
function addressesAsText({ path, value }: Text): readonly Violation[] {
  const list = path.find((key) => key === 'depends_on' || key === 'replace_triggered_by');
  if (list === undefined || !value.startsWith('${')) return [];
  return [
    {
      path: path.join('.'),
      got: show(value),
      allowed: 'the bare address of a resource',
      fix: 'use dependable(resource) of cdktf: replaceTriggeredBy: [dependable(resource)], or addOverride for an output',
    },
  ];
}

/** What one stack tells another stands unmarked in the other's plan and state. */
function secretOutputs({ path, value }: Text): readonly Violation[] {
  const secret = /\.(password|master_password|secret_string|auth_token|private_key)\b/.exec(value);
  if (path[0] !== 'output' || secret === null) return [];
  return [
    {
      path: path.slice(0, 2).join('.'),
      got: show(value),
      allowed: 'outputs that are no secret',
      fix: 'hand on a SecretRef (where the secret is) instead of its value',
    },
  ];
}
