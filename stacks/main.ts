import { ConfigError } from '../lib/core';
import { environmentNames, findEnvironment } from './environments';
import { synthesize } from './synthesize';

/** The app of cdktf.json and of `npm run synth`: writes the stacks of the environment that `TRINO_ENV` names. */
function main(): void {
  const name = process.env.TRINO_ENV ?? process.argv[2] ?? '';
  const outdir = process.env.CDKTF_OUTDIR ?? 'cdktf.out';
  for (const { constructPath, message } of synthesize(name, findEnvironment(name), outdir)) {
    console.error(`warning: ${constructPath}: ${message}`);
  }
  console.log(`${name}: stacks written to ${outdir} (environments: ${environmentNames().join(', ')})`);
}

try {
  main();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
