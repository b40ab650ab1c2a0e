/**
 * The index of a provider package costs seconds and half a gigabyte; one import of it anywhere costs every user.
 * What is really loaded shows `require.cache`, in a process of its own.
 */
import { ENTRIES } from '../support/entries';
import { runFresh } from '../support/fresh-process';

const PROVIDER_INDEX = /@cdktf[\\/]provider-[a-z]+[\\/]lib[\\/](?:lazy-)?index\.js$/;
const ENGINE = /node_modules[\\/](?:cdktf|constructs|@cdktf)[\\/]/;

function loadedBy(module: string): string[] {
  const script = `require(${JSON.stringify(module)}); console.log(JSON.stringify(Object.keys(require.cache)));`;
  return JSON.parse(runFresh(script)) as string[];
}

test.each(ENTRIES)('%s loads no index of a provider package', (_name, module) => {
  const loaded = loadedBy(module);
  expect(loaded).toContain(module);
  expect(loaded.filter((file) => PROVIDER_INDEX.test(file))).toEqual([]);
});

const plain = ENTRIES.filter(([name]) => name === './core' || name === './trino');
test.each(plain)('%s is plain TypeScript: it loads no engine at all', (_name, module) => {
  expect(loadedBy(module).filter((file) => ENGINE.test(file))).toEqual([]);
});

test('fails when an index is loaded', () => {
  expect(loadedBy('@cdktf/provider-helm').filter((file) => PROVIDER_INDEX.test(file))).toHaveLength(1);
});
