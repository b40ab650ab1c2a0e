import { mkdirSync } from 'node:fs';
import { deploy, plan, prepareStacks, type PreparedStack, type StackResult } from '../../local/deployment';
import { RunRegister } from '../../local/state-lock';
import { InterruptedError } from '../../local/terraform';
import {
  closeWorkspace,
  describeWithEmulator,
  openWorkspace,
  PATIENCE,
  type EmulatedWorkspace,
} from './support/emulated-workspace';
import { callS3 } from './support/s3';
import { synthesizeSmallApp } from './support/small-app';

describeWithEmulator('a deployment that does not get to its end', () => {
  let emulated: EmulatedWorkspace;
  beforeAll(async () => (emulated = await openWorkspace()), PATIENCE);
  afterAll(() => closeWorkspace(emulated));

  test(
    'goes on after Ctrl-C with what was being created, and replaces nothing',
    async () => {
      const stacks = prepareSmallApp(emulated, 'stopped');
      const controller = new AbortController();
      const first = await deployUntilQueue(emulated, stacks, controller.signal);
      controller.abort();
      await expect(first.get('stopped-cluster')).rejects.toThrow(InterruptedError);

      const second = await deployAll(emulated, stacks);
      expect(second.map(({ added, destroyed }) => [added, destroyed])).toEqual([
        [0, 0],
        [0, 0],
        [0, 0],
      ]);
      expect(await plan(emulated.terraform, named(stacks, 'stopped-cluster'))).toMatchObject({ hasChanges: false });
    },
    PATIENCE,
  );

  test(
    'holds its lock while it runs: a second run is refused and names the process of the first',
    async () => {
      const stacks = prepareSmallApp(emulated, 'locked');
      const first = await deployUntilQueue(emulated, stacks);
      const cluster = named(stacks, 'locked-cluster');
      const [holder] = new RunRegister(cluster.directory).alive();

      await expect(emulated.terraform.plan(cluster.directory)).rejects.toThrow(
        `another run of ours holds the lock (Terraform's process ${holder})`,
      );
      await expect(first.get('locked-cluster')).resolves.toMatchObject({ added: 1 });
    },
    PATIENCE,
  );

  test(
    'goes on after Terraform was killed, and releases the lock that it left behind',
    async () => {
      const stacks = prepareSmallApp(emulated, 'killed');
      const first = await deployUntilQueue(emulated, stacks);
      const [pid = 0] = new RunRegister(named(stacks, 'killed-cluster').directory).alive();
      process.kill(pid, 'SIGKILL');
      await expect(first.get('killed-cluster')).rejects.toThrow('terraform apply failed');

      await expect(deployAll(emulated, stacks)).resolves.toHaveLength(3);
    },
    PATIENCE,
  );

  test(
    "fails when the lock is somebody else's, and leaves it alone",
    async () => {
      const stacks = prepareSmallApp(emulated, 'foreign', false);
      await deployAll(emulated, stacks);
      const lock = 'state-of-foreign/foreign/cluster.tfstate.tflock';
      const content = foreignLock();
      await callS3(emulated.emulator, 'PUT', lock, content);

      await expect(deploy(emulated.terraform, stacks).get('foreign-cluster')).rejects.toThrow('ann@elsewhere');
      expect(await callS3(emulated.emulator, 'GET', lock)).toBe(content);
    },
    PATIENCE,
  );
});

function prepareSmallApp({ workspace }: EmulatedWorkspace, name: string, queue = true): readonly PreparedStack[] {
  const outdir = workspace.synthesized(name);
  mkdirSync(outdir, { recursive: true });
  synthesizeSmallApp(name, outdir, { queue });
  return prepareStacks(workspace, name);
}

/** Begins a deployment, and comes back while the provider waits for the new queue. */
async function deployUntilQueue(
  { terraform }: EmulatedWorkspace,
  stacks: readonly PreparedStack[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Promise<StackResult>>> {
  const options = signal === undefined ? {} : { signal };
  return new Promise((resolve) => {
    const results = deploy(terraform, stacks, {
      ...options,
      onEvent: (_, event) => {
        // A moment later the queue exists, and what remains is the wait for it.
        if (event.type === 'started' && event.address.startsWith('aws_sqs_queue')) setTimeout(resolve, 3000, results);
      },
    });
  });
}

async function deployAll({ terraform }: EmulatedWorkspace, stacks: readonly PreparedStack[]): Promise<StackResult[]> {
  return Promise.all(deploy(terraform, stacks).values());
}

function named(stacks: readonly PreparedStack[], id: string): PreparedStack {
  const found = stacks.find((stack) => stack.id === id);
  if (found === undefined) throw new Error(`no stack ${id} among ${stacks.map((stack) => stack.id).join(', ')}`);
  return found;
}

function foreignLock(): string {
  return JSON.stringify({
    ID: '00000000-0000-0000-0000-000000000000',
    Operation: 'OperationTypeApply',
    Info: '',
    Who: 'ann@elsewhere',
    Version: '1.11.4',
    Created: new Date().toISOString(),
    Path: 'state-of-foreign/foreign/cluster.tfstate',
  });
}
