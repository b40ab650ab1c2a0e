import { type Violation, refuse } from '../core';

/** One statement of an IAM policy that allows something. */
export interface PolicyStatement {
  /** IAM actions: `s3:GetObject`. */
  readonly actions: readonly string[];
  /** ARNs. */
  readonly resources: readonly string[];
  /** IAM conditions: operator → key → values. @default - unconditional */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  /** Why the statement cannot name its actions or resources; required when one of them is `*`. */
  readonly reason?: string;
}

/** Somebody that permissions can be given to: a workload's role, or anything that passes them on to one. */
export interface IGrantable {
  /** The same statement given twice counts once. */
  addStatement(statement: PolicyStatement): void;
}

/**
 * An IAM policy document that allows the statements.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function policyDocument(statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements.map(toIam) });
}

function toIam({ actions, resources, conditions }: PolicyStatement): object {
  return {
    Effect: 'Allow',
    Action: actions,
    Resource: resources,
    ...(conditions === undefined ? {} : { Condition: conditions }),
  };
}

/** A growing list of statements, each once, each with a reason where it says `*`. */
export class Statements {
  private readonly byText = new Map<string, PolicyStatement>();

  public constructor(private readonly where: string) {}

  /** @throws ConfigError when an action or resource is `*` and no reason is written */
  public add(statement: PolicyStatement): void {
    refuse(this.where, wildcardViolations(statement));
    this.byText.set(JSON.stringify(toIam(statement)), statement);
  }

  public get all(): readonly PolicyStatement[] {
    return [...this.byText.values()];
  }
}

function wildcardViolations({ actions, resources, reason }: PolicyStatement): readonly Violation[] {
  const wild = [...actions, ...resources].filter((name) => name === '*' || name.endsWith(':*'));
  if (wild.length === 0 || reason !== undefined) return [];
  return [
    {
      path: 'statement',
      got: [...actions, ...resources].join(', '),
      allowed: 'named actions on named resources',
      fix: "name them, or write a 'reason' why that is not possible",
    },
  ];
}
