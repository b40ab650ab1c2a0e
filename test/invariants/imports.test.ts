/**
 * The index of a provider package costs seconds and half a gigabyte; one import of it anywhere costs every user.
 * What is really loaded shows `require.cache`, in a process of its own.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runFresh } from '../support/fresh-process';

const PROVIDER_INDEX = /@cdktf[\\/]provider-[a-z]+[\\/]lib[\\/](?:lazy-)?index\.js$/;
const ENGINE = /node_modules[\\/](?:cdktf|constructs|@cdktf)[\\/]/;

/** What people import: the entries of the package, as sources. */
const { exports: published } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  exports: Record<string, string>;
};
const entries = Object.entries(published)
  .filter(([, file]) => file.endsWith('.js'))
  .map(([name, file]) => [name, join(ROOT, file.replace('dist/', '').replace(/\.js$/, '.ts'))] as const);

function loadedBy(module: string): string[] {
  const script = `require(${JSON.stringify(module)}); console.log(JSON.stringify(Object.keys(require.cache)));`;
  return JSON.parse(runFresh(script)) as string[];
}

test.each(entries)('%s loads no index of a provider package', (_name, module) => {
  const loaded = loadedBy(module);
  expect(loaded).toContain(module);
  expect(loaded.filter((file) => PROVIDER_INDEX.test(file))).toEqual([]);
});

const plain = entries.filter(([name]) => name === './core' || name === './trino');
test.each(plain)('%s is plain TypeScript: it loads no engine at all', (_name, module) => {
  expect(loadedBy(module).filter((file) => ENGINE.test(file))).toEqual([]);
});

test('fails when an index is loaded', () => {
  expect(loadedBy('@cdktf/provider-helm').filter((file) => PROVIDER_INDEX.test(file))).toHaveLength(1);
});
