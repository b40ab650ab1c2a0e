import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../support/fresh-process';

const ESLINT = join(ROOT, 'node_modules/eslint/bin/eslint.js');

/** What lint says of a file, had it this text. */
function lint(file: string, text: string): string {
  const args = [ESLINT, '--stdin', '--stdin-filename', join(ROOT, file)];
  return spawnSync(process.execPath, args, { cwd: ROOT, input: text, encoding: 'utf8' }).stdout;
}

test.each([
  ['lib/trino/release.ts', '../aws/cidr'],
  ['cli/files.ts', '../local/terminal'],
])('lint refuses that %s imports %s: the arrows point one way', (file, above) => {
  expect(lint(file, `export * from '${above}';\n`)).toContain(`Unexpected path "${above}" imported in restricted zone`);
});

test('lint refuses a spread over defaults: an option passed on as undefined would take them away', () => {
  const text = [
    'const DEFAULTS = { zones: 3 };',
    'const options: { readonly zones?: number } = {};',
    'export const spread = { ...DEFAULTS, ...options };',
    'export const named = { zones: DEFAULTS, ...options };',
    'export const theirs = { ...options, ...DEFAULTS };',
  ].join('\n');
  const lines = lint('lib/aws/network.ts', text).split('\n');
  expect(lines.filter((line) => line.includes('use withDefaults')).map((line) => line.trim().split(':')[0])).toEqual([
    '3',
    '4',
  ]);
});
