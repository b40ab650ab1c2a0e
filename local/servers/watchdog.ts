import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/** A program that reads `+pid` and `-pid`, and ends those that are left when nobody can write any more. */
export const WATCHDOG = `
  const left = new Set();
  const { createInterface } = require('node:readline');
  createInterface({ input: process.stdin })
    .on('line', (line) => (line.startsWith('+') ? left.add(Number(line.slice(1))) : left.delete(Number(line.slice(1)))))
    .on('close', () => left.forEach((pid) => { try { process.kill(pid, 'SIGKILL'); } catch {} }));
`;

let program: ChildProcess | undefined;

/** From now on a process ends when this one does, whatever ends it: no signal and no crash leaves a server behind. */
export function endsWithThisProcess(pid: number): void {
  program ??= start();
  program.stdin?.write(`+${pid}\n`);
}

/** It has ended, and its number may become another's. */
export function hasEnded(pid: number): void {
  program?.stdin?.write(`-${pid}\n`);
}

/** It holds nothing of this process but the end of a pipe, and is in a group that Ctrl-C does not reach. */
function start(): ChildProcess {
  const child = spawn(process.execPath, ['-e', WATCHDOG], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  child.unref();
  (child.stdin as unknown as Socket).unref();
  return child;
}
