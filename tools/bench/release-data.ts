/**
 * Prints the milliseconds of processor time until all that a release accepts can be asked; with `file`, until the file
 * that says so is parsed.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TrinoRelease } from '../../lib/trino';
import { componentNames, componentOf } from '../../lib/trino/properties';

const release = TrinoRelease.DEFAULT;
const FILE = join(__dirname, '../../lib/trino/properties/data', `${release.version}.json`);

const started = process.cpuUsage();
if (process.argv[2] === 'file') JSON.parse(readFileSync(FILE, 'utf8'));
else componentNames(release).forEach((name) => componentOf(release, name));
const { user, system } = process.cpuUsage(started);
console.log((user + system) / 1000);
