import type { EnvironmentConfig } from '../../../stacks';
import { findEnvironment } from '../../../stacks/environments';
import { synthesize } from '../../../stacks/synthesize';
import { deploy, destroy, plan, prepareStacks, type PreparedStack, type StackResult } from '../../../local/deployment';
import type { ResourceChange } from '../../../local/terraform';
import type { EmulatedWorkspace } from './emulated-workspace';
import { callS3 } from './s3';

/** A change that operators make to an environment that runs. */
export interface DayTwoChange {
  /** As the test's name says it: `Kubernetes goes to the next minor version`. */
  readonly name: string;
  readonly edit: (config: EnvironmentConfig) => EnvironmentConfig;
  /** Types of resources that the change must update in place. */
  readonly updates: readonly string[];
}

/** An environment, and what changes in it on its second day. */
export interface LifeOf {
  readonly environment: string;
  readonly changes: readonly DayTwoChange[];
}

/**
 * An environment from its first deployment to its end, one stage after the other. Each stage is a promise, so that the
 * lives of several environments go on side by side while tests look at one stage after the other.
 */
export interface Life {
  /** Everything, into an empty account. */
  readonly deployed: Promise<readonly StackResult[]>;
  /** What Terraform would change right after: nothing. */
  readonly secondPlan: Promise<readonly ResourceChange[]>;
  /** What it would change after somebody has opened the lake to the public: close it. */
  readonly driftPlan: Promise<readonly ResourceChange[]>;
  /** What it would change after all edits of the second day (and the drift). */
  readonly dayTwoPlan: Promise<readonly ResourceChange[]>;
  /** What it would change once they are deployed: nothing. */
  readonly settledPlan: Promise<readonly ResourceChange[]>;
  /** Whether the data could be destroyed as the environment is defined: the error, or nothing when it could. */
  readonly protection: Promise<string | undefined>;
  /** Everything gone, after the edits that allow it. */
  readonly destroyed: Promise<readonly StackResult[]>;
}

/** Begins an environment's life. */
export function live(emulated: EmulatedWorkspace, { environment, changes }: LifeOf): Life {
  const account = new Account(emulated, environment);
  const firstDay = findEnvironment(environment);
  const secondDay = changes.reduce((config, { edit }) => edit(config), firstDay);
  const lastDay = { ...secondDay, retainData: false, dataLossAccepted: environment };

  const deployed = stage(() => account.deploy(firstDay));
  const secondPlan = stage(() => account.plan(firstDay), deployed);
  const driftPlan = stage(() => account.planAfterDrift(firstDay), secondPlan);
  const dayTwoPlan = stage(() => account.plan(secondDay), driftPlan);
  const changed = stage(() => account.deploy(secondDay), dayTwoPlan);
  const settledPlan = stage(() => account.plan(secondDay), changed);
  const protection = stage(() => account.tryToDestroyData(secondDay), settledPlan);
  const unprotected = stage(() => account.deploy(lastDay), protection);
  const destroyed = stage(() => account.destroy(lastDay), unprotected);
  return { deployed, secondPlan, driftPlan, dayTwoPlan, settledPlan, protection, destroyed };
}

/** Begins when the stage before is through; one that is never looked at must not end the process when it fails. */
function stage<T>(work: () => Promise<T>, before: Promise<unknown> = Promise.resolve()): Promise<T> {
  const result = before.then(work, (error: unknown) => {
    throw new Error('not reached: an earlier stage failed', { cause: error });
  });
  result.catch(() => undefined);
  return result;
}

/** What can be done with an environment in the emulator. */
class Account {
  public constructor(
    private readonly emulated: EmulatedWorkspace,
    private readonly environment: string,
  ) {}

  public async deploy(config: EnvironmentConfig): Promise<readonly StackResult[]> {
    return Promise.all(deploy(this.emulated.terraform, this.stacks(config)).values());
  }

  public async plan(config: EnvironmentConfig): Promise<readonly ResourceChange[]> {
    return this.planStacks(this.stacks(config));
  }

  public async planAfterDrift(config: EnvironmentConfig): Promise<readonly ResourceChange[]> {
    const lake = `${config.organization}-${this.environment}-lake`;
    await callS3(this.emulated.emulator, 'DELETE', `${lake}?publicAccessBlock`);
    return this.planStacks(this.stacks(config).filter(isData));
  }

  /** Its error, or nothing when Terraform would do it: for data that is not protected, it is not tried. */
  public async tryToDestroyData(config: EnvironmentConfig): Promise<string | undefined> {
    if (config.retainData === false) return undefined;
    const [result] = destroy(this.emulated.terraform, this.stacks(config).filter(isData)).values();
    return result?.then(
      () => undefined,
      (error: unknown) => String(error),
    );
  }

  public async destroy(config: EnvironmentConfig): Promise<readonly StackResult[]> {
    return Promise.all(destroy(this.emulated.terraform, this.stacks(config)).values());
  }

  private async planStacks(stacks: readonly PreparedStack[]): Promise<readonly ResourceChange[]> {
    const plans = await Promise.all(stacks.map((stack) => plan(this.emulated.terraform, stack)));
    return plans.flatMap(({ changes }) => changes);
  }

  private stacks(config: EnvironmentConfig): readonly PreparedStack[] {
    const { workspace } = this.emulated;
    synthesize(this.environment, config, workspace.synthesized(this.environment));
    return prepareStacks(workspace, this.environment);
  }
}

function isData({ id }: PreparedStack): boolean {
  return id.endsWith('-data');
}
