import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Duration } from '../../lib/core';
import { endsWithThisProcess, hasEnded } from './watchdog';

/** How a server is started, and how it tells that it is ready. */
export interface ServerProcessProps {
  /** For people: `Kafka`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** @default - the current folder */
  readonly cwd?: string;
  /** All of its environment. @default - this process's */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A file for what it prints, begun anew. */
  readonly log: string;
  /**
   * True when it can be used. Asked several times a second: without a parameter it asks the server itself, and may reject
   * meanwhile or stay without an answer; with one it is asked about each line that the server has printed.
   */
  readonly ready: (() => Promise<boolean>) | ((line: string) => boolean);
  /** How long it may take to be ready. @default two minutes */
  readonly timeout?: Duration;
  /** What the server takes for the wish to end. @default 'SIGTERM' */
  readonly stopSignal?: NodeJS.Signals;
}

/** A running server of ours. */
export interface ServerProcess {
  readonly name: string;
  readonly pid: number;
  /** The file with what it prints. */
  readonly log: string;
  /** Its exit code when it ends; undefined when a signal ended it. */
  readonly ended: Promise<number | undefined>;
  signal(signal: NodeJS.Signals): void;
  /** Asks it to end, ends it when it has not after `patience` (20 s by default), and waits until it is gone. */
  stop(patience?: Duration): Promise<void>;
}

const POLL = Duration.millis(150);
const PATIENCE = Duration.seconds(20);
/** A question that stays without an answer for as long is asked again. */
const ANSWER = Duration.seconds(5);
/** Lines of the log that an error shows. */
const LAST_LINES = 30;

/**
 * Starts a server and waits until it is ready. It ends with this process, however that ends.
 * @throws Error with the last lines of its log when it ends or is not ready in time; it is gone then
 */
export async function startProcess(props: ServerProcessProps): Promise<ServerProcess> {
  const child = launch(props);
  const ended = new Promise<number | undefined>((resolve) => {
    child.once('error', () => resolve(undefined));
    child.once('exit', (code) => resolve(code ?? undefined));
  });
  void ended.then(() => child.pid !== undefined && hasEnded(child.pid));
  const server = serverOf(props, child, ended);
  try {
    await untilReady(props, child, ended);
  } catch (error) {
    await server.stop(Duration.millis(0));
    throw error;
  }
  return server;
}

/** The last lines of a log, for an error; nothing when there is none. */
export function lastLines(log: string, count = LAST_LINES): string {
  if (!existsSync(log)) return '';
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
}

function launch({ command, args, cwd, env, log }: ServerProcessProps): ChildProcess {
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, 'w');
  // In a process group of its own, a server does not get the terminal's Ctrl-C: it is stopped in order by us.
  const child = spawn(command, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...(env ?? process.env) },
    stdio: ['ignore', output, output],
    detached: true,
  });
  closeSync(output);
  if (child.pid !== undefined) endsWithThisProcess(child.pid);
  return child;
}

function serverOf(props: ServerProcessProps, child: ChildProcess, ended: Promise<number | undefined>): ServerProcess {
  return {
    name: props.name,
    pid: child.pid ?? -1,
    log: props.log,
    ended,
    signal: (signal) => void child.kill(signal),
    stop: (patience = PATIENCE) => stop(child, ended, props.stopSignal ?? 'SIGTERM', patience),
  };
}

async function stop(
  child: ChildProcess,
  ended: Promise<unknown>,
  signal: NodeJS.Signals,
  patience: Duration,
): Promise<void> {
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), patience.toMillis());
  await ended;
  clearTimeout(timer);
}

async function untilReady(
  { name, command, log, ready, timeout = Duration.minutes(2) }: ServerProcessProps,
  child: ChildProcess,
  ended: Promise<number | undefined>,
): Promise<void> {
  const gone = new Promise<never>((_, reject) => {
    child.once('error', ({ message }) => reject(new Error(`${name} does not start: ${command}: ${message}`)));
    void ended.then((code) => reject(failed(`${name} ended with ${code ?? 'a signal'} before it was ready`, log)));
  });
  const deadline = Date.now() + timeout.toMillis();
  let isGone = false;
  void ended.then(() => (isGone = true));
  const poll = async () => {
    while (!isGone && !(await isReady(ready, log))) {
      if (Date.now() > deadline) throw failed(`${name} is not ready after ${timeout.toString()}`, log);
      await sleep(POLL.toMillis());
    }
  };
  const polling = poll();
  polling.catch(() => undefined); // one of the two is told; the other must not be taken for unheard
  gone.catch(() => undefined);
  await Promise.race([gone, polling]);
}

async function isReady(ready: ServerProcessProps['ready'], log: string): Promise<boolean> {
  if (asksLines(ready))
    return readFileSync(log, 'utf8')
      .split('\n')
      .some((line) => ready(line));
  try {
    return await Promise.race([ready(), sleep(ANSWER.toMillis(), false, { ref: false })]);
  } catch {
    return false;
  }
}

function asksLines(ready: ServerProcessProps['ready']): ready is (line: string) => boolean {
  return ready.length > 0;
}

function failed(what: string, log: string): Error {
  return new Error(`${what}; the end of ${log}:\n${lastLines(log)}`);
}
