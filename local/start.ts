import { findEnvironment } from '../stacks/environments';
import { synthesize } from '../stacks/synthesize';
import { startEnvironment } from './commands';
import { reportErrors } from './terminal';
import { Workspace } from './workspace';

/** `npm start [-- <environment>]`: an environment's stacks, synthesized and deployed into the emulator. */
void reportErrors(async () => {
  const name = process.argv[2] ?? 'dev';
  const config = findEnvironment(name);
  await startEnvironment({
    name,
    workspace: new Workspace('.local'),
    synthesize: (outdir) => synthesize(name, config, outdir),
  });
});
