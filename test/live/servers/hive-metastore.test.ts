import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import {
  type HiveMetastoreServer,
  type HiveMetastoreServerProps,
  metastoreHome,
  prepareMetastoreSchema,
  startHiveMetastore,
} from '../../../local/servers/hive-metastore';
import { findJavaBetween } from '../../../local/servers/jdk';
import { type MariaDb, startMariaDb } from '../../../local/servers/mariadb';
import { type S3, startS3 } from '../../../local/servers/s3';
import { isAlive } from '../../../local/state-lock';
import { describeWhere, say, TIMEOUT, workbench } from './workbench';

const bench = workbench();
jest.setTimeout(TIMEOUT);

const findJava = (): string => findJavaBetween(17, 23);

describeWhere(findJava)('the Hive Metastore', () => {
  let mysql: MariaDb;
  let s3: S3;
  let props: HiveMetastoreServerProps;
  beforeAll(async () => {
    [mysql, s3] = await Promise.all([
      startMariaDb({ folder: bench.folder('mariadb'), certificates: await bench.certificates(), say }),
      startS3({ folder: bench.folder('s3'), buckets: ['lake'], say }),
    ]);
    props = { folder: bench.folder('metastore'), mysql, s3, bucket: 'lake', say };
  });
  afterAll(async () => {
    await Promise.all([mysql.stop(), s3.stop()]);
    bench.clear();
  });

  it('makes its schema once, however often it is asked to', async () => {
    expect(await prepareMetastoreSchema(props)).toContain('Initialization script completed');
    const tables = await tablesIn(mysql);
    expect(Number(tables)).toBeGreaterThan(70);
    expect(await prepareMetastoreSchema(props)).not.toContain('Initialization script');
    expect(await tablesIn(mysql)).toBe(tables);
  });

  it('answers its own client, makes folders in S3, and knows them in a second start', async () => {
    const first = await startHiveMetastore(props);
    expect(await schemaBy(first)).toBe('before [default] at s3://lake/shop');
    expect((await s3.objects.list('lake')).map(({ key }) => key)).toContain('shop/');
    await first.stop();
    expect(isAlive(first.process.pid)).toBe(false);
    const second = await startHiveMetastore(props);
    expect(await schemaBy(second)).toBe('before [default, shop] at s3://lake/shop');
    await second.stop();
  });

  it('shows the end of its log when it does not start', async () => {
    await expect(startHiveMetastore({ ...props, port: mysql.port })).rejects.toThrow(/Could not create ServerSocket/);
  });
});

function tablesIn(mysql: MariaDb): Promise<string> {
  return mysql.run("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'metastore'");
}

/** What its own client sees: the schemas there were, and where `shop` is now. */
async function schemaBy({ thriftUri }: HiveMetastoreServer): Promise<string> {
  const home = await metastoreHome(say);
  const classPath = ['lib', 'extra'].map((folder) => join(home, folder, '*')).join(delimiter);
  const program = join(__dirname, 'java', 'Metastore.java');
  const { stdout, stderr } = spawnSync(findJava(), ['-cp', classPath, program, thriftUri, 'shop', 's3://lake/shop'], {
    encoding: 'utf8',
  });
  return stdout.trim() || stderr;
}
