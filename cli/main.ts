#!/usr/bin/env node
import { planEnvironment } from '../stacks/environment-plan';
import { environmentNames } from '../stacks/environments';
import { planOf } from '../stacks/known-environments';
import { commandLine } from './command-line';
import { screenOf } from './screen';

/** `npx cdktf-trino`: a definition that cannot work is told by its message, which is made for people. */
try {
  commandLine({
    environments: { names: environmentNames(), planOf },
    plan: planEnvironment,
    screen: screenOf(process.stdout),
    print: (text) => console.log(text),
    refuse: () => (process.exitCode = 1),
  }).parse();
} catch (error) {
  // By its name: the definition may be made by another copy of the library.
  if (!(error instanceof Error) || error.name !== 'ConfigError') throw error;
  console.error(screenOf(process.stderr).colors.red(error.message));
  process.exitCode = 1;
}
