import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSize } from '../../../lib/core';
import type { Result } from '../../../tools/bench-trino/measure';
import { sizingTable, withSizingTable } from '../../../tools/bench-trino/table';
import { ROOT } from '../../support/fresh-process';

const RESULT: Result = {
  sizing: 'ours',
  heap: '1856M',
  maxMemoryPerNode: '928MB',
  asked: 15,
  errors: [],
  seconds: 60,
  peakMemory: DataSize.gib(1.5),
};

test('times are told as ratios of the first row, memory as a share of the pod, errors by name', () => {
  const errors = ['TOO_MUCH', 'GONE', 'TOO_MUCH'];
  const table = sizingTable(
    [RESULT, { ...RESULT, sizing: 'theirs', errors, seconds: 90, peakMemory: undefined }],
    DataSize.gib(3),
  );
  expect(table).toContain('| ours | 1856M | 928MB | **15** of 15 | 1.00 (60 s) | 50 % of the pod |  |');
  expect(table).toContain('**12** of 15 | 1.50 (90 s) | not counted | 1 × `GONE`, 2 × `TOO_MUCH` |');
});

test('a table takes the place of the last one', () => {
  const document = 'a\n<!-- sizing -->\nold\n<!-- end of sizing -->\nb';
  expect(withSizingTable(document, 'new')).toBe('a\n<!-- sizing -->\n\nnew\n\n<!-- end of sizing -->\nb');
});

test('the document of this repository has a place for it', () => {
  expect(withSizingTable(readFileSync(join(ROOT, 'docs/benchmarks.md'), 'utf8'), '| new |')).toContain('| new |');
});

test('fails when the document has no marks', () => {
  expect(() => withSizingTable('a', 'new')).toThrow(/no <!-- sizing -->/);
});
