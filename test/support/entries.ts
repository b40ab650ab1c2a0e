import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './fresh-process';

const { exports: published } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  exports: Record<string, string>;
};

/** What people import: the entries of the package by name, and their sources. */
export const ENTRIES = Object.entries(published)
  .filter(([, file]) => file.endsWith('.js'))
  .map(([name, file]) => [name, join(ROOT, file.replace('dist/', '').replace(/\.js$/, '.ts'))] as const);
