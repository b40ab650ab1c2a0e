/**
 * Prints the milliseconds of processor time until all that a release accepts can be asked; with `file`, until the file
 * that says so is parsed.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TrinoRelease } from '../../lib/trino';
import { componentNames, componentOf } from '../../lib/trino/properties';
import { processorTime } from './processor-time';

const release = TrinoRelease.DEFAULT;
const FILE = join(__dirname, '../../lib/trino/properties/data', `${release.version}.json`);

function parse(): void {
  JSON.parse(readFileSync(FILE, 'utf8'));
}

function load(): void {
  componentNames(release).forEach((name) => componentOf(release, name));
}

console.log(processorTime(process.argv[2] === 'file' ? parse : load));
