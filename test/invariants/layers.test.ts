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
