import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { TrinoRelease } from '../../lib/trino';
import { definitionOf } from '../../stacks/known-environments';
import { releaseIn } from '../servers/trino-server';
import { reportErrors, say } from '../terminal';
import { wholeNumber } from '../whole-number';
import { Workspace } from '../workspace';
import { briefJoin, loadBriefData } from './brief-data';
import { neededServers } from './overlay';
import { LOCAL_RELEASE, LOCAL_USER, type LocalPlatform, passwordFile, startPlatform, TRINO_STEP } from './platform';
import { accessReport, changeReport, rowTable } from './report';
import { StepBoard } from './steps';

/** What a shell takes for a process that Ctrl-C has ended. */
const EXIT_INTERRUPTED = 130;

interface Options {
  readonly environment: string;
  /** An unpacked server of the user's own. */
  readonly home: string | undefined;
  readonly workers: number;
  readonly reset: boolean;
}

/**
 * `npm run local [-- <environment>] [--trino-home DIR] [--workers N] [--reset]`: the platform of an environment on this
 * machine until Ctrl-C. A second start has the data of the first, but for `--reset`.
 */
void reportErrors(async () => {
  const options = readOptions();
  const folder = join(new Workspace('.local').file('platform'), options.environment);
  if (options.reset) rmSync(folder, { recursive: true, force: true });
  const interrupted = interruption();
  const platform = await start(options, folder);
  interrupted.inOrder();
  try {
    await show(platform, folder);
    say('Ctrl-C stops everything');
    await interrupted.promise;
  } finally {
    say('stopping');
    await platform.stop();
  }
});

function readOptions(): Options {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      'trino-home': { type: 'string' },
      workers: { type: 'string', default: '1' },
      reset: { type: 'boolean', default: false },
    },
  });
  const workers = wholeNumber('workers', values.workers);
  const home = values['trino-home'];
  const { reset } = values;
  return { environment: positionals[0] ?? 'dev', home: home === undefined ? home : resolve(home), workers, reset };
}

async function start({ environment, home, workers }: Options, folder: string): Promise<LocalPlatform> {
  const release = TrinoRelease.of(home === undefined ? LOCAL_RELEASE : releaseIn(home));
  const definition = definitionOf(environment, release);
  const board = new StepBoard([...neededServers(definition), TRINO_STEP]);
  say(`${environment} on Trino ${release.version} with ${workers} ${workers === 1 ? 'worker' : 'workers'}`);
  const own = home === undefined ? {} : { home };
  return board.show(startPlatform({ ...{ definition, folder, release, workers, say, ...own }, steps: board }));
}

async function show(platform: LocalPlatform, folder: string): Promise<void> {
  const { local, servers, client, url } = platform;
  const { catalogs, authentication, clientTls } = local.definition;
  console.log(`\n${changeReport(local.changes)}\n`);
  const sql = briefJoin(await loadBriefData(catalogs, servers, client(LOCAL_USER)));
  if (sql !== undefined) console.log(`${sql}\n\n${rowTable(await client(LOCAL_USER).query(sql))}\n`);
  console.log(
    accessReport({
      ...{ url, folder, user: LOCAL_USER },
      ...(authentication === undefined ? {} : { passwordFile: passwordFile(folder) }),
      ...(clientTls.endsAt === 'nowhere' ? {} : { authority: servers.certificates.authority }),
    }),
  );
}

/** Ctrl-C: at once while things start, in order later; a second one at once in any case. */
function interruption() {
  let atOnce = true;
  let tell = (): void => undefined;
  const promise = new Promise<void>((resolvePromise) => (tell = resolvePromise));
  const stop = () => {
    if (atOnce) process.exit(EXIT_INTERRUPTED);
    atOnce = true;
    tell();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return { promise, inOrder: () => void (atOnce = false) };
}
