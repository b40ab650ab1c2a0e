import { HTTP_PORT, type TrinoPlan } from '../../lib/trino';
import type { TrinoNode } from '../servers/trino-node';

/** How a hook ended. */
export interface HookResult {
  readonly exitCode: number | undefined;
  readonly output: string;
}

/**
 * Runs the hook that Kubernetes runs before it stops a worker, as it is but for what a pod has alone. Its environment has
 * nothing of this process's but where programs are: a pod knows no proxy.
 */
export async function runPreStop({ drain, chart }: TrinoPlan, node: TrinoNode): Promise<HookResult> {
  const { execa } = await import('execa');
  const [command = '', ...args] = preStopHere(drain.preStop, node.port, node.process.pid);
  const variables = Object.fromEntries(chart.env.map(({ name }) => [name, 'a secret']));
  const env = { PATH: process.env['PATH'], ...variables };
  // Of a shell whose input is a socket, bash thinks that somebody has logged in, and runs the user's own files.
  const options = { all: true, reject: false, env, extendEnv: false, stdin: 'ignore' } as const;
  const { exitCode, all } = await execa(command, args, options);
  return { exitCode, output: all };
}

/** A pod's server has port 8080 and is process 1. @throws Error when the hook says neither */
export function preStopHere(hook: readonly string[], port: number, pid: number): readonly string[] {
  const [address, process] = [`localhost:${HTTP_PORT}`, 'kill -0 1 '];
  const text = hook.join('\n');
  for (const part of [address, process]) {
    if (!text.includes(part)) throw new Error(`the hook does not say '${part}':\n${text}`);
  }
  return hook.map((line) => line.replaceAll(address, `127.0.0.1:${port}`).replaceAll(process, `kill -0 ${pid} `));
}
