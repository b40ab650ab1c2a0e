import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { WATCHDOG } from '../../../local/servers/watchdog';

const SLEEPER = ['-e', "console.log('up'); setInterval(() => 0, 1000)"];

async function sleeper(): Promise<ChildProcess> {
  const child = spawn(process.execPath, SLEEPER, { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  return child;
}

it('ends what was given to it when its owner is gone, and leaves what was taken back', async () => {
  const [given, takenBack] = await Promise.all([sleeper(), sleeper()]);
  const watchdog = spawn(process.execPath, ['-e', WATCHDOG], { stdio: ['pipe', 'ignore', 'ignore'] });
  watchdog.stdin.write(`+${given.pid ?? 0}\n+${takenBack.pid ?? 0}\n-${takenBack.pid ?? 0}\n`);
  const ends = [once(given, 'exit'), once(watchdog, 'exit')];
  watchdog.stdin.end();
  await Promise.all(ends);
  expect(given.signalCode).toBe('SIGKILL');
  expect(takenBack.exitCode ?? takenBack.signalCode).toBeNull();
  takenBack.kill('SIGKILL');
});
