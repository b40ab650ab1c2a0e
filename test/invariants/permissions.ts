/** Who may do what: nobody everything, and on everything only for a written reason. */
import { dataSources, resources, type TerraformJson } from '../support/synth';
import { textsOf, type Finding, type Invariant } from './document';

interface Statement {
  readonly where: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Keys that the statement is limited by. */
  readonly conditions: readonly string[];
}

/** No statement that allows something says `*`, and every policy can be read. */
export const noWildcardPermission: Invariant = (stack) => {
  const { statements, unreadable } = policiesOf(stack);
  return [
    ...unreadable.map((where) => `${where}: is a policy that cannot be read`),
    ...statements.filter(({ effect }) => effect === 'Allow').flatMap(wildcards),
  ];
};

function wildcards({ where, actions, resources: targets, conditions }: Statement): Finding[] {
  const limit = conditions.length === 0 ? '' : ` limited by ${conditions.join(', ')}`;
  return [
    ...actions
      .filter((action) => action === '*' || action.endsWith(':*'))
      .map((action) => `${where}: allows ${action}${limit}`),
    ...targets.filter((target) => target === '*').map(() => `${where}: allows ${actions.join(', ')} on *${limit}`),
  ];
}

function policiesOf(stack: TerraformJson): { statements: Statement[]; unreadable: string[] } {
  const documents = resources(stack).flatMap(({ address, args }) =>
    textsOf(args)
      .filter(({ text }) => text.includes('"Statement"') || /\bStatement\b["\s]*=/.test(text))
      .map(({ path, text }) => ({ where: `${address} ${path}`, json: parsed(text) })),
  );
  return {
    statements: [
      ...documents.flatMap(({ where, json }) => fieldsOf(json?.Statement).map((it) => jsonStatement(where, it))),
      ...dataSources(stack, 'aws_iam_policy_document').flatMap(({ address, args }) =>
        fieldsOf(args['statement']).map((it) => blockStatement(address, it)),
      ),
    ],
    unreadable: documents.filter(({ json }) => json === undefined).map(({ where }) => where),
  };
}

interface PolicyJson {
  readonly Statement?: unknown;
}
type Fields = Readonly<Record<string, unknown>>;

function parsed(text: string): PolicyJson | undefined {
  try {
    return JSON.parse(text) as PolicyJson;
  } catch {
    return undefined;
  }
}

/** `NotAction` and `NotResource` allow everything but a list, which is as wide as `*`. */
function jsonStatement(where: string, it: Fields): Statement {
  return {
    where: typeof it['Sid'] === 'string' ? `${where} ${it['Sid']}` : where,
    effect: String(it['Effect']),
    actions: 'NotAction' in it ? ['*'] : namesOf(it['Action']),
    resources: 'NotResource' in it ? ['*'] : namesOf(it['Resource']),
    conditions: Object.values(it['Condition'] ?? {}).flatMap((keys: object) => Object.keys(keys)),
  };
}

function blockStatement(where: string, it: Fields): Statement {
  return {
    where: typeof it['sid'] === 'string' ? `${where} ${it['sid']}` : where,
    effect: typeof it['effect'] === 'string' ? it['effect'] : 'Allow',
    actions: 'not_actions' in it ? ['*'] : namesOf(it['actions']),
    resources: 'not_resources' in it ? ['*'] : namesOf(it['resources']),
    conditions: fieldsOf(it['condition']).map(({ variable }) => String(variable)),
  };
}

const namesOf = (value: unknown) => listOf(value).map(String);

function fieldsOf(value: unknown): Fields[] {
  return listOf(value).filter((it): it is Fields => typeof it === 'object' && it !== null);
}

function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
