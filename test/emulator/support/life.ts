import type { EnvironmentConfig } from '../../../stacks';
import { findEnvironment } from '../../../stacks/environments';
import { synthesize } from '../../../stacks/synthesize';
import { deploy, destroy, plan, prepareStacks, type PreparedStack, type StackResult } from '../../../local/deployment';
import { outcomeOf } from '../../../local/outcome';
import type { PlannedChange } from '../../../local/terraform-events';
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
  readonly secondPlan: Promise<readonly PlannedChange[]>;
  /** Whether the data could be destroyed as the environment is defined: the error, or nothing when it could. */
  readonly protection: Promise<string | undefined>;
  /** What it would change after somebody has opened the lake to the public, and for the edits of the second day. */
  readonly dayTwoPlan: Promise<readonly PlannedChange[]>;
  /** What it would change once that is deployed, and with it the edits that lift the protection: nothing. */
  readonly settledPlan: Promise<readonly PlannedChange[]>;
  /** Everything gone. */
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
  const protection = stage(() => account.tryToDestroyData(firstDay), secondPlan);
  const drifted = stage(() => account.openLake(firstDay), protection);
  const dayTwoPlan = stage(() => account.plan(secondDay), drifted);
  const changed = stage(() => account.deploy(lastDay), dayTwoPlan);
  const settledPlan = stage(() => account.plan(lastDay), changed);
  const destroyed = stage(() => account.destroy(lastDay), settledPlan);
  return { deployed, secondPlan, protection, dayTwoPlan, settledPlan, destroyed };
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
    return allOf(deploy(this.emulated.terraform, this.stacks(config)));
  }

  public async plan(config: EnvironmentConfig): Promise<readonly PlannedChange[]> {
    const plans = await Promise.all(this.stacks(config).map((stack) => plan(this.emulated.terraform, stack)));
    return plans.flatMap(({ changes }) => changes);
  }

  /** Behind Terraform's back. */
  public async openLake({ organization }: EnvironmentConfig): Promise<void> {
    await callS3(this.emulated.emulator, 'DELETE', `${organization}-${this.environment}-lake?publicAccessBlock`);
  }

  /** Its error, or nothing when Terraform would do it: for data that is not protected, it is not tried. */
  public async tryToDestroyData(config: EnvironmentConfig): Promise<string | undefined> {
    if (config.retainData === false) return undefined;
    const data = this.stacks(config).filter(({ id }) => id === `${this.environment}-data`);
    const [result] = destroy(this.emulated.terraform, data).values();
    return result?.then(
      () => undefined,
      (error: unknown) => String(error),
    );
  }

  public async destroy(config: EnvironmentConfig): Promise<readonly StackResult[]> {
    return allOf(destroy(this.emulated.terraform, this.stacks(config)));
  }

  private stacks(config: EnvironmentConfig): readonly PreparedStack[] {
    const { workspace } = this.emulated;
    synthesize(this.environment, config, workspace.synthesized(this.environment));
    return prepareStacks(workspace, this.environment);
  }
}

/** Every result; when a stack fails, the others are waited for, so that no Terraform goes on behind the test's back. */
async function allOf(stacks: ReadonlyMap<string, Promise<StackResult>>): Promise<readonly StackResult[]> {
  const { results, failures } = await outcomeOf(stacks);
  if (failures.length > 0) throw new Error(failures.join('\n'));
  return results;
}
