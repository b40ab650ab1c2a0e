import { environmentNames, findEnvironment } from '../../stacks/environments';
import type { PlannedChange } from '../../local/terraform-events';
import { DAY_TWO } from './support/day-two';
import {
  closeWorkspace,
  describeWithEmulator,
  openWorkspace,
  PATIENCE,
  type EmulatedWorkspace,
} from './support/emulated-workspace';
import { live, type Life } from './support/life';

jest.setTimeout(PATIENCE);

describeWithEmulator('the AWS stacks of every environment, deployed with the real provider', () => {
  let emulated: EmulatedWorkspace;
  const lives = new Map<string, Life>();

  beforeAll(async () => {
    emulated = await openWorkspace();
    for (const environment of environmentNames()) {
      lives.set(environment, live(emulated, { environment, changes: DAY_TWO }));
    }
  });
  afterAll(async () => {
    await Promise.allSettled([...lives.values()].map(({ destroyed }) => destroyed));
    await closeWorkspace(emulated);
  });

  describe.each(environmentNames())('%s', (environment) => {
    const life = (): Life => {
      const found = lives.get(environment);
      if (found === undefined) throw new Error(`${environment} has not begun`);
      return found;
    };

    test('every resource of its stacks comes into being', async () => {
      const results = await life().deployed;
      expect(results.map(({ added }) => added)).toEqual(results.map(({ resources }) => resources));
      expect(results).toHaveLength(4);
    });

    test('a second plan is empty', async () => {
      expect(summary(await life().secondPlan)).toEqual([]);
    });

    if (findEnvironment(environment).retainData !== false) {
      test('fails when somebody destroys the data without the two edits that allow it', async () => {
        expect(await life().protection).toMatch('Instance cannot be destroyed');
      });
    }

    test('a lake that somebody has opened to the public is closed again', async () => {
      expect(summary(await life().dayTwoPlan)).toContain('create aws_s3_bucket_public_access_block');
    });

    test.each(DAY_TWO)('$name: in place', async ({ updates }) => {
      const updated = (await life().dayTwoPlan).filter(({ action }) => action === 'update');
      expect(updated.map(({ resourceType }) => resourceType)).toEqual(expect.arrayContaining([...updates]));
    });

    test('no change of the second day replaces or deletes anything', async () => {
      const actions = (await life().dayTwoPlan).map(({ action }) => action);
      expect(actions.filter((action) => action !== 'create' && action !== 'update')).toEqual([]);
    });

    test('a plan is empty once the edits are deployed, and with them those that lift the protection', async () => {
      expect(summary(await life().settledPlan)).toEqual([]);
    });

    test('everything is gone after a destroy', async () => {
      const results = await life().destroyed;
      expect(results).toHaveLength(4);
      expect(results.map(({ destroyed }) => destroyed)).toEqual(results.map(({ resources }) => resources));
    });
  });
});

/** Changes as a failing test shows them. */
function summary(changes: readonly PlannedChange[]): readonly string[] {
  return changes.map(({ action, resourceType }) => `${action} ${resourceType}`);
}
