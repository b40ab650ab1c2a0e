import { TrinoRelease } from '../../lib/trino';
import { without } from '../../local/platform/overlay';
import { LOCAL_RELEASE, startPlatform } from '../../local/platform/platform';
import { say, workbench } from './servers/workbench';
import { allDefinitions } from './support/definitions';
import { describePlatform, PLATFORM_TIMEOUT, sharedPlatform, sharedServers } from './support/shared';
import { users } from './support/users';

const bench = workbench();
afterAll(() => bench.clear());
jest.setTimeout(PLATFORM_TIMEOUT);

/** The user who may see everything. */
const OPERATOR = 'platform';
/**
 * What boots as a whole; `files-of-environments.test.ts` has the files of the others before the same classes.
 * `CDKTF_TRINO_BOOTED=.` for all of them.
 */
const BOOTED = new RegExp(
  process.env['CDKTF_TRINO_BOOTED'] ?? '^(dev|staging|production|examples/(complete|glue) .*)$',
);
/** Run already: the platform that tests share, and the one of `metrics.test.ts`. */
const ELSEWHERE = [`${LOCAL_RELEASE} production`, '483 production'];

const boots = ['476', '483'].flatMap((version) =>
  Object.entries(allDefinitions())
    .filter(([name]) => BOOTED.test(name) && !ELSEWHERE.includes(`${version} ${name}`))
    .map(([name, definition]) => [version, name, definition] as const),
);

describePlatform('coordinator and worker', () => {
  it.concurrent.each(boots)('on %s, of %s, boot and find each other', async (version, name, definition) => {
    const folder = bench.folder(`${version}-${name.replace(/\W+/g, '-')}`);
    const release = TrinoRelease.of(version);
    const platform = await startPlatform({
      // Of what reads passwords, 483 has nothing on Maven Central.
      definition: version === LOCAL_RELEASE ? definition : without(definition, ['authentication']),
      folder,
      servers: await sharedServers(),
      users: users(OPERATOR),
      ...{ release, say },
    });
    try {
      expect(await platform.cluster.activeNodes()).toBe(2);
      const { rows } = await platform.client(OPERATOR).query('SHOW CATALOGS');
      expect(rows.flat()).toEqual([...platform.cluster.catalogs, 'system'].sort());
    } finally {
      await platform.stop();
    }
  });

  it(`on ${LOCAL_RELEASE}, of production, are those that the other tests ask`, async () => {
    const { client } = await sharedPlatform();
    const { rows } = await client(OPERATOR).query('SHOW CATALOGS');
    expect(rows.flat()).toEqual(['events', 'hive', 'lake', 'shop', 'streams', 'system']);
  });
});
