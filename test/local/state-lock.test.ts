import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, parseStateLock, RunRegister, type StateLock } from '../../local/state-lock';

const DETAIL = `Error message: operation error S3: PutObject, https response error StatusCode: 412
Lock Info:
  ID:        f96eeba0-448c-4a00-3634-461797d9bf03
  Path:      state-x/a/x.tfstate
  Operation: OperationTypeApply
  Who:       root@vm
  Version:   1.11.4
  Created:   2026-11-21 13:16:57.531194065 +0000 UTC
  Info:      


Terraform acquires a state lock to protect the state from being written
by multiple users at the same time.`;

test('a lock is read from the error of a Terraform that did not get it', () => {
  expect(parseStateLock(DETAIL)).toEqual({
    id: 'f96eeba0-448c-4a00-3634-461797d9bf03',
    who: 'root@vm',
    created: new Date('2026-11-21T13:16:57.531Z'),
  });
});

test('an error that tells of no lock has none', () => {
  expect(parseStateLock('Error: no such bucket')).toBeUndefined();
});

describe('a lock on the state of a stack', () => {
  let folder: string;
  let register: RunRegister;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cdktf-trino-lock-'));
    register = new RunRegister(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const began = new Date('2026-11-21T13:00:00.000Z');
  const lock: StateLock = { id: 'x', who: `ann@${hostname()}`, created: new Date('2026-11-21T13:00:05.000Z') };

  test('is left behind when our run, which began before it, has been killed', async () => {
    register.begin(await deadProcess(), began);
    expect(register.hasLeftBehind(lock)).toBe(true);
  });

  test('is held while a run of ours goes on, whatever others were killed', async () => {
    register.begin(await deadProcess(), began);
    register.begin(process.pid, began);
    expect(register.hasLeftBehind(lock)).toBe(false);
    expect(register.alive()).toEqual([process.pid]);
  });

  test.each<[string, StateLock]>([
    ['was taken on another machine', { ...lock, who: 'ann@elsewhere' }],
    ['is older than the run', { ...lock, created: new Date('2026-11-21T12:59:59.000Z') }],
  ])("is somebody else's when it %s", async (_, other) => {
    register.begin(await deadProcess(), began);
    expect(register.hasLeftBehind(other)).toBe(false);
  });

  test("is somebody else's when no run of ours was killed, or when it was and is forgotten", async () => {
    expect(register.hasLeftBehind(lock)).toBe(false);
    register.begin(await deadProcess(), began);
    register.clear();
    expect(register.hasLeftBehind(lock)).toBe(false);
  });
});

/** The id of a process that has ended. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--version']);
  await new Promise((resolve) => child.once('exit', resolve));
  const { pid = 0 } = child;
  expect(isAlive(pid)).toBe(false);
  return pid;
}
