import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { table, withTable } from '../../../tools/bench/table';
import { ROOT } from '../../support/fresh-process';

const row = { measured: 'synthesis', ours: '120 ms', theirs: '100 ms by hand', ratio: 1.2, atMost: 1.5 };

test('a row tells both values, the ratio and the promise', () => {
  expect(table([row])).toContain('| synthesis | 120 ms | 100 ms by hand | **1.20** | 1.5 |');
});

test('new results replace the old ones and nothing else', () => {
  const document = 'before\n<!-- results -->\n\nold\n\n<!-- end of results -->\nafter\n';
  expect(withTable(document, 'new')).toBe('before\n<!-- results -->\n\nnew\n\n<!-- end of results -->\nafter\n');
});

test('the document of this repository has a place for them', () => {
  expect(withTable(readFileSync(join(ROOT, 'docs/benchmarks.md'), 'utf8'), table([row]))).toContain('**1.20**');
});

test('fails when there is no place for them', () => {
  expect(() => withTable('# Benchmarks', 'new')).toThrow(/no <!-- results -->/);
});
