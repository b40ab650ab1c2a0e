/** What people get who install the package: `npm pack` of what is built. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/fresh-process';

interface Packed {
  readonly files: readonly { readonly path: string }[];
}

const pack = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
  cwd: ROOT,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
  shell: process.platform === 'win32',
});
const files = (JSON.parse(pack) as readonly Packed[]).flatMap((packed) => packed.files.map(({ path }) => path));
const published = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly types: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string>>;
  readonly typesVersions: { readonly '*': Readonly<Record<string, readonly string[]>> };
};
const entries = Object.entries(published.exports).filter(([, file]) => file.endsWith('.js'));

test('no environment of ours is in it: `explain dev` would answer about somebody else', () => {
  const ours = /^dist\/stacks\/(environments|analytics|main)/;
  expect(files.filter((path) => ours.test(path))).toEqual(['dist/stacks/environments/index.js']);
});

test('every entry and every command is in it, with its types', () => {
  const modules = [...entries.map(([, file]) => file), ...Object.values(published.bin).map((file) => `./${file}`)];
  const wanted = modules.flatMap((file) => [file, file.replace(/js$/, 'd.ts')]).map((file) => file.slice('./'.length));
  expect(files).toEqual(expect.arrayContaining(wanted));
});

/** As in a project that `cdktf init` made: module CommonJS, and no moduleResolution. */
test('a compiler that does not read exports finds the types of every entry', () => {
  const types = entries.map(([name, file]) => [
    name.slice('./'.length),
    [file.slice('./'.length).replace(/js$/, 'd.ts')],
  ]);
  expect({ ...published.typesVersions['*'], '': [published.types] }).toEqual(Object.fromEntries(types));
});
