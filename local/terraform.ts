import { MissingToolError } from './missing-tool';
import { RunRegister, parseStateLock, type StateLock } from './state-lock';
import { parseEvent, type Changes, type PlannedChange, type Problem, type TerraformEvent } from './terraform-events';

/** S3 locking without a table and write-only arguments came with 1.11. */
const OLDEST_TERRAFORM: readonly [number, number] = [1, 11];

/** What a run of Terraform did. */
export interface TerraformRun {
  readonly changes: Changes;
  /** Outputs that are not sensitive. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** What Terraform would do. Where it would undo a change made outside of Terraform, that is among the changes. */
export interface TerraformPlan {
  /** False when Terraform has nothing to do (`-detailed-exitcode` 0). */
  readonly hasChanges: boolean;
  /** Resources that the plan would create, update, replace or delete. */
  readonly changes: readonly PlannedChange[];
}

/** How a run is watched and stopped. */
export interface RunOptions {
  readonly onEvent?: (event: TerraformEvent) => void;
  /** Interrupts the run: Terraform ends what is in flight and keeps the state. */
  readonly signal?: AbortSignal;
}

/** A run that failed, with everything that Terraform said about it. */
export class TerraformError extends Error {
  public override readonly name: string = 'TerraformError';

  public constructor(
    command: string,
    public readonly problems: readonly Problem[],
  ) {
    super([`terraform ${command} failed`, ...problems.map(describe)].join('\n'));
  }
}

/** A run that was asked to stop. Its state is kept: the next run goes on from there. */
export class InterruptedError extends Error {
  public override readonly name = 'InterruptedError';

  public constructor() {
    super('interrupted; what exists is in the state, and the next run goes on from there');
  }
}

interface Outcome {
  readonly exitCode: number | undefined;
  readonly interrupted: boolean;
  readonly events: readonly TerraformEvent[];
}

/**
 * The Terraform on the PATH.
 * @throws MissingToolError when there is none, or one that is too old
 */
export async function findTerraform(): Promise<string> {
  const { execa } = await import('execa');
  const { exitCode, stdout } = await execa('terraform', ['version', '-json'], { reject: false });
  const version = exitCode === 0 ? (JSON.parse(stdout) as { terraform_version: string }).terraform_version : undefined;
  if (version !== undefined && isNewEnough(version)) return 'terraform';
  const wanted = `${OLDEST_TERRAFORM.join('.')} or newer`;
  throw new MissingToolError(
    'Terraform',
    wanted,
    version ?? 'none',
    'https://developer.hashicorp.com/terraform/install',
  );
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST_TERRAFORM[0] || (major === OLDEST_TERRAFORM[0] && minor >= OLDEST_TERRAFORM[1]);
}

/** The Terraform command line, for stacks that are deployed into the emulator. */
export class Terraform {
  /** @param variables the whole environment of every run, see `terraformEnvironment` */
  public constructor(
    private readonly binary: string,
    private readonly variables: NodeJS.ProcessEnv,
  ) {}

  /** Connects a stack's folder to its backend and its providers; needed before everything else. */
  public async init(stack: string, backendConfig: readonly string[], options: RunOptions = {}): Promise<void> {
    const config = backendConfig.map((setting) => `-backend-config=${setting}`);
    await this.succeed(stack, ['init', '-json', '-reconfigure', ...config], options);
  }

  public async apply(stack: string, options: RunOptions = {}): Promise<TerraformRun> {
    return this.change(stack, ['apply', '-json', '-auto-approve', '-parallelism=20'], options);
  }

  public async destroy(stack: string, options: RunOptions = {}): Promise<TerraformRun> {
    return this.change(stack, ['destroy', '-json', '-auto-approve', '-parallelism=20'], options);
  }

  /** Plans without changing anything. */
  public async plan(stack: string, options: RunOptions = {}): Promise<TerraformPlan> {
    const { exitCode, events } = await this.succeed(stack, ['plan', '-json', '-detailed-exitcode'], options);
    const planned = events.filter((event) => event.type === 'planned');
    return { hasChanges: exitCode === 2, changes: planned.filter(({ action }) => action !== 'read') };
  }

  /**
   * Takes the mark away from resources whose creation was interrupted while the provider waited for them. They exist:
   * without this the next run would replace them, which a protected one refuses.
   */
  public async keepInterrupted(stack: string): Promise<void> {
    const state = JSON.parse((await this.read(stack, ['state', 'pull'])) || '{}') as State;
    for (const address of taintedAddresses(state)) await this.read(stack, ['untaint', address]);
  }

  /** Runs a command that changes resources, and tells what it did. */
  private async change(stack: string, args: readonly string[], options: RunOptions): Promise<TerraformRun> {
    const { events } = await this.succeed(stack, args, options);
    const summary = events.filter((event) => event.type === 'summary').at(-1);
    const outputs = events.filter((event) => event.type === 'outputs').at(-1);
    const { added = 0, changed = 0, destroyed = 0 } = summary ?? {};
    return { changes: { added, changed, destroyed }, outputs: outputs?.values ?? {} };
  }

  /** Runs a command; when only the lock of a killed run of ours is in the way, releases it and runs again. */
  private async succeed(stack: string, args: readonly string[], options: RunOptions): Promise<Outcome> {
    const outcome = await this.run(stack, args, options);
    const lock = lockInTheWay(outcome);
    if (lock === undefined || !new RunRegister(stack).hasLeftBehind(lock)) return checked(stack, args, outcome);
    await this.read(stack, ['force-unlock', '-force', lock.id]);
    new RunRegister(stack).clear();
    return checked(stack, args, await this.run(stack, args, options));
  }

  /**
   * Terraform runs in a session of its own: a Ctrl-C at the terminal reaches only us, and we pass it on once. (A second
   * one makes Terraform give up its state, and one that reaches the provider ends it before Terraform.)
   */
  private async run(stack: string, args: readonly string[], { onEvent, signal }: RunOptions): Promise<Outcome> {
    if (signal?.aborted === true) return { exitCode: undefined, interrupted: true, events: [] };
    const { execa } = await import('execa');
    const started = new Date();
    const child = execa(this.binary, args, {
      cwd: stack,
      env: this.variables,
      extendEnv: false,
      detached: true,
      reject: false,
      ...(signal === undefined ? {} : { cancelSignal: signal }),
      killSignal: 'SIGINT',
      forceKillAfterDelay: false,
    });
    const register = new RunRegister(stack);
    if (child.pid !== undefined) register.begin(child.pid, started);
    const events: TerraformEvent[] = [];
    for await (const line of child) {
      const event = parseEvent(line);
      if (event === undefined) continue;
      events.push(event);
      onEvent?.(event);
    }
    const { exitCode, isCanceled, stderr, originalMessage } = await child;
    if (child.pid !== undefined && exitCode !== undefined) register.end(child.pid);
    if (exitCode !== 0) events.push(...problemsOf(stderr, originalMessage));
    return { exitCode, interrupted: isCanceled, events };
  }

  /** The plain output of a command that changes no resource. */
  private async read(stack: string, args: readonly string[]): Promise<string> {
    const { execa } = await import('execa');
    const { stdout } = await execa(this.binary, args, { cwd: stack, env: this.variables, extendEnv: false });
    return stdout;
  }
}

/** What is told outside of the JSON lines: on the error channel, or by the system that could not start Terraform. */
function problemsOf(...texts: readonly (string | undefined)[]): readonly TerraformEvent[] {
  return texts
    .filter((text) => text !== undefined && text !== '')
    .map((text) => ({ type: 'problem', severity: 'error', summary: String(text).trim(), detail: '' }));
}

/** @throws InterruptedError or TerraformError; `plan -detailed-exitcode` ends with 2 when there is something to do */
function checked(stack: string, args: readonly string[], outcome: Outcome): Outcome {
  if (outcome.interrupted) throw new InterruptedError();
  if (outcome.exitCode === 0 || (args[0] === 'plan' && outcome.exitCode === 2)) return outcome;
  throw new TerraformError(args[0] ?? '', [...errorsOf(outcome), ...otherRuns(stack, outcome)]);
}

function errorsOf({ events }: Outcome): readonly Problem[] {
  return events.filter((event) => event.type === 'problem').filter(({ severity }) => severity === 'error');
}

function otherRuns(stack: string, outcome: Outcome): readonly Problem[] {
  const holders = new RunRegister(stack).alive();
  if (lockInTheWay(outcome) === undefined || holders.length === 0) return [];
  const summary = `another run of ours holds the lock (Terraform's process ${holders.join(', ')})`;
  return [{ severity: 'error', summary, detail: 'wait until it has ended, then run again' }];
}

function lockInTheWay(outcome: Outcome): StateLock | undefined {
  return errorsOf(outcome)
    .filter(({ summary }) => summary === 'Error acquiring the state lock')
    .map(({ detail }) => parseStateLock(detail))
    .find((lock) => lock !== undefined);
}

/** The few fields of a state file that are read here. */
interface State {
  readonly resources?: readonly {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly status?: string }[];
  }[];
}

function taintedAddresses({ resources = [] }: State): readonly string[] {
  return resources
    .filter(({ instances }) => instances.some(({ status }) => status === 'tainted'))
    .map(({ type, name }) => `${type}.${name}`);
}

function describe({ address, summary, detail }: Problem): string {
  const where = address === undefined ? '' : `${address}: `;
  return `  - ${where}${[summary, detail].filter((text) => text !== '').join('\n    ')}`;
}
