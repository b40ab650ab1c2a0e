/** Scripts in a Node process of their own: what a test process has loaded or set does not reach them. */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

/** Where the repository is. */
export const ROOT = resolve(__dirname, '../..');

/** Lets the process require TypeScript of this repository as it is, compiled or not. */
const REQUIRE_TYPESCRIPT = `
  const { transformSync } = require(${JSON.stringify(require.resolve('@swc/core'))});
  const options = { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } };
  require.extensions['.ts'] = (module, file) => {
    const source = require('node:fs').readFileSync(file, 'utf8');
    module._compile(transformSync(source, { ...options, filename: file }).code, file);
  };
`;

export interface ProcessOptions {
  /** @default - the root of the repository */
  readonly cwd?: string;
  /** All of its environment. @default - that of this process */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs JavaScript and returns what it prints.
 * @throws Error with what it wrote to stderr, when it fails
 */
export function runFresh(script: string, { cwd = ROOT, env = process.env }: ProcessOptions = {}): string {
  // By standard input: a script may be longer than an argument.
  return execFileSync(process.execPath, ['-'], {
    input: REQUIRE_TYPESCRIPT + script,
    cwd,
    env,
    encoding: 'utf8',
    stdio: 'pipe',
  });
}
