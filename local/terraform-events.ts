/** What Terraform tells while it runs, as far as somebody here listens. */
export type TerraformEvent =
  | ({ readonly type: 'planned' } & PlannedChange)
  | { readonly type: 'started' | 'finished' | 'failed'; readonly address: string; readonly action: string }
  | ({ readonly type: 'summary'; readonly operation: string } & Changes)
  | { readonly type: 'outputs'; readonly values: Readonly<Record<string, unknown>> }
  | ({ readonly type: 'problem' } & Problem);

/** What a plan says of a resource that it would touch. */
export interface PlannedChange {
  readonly address: string;
  /** As `aws_s3_bucket`. */
  readonly resourceType: string;
  /** `create`, `update`, `replace`, `delete`; `read` for data that is only known when the plan is carried out. */
  readonly action: string;
}

/** How many resources a run adds, changes in place and destroys; a replaced one counts as added and destroyed. */
export interface Changes {
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
}

/** An error or a warning of Terraform or a provider. */
export interface Problem {
  readonly severity: string;
  readonly summary: string;
  readonly detail: string;
  /** The resource it is about. */
  readonly address?: string;
}

/** The lines of `terraform … -json` that become events; the other fields of a line are of no use here. */
interface Line {
  readonly type?: string;
  readonly change?: {
    readonly resource: { readonly addr: string; readonly resource_type: string };
    readonly action: string;
  };
  readonly hook?: { readonly resource: { readonly addr: string }; readonly action: string };
  readonly changes?: {
    readonly add: number;
    readonly change: number;
    readonly remove: number;
    readonly operation: string;
  };
  readonly outputs?: Readonly<Record<string, { readonly value?: unknown }>>;
  readonly diagnostic?: Problem;
}

const HOOKS = { apply_start: 'started', apply_complete: 'finished', apply_errored: 'failed' } as const;

/**
 * The event that a line of output tells of.
 * @returns nothing for a line that tells nothing new, such as `Still creating`, or that is no JSON
 * @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui
 */
export function parseEvent(text: string): TerraformEvent | undefined {
  const line = parseLine(text);
  const hook = HOOKS[line.type as keyof typeof HOOKS] as (typeof HOOKS)[keyof typeof HOOKS] | undefined;
  if (hook !== undefined && line.hook !== undefined) {
    return { type: hook, address: line.hook.resource.addr, action: line.hook.action };
  }
  if (line.type === 'planned_change' && line.change !== undefined) {
    const { addr: address, resource_type: resourceType } = line.change.resource;
    return { type: 'planned', address, resourceType, action: line.change.action };
  }
  if (line.changes !== undefined) {
    const { add: added, change: changed, remove: destroyed, operation } = line.changes;
    return { type: 'summary', operation, added, changed, destroyed };
  }
  if (line.outputs !== undefined) return { type: 'outputs', values: plainOutputs(line.outputs) };
  if (line.diagnostic !== undefined) return { type: 'problem', ...line.diagnostic };
  return undefined;
}

function parseLine(text: string): Line {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return {};
  }
}

/** Outputs that have a value in the event: Terraform leaves out the sensitive ones. */
function plainOutputs(outputs: NonNullable<Line['outputs']>): Readonly<Record<string, unknown>> {
  const known = Object.entries(outputs).filter(([, { value }]) => value !== undefined);
  return Object.fromEntries(known.map(([name, { value }]) => [name, value]));
}
