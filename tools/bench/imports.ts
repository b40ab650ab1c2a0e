/** Prints a program that loads what a module of ours takes from other packages, and nothing of ours. */
import { sep } from 'node:path';

const PACKAGES = `${sep}node_modules${sep}`;

const entry = process.argv[2] ?? '';
// eslint-disable-next-line @typescript-eslint/no-require-imports -- only `require` tells what it loaded
require(entry);
const ours = Object.values(require.cache).filter((module) => module?.filename.includes(PACKAGES) === false);
const theirs = ours.flatMap((module) => module?.children ?? []).filter(({ filename }) => filename.includes(PACKAGES));
for (const filename of new Set(theirs.map((module) => module.filename))) {
  console.log(`require(${JSON.stringify(filename)});`);
}
