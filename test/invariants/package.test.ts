/** What people get who install the package: `npm pack` of what is built. */
import { execFileSync } from 'node:child_process';
import { ROOT } from '../support/fresh-process';

const [{ files }] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: process.platform === 'win32',
  }),
) as [{ files: readonly { path: string }[] }];
const paths = files.map(({ path }) => path);

test('no environment of ours is in it: `explain dev` would answer about somebody else', () => {
  const ours = /^dist\/stacks\/(environments|analytics|main)/;
  expect(paths.filter((path) => ours.test(path))).toEqual(['dist/stacks/environments/index.js']);
});
