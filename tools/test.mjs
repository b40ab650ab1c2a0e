/**
 * Everything that `npm test` promises: the quick checks first, then the suites with real servers, side by side.
 * Prints one closing line, `N passed, N failed, N skipped`, and exits with 1 when something failed.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import colors from 'picocolors';

const QUICK = [
  check('types', 'tsc', ['-p', 'tsconfig.json']),
  check('lint', 'eslint', ['.']),
  check('format', 'prettier', ['--check', '--log-level=warn', '.']),
  suite('unit'),
];
/** Side by side, each in turn: two halves of about the same length, and what there is to download beside what computes. */
const WITH_SERVERS = [[suite('emulator'), suite('schemas'), suite('control-plane')], [suite('live')]];

/** Lets jest import packages that are ES modules only. */
const ES_MODULES = { NODE_OPTIONS: '--experimental-vm-modules --no-warnings' };

const folder = mkdtempSync(join(tmpdir(), 'cdktf-trino-results-'));
const quick = await Promise.all(QUICK.map(run));
const slow = quick.some(({ failed }) => failed > 0) ? [] : await Promise.all(WITH_SERVERS.map(inTurn));
const all = [...quick, ...slow.flat()];
rmSync(folder, { recursive: true });

const total = (count) => all.reduce((sum, result) => sum + result[count], 0);
console.log(`\n${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`);
process.exitCode = total('failed') > 0 ? 1 : 0;

/** A program whose exit code is its verdict. */
function check(name, command, args) {
  return { name, command, args, count: () => undefined };
}

/** A project of jest.config.js, whose tests are counted one by one. */
function suite(name) {
  const file = () => join(folder, `${name}.json`);
  return {
    name,
    command: 'jest',
    args: ['--ci', '--selectProjects', name, '--json', '--outputFile', () => file()],
    count: () => countTests(file()),
  };
}

async function inTurn(suites) {
  const results = [];
  for (const one of suites) results.push(await run(one));
  return results;
}

async function run({ name, command, args, count }) {
  const started = Date.now();
  const resolved = args.map((arg) => (typeof arg === 'function' ? arg() : arg));
  const { exitCode, stderr, stdout } = await execa(command, resolved, {
    preferLocal: true,
    reject: false,
    env: ES_MODULES,
  });
  const result = count() ?? { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 };
  const bad = exitCode !== 0 && result.failed === 0 ? { ...result, failed: 1 } : result;
  const seconds = Math.round((Date.now() - started) / 1000);
  const verdict = bad.failed > 0 ? colors.red('failed') : colors.green('passed');
  console.log(
    `${verdict} ${name} in ${seconds} s (${bad.passed} passed, ${bad.failed} failed, ${bad.skipped} skipped)`,
  );
  if (bad.failed > 0) console.log(command === 'jest' ? stderr : `${stdout}\n${stderr}`);
  else printNotes(stderr);
  return bad;
}

/** Reasons for what was skipped, which suites print behind this mark. */
function printNotes(text) {
  text
    .split('\n')
    .filter((line) => line.includes('skipped:'))
    .forEach((line) => console.log(`  ${line.trim()}`));
}

function countTests(file) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = JSON.parse(
      readFileSync(file, 'utf8'),
    );
    return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites, skipped: numPendingTests };
  } catch {
    return undefined;
  }
}
