import { findEnvironment } from '../stacks/environments';
import { synthesize } from '../stacks/synthesize';
import { destroyEmulator, destroyEnvironment } from './commands';
import { reportErrors } from './terminal';
import { Workspace } from './workspace';

/** `npm run destroy [-- <environment>]`: takes an environment out of the emulator; `--all` throws the emulator away. */
void reportErrors(async () => {
  const name = process.argv[2] ?? 'dev';
  const workspace = new Workspace('.local');
  if (name === '--all') return destroyEmulator(workspace);
  const config = findEnvironment(name);
  await destroyEnvironment({ name, workspace, synthesize: (outdir) => synthesize(name, config, outdir) });
});
