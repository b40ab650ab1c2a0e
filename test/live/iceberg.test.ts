import { LAKE_BUCKET } from '../../local/platform/servers';
import { LOCAL_USER } from '../../local/platform/platform';
import type { TrinoClient } from '../../local/servers/trino-client';
import { describePlatform, PLATFORM_TIMEOUT, sharedPlatform, type SharedPlatform } from './support/shared';

jest.setTimeout(PLATFORM_TIMEOUT);

const SCHEMA = 'lake.iceberg_maintenance';
const TABLE = `${SCHEMA}.orders`;
const FOLDER = 'iceberg-maintenance';
/** Statements that write a month each, twice. */
const MONTHS = ['2025-01', '2025-02'];
const WRITES_A_MONTH = 3;

describePlatform('a table of Iceberg and its maintenance', () => {
  let platform: SharedPlatform;
  let trino: TrinoClient;
  beforeAll(async () => {
    platform = await sharedPlatform();
    trino = platform.client(LOCAL_USER);
    await trino.query(`CREATE SCHEMA ${SCHEMA} WITH (location = 's3://${LAKE_BUCKET}/${FOLDER}')`);
    await trino.query(
      `CREATE TABLE ${TABLE} (order_id BIGINT, note VARCHAR, order_date DATE) ` +
        "WITH (partitioning = ARRAY['month(order_date)'])",
    );
    for (const month of MONTHS) {
      for (let write = 0; write < WRITES_A_MONTH; write++) await trino.query(insertStatement(month, write));
    }
  });

  const rowsOf = async (sql: string) => (await trino.query(sql)).rows;
  const countOf = async (metadata: string) => Number(await trino.value(`SELECT count(*) FROM ${metadataOf(metadata)}`));
  /** Data files in the bucket, whoever still knows them. */
  const objects = async () => {
    const all = await platform.servers.s3.objects.list(LAKE_BUCKET, `${FOLDER}/`);
    return all.map(({ key }) => key).filter((key) => key.endsWith('.parquet'));
  };

  it('writes Parquet with ZSTD, a file for each write and month', async () => {
    expect(await rowsOf(`SELECT DISTINCT file_format FROM ${metadataOf('files')}`)).toEqual([['PARQUET']]);
    expect(await countOf('files')).toBe(MONTHS.length * WRITES_A_MONTH);
    const [key = ''] = await objects();
    const bytes = Buffer.from(await platform.servers.s3.objects.get(LAKE_BUCKET, key));
    expect(bytes.subarray(0, 4).toString()).toBe('PAR1');
    expect(bytes.includes(ZSTD_FRAME)).toBe(true);
  });

  it('reads only the months that a query asks for, by dates that say nothing of months', async () => {
    const { stats } = await trino.query(
      `SELECT count(*), max(note) FROM ${TABLE} WHERE order_date BETWEEN DATE '2025-02-01' AND DATE '2025-02-28'`,
    );
    expect(stats.processedRows).toBe(WRITES_A_MONTH * ROWS);
  });

  it('refuses to forget what is younger than a week, unless a session says otherwise', async () => {
    await expect(trino.query(executeStatement("expire_snapshots(retention_threshold => '0s')"))).rejects.toMatchObject({
      errorName: 'INVALID_PROCEDURE_ARGUMENT',
    });
  });

  it('optimize makes one file of the small ones of a month', async () => {
    const content = `SELECT count(*), sum(order_id), max(note) FROM ${TABLE}`;
    const before = await rowsOf(content);
    await trino.query(executeStatement("optimize(file_size_threshold => '128MB')"));
    expect(await rowsOf(`SELECT partition.order_date_month, file_count FROM ${metadataOf('partitions')}`)).toHaveLength(
      MONTHS.length,
    );
    expect(await countOf('files')).toBe(MONTHS.length);
    expect(await rowsOf(content)).toEqual(before);
    // The files from before are still there, for whoever reads an older snapshot.
    expect(await objects()).toHaveLength(MONTHS.length * (WRITES_A_MONTH + 1));
  });

  it('optimize_manifests makes few manifests of many', async () => {
    const before = await countOf('manifests');
    await trino.query(executeStatement('optimize_manifests'));
    expect(await countOf('manifests')).toBeLessThan(before);
  });

  it('expire_snapshots forgets older snapshots and deletes the files that only they had', async () => {
    expect(await countOf('snapshots')).toBeGreaterThan(MONTHS.length * WRITES_A_MONTH);
    await forgetful().query(executeStatement("expire_snapshots(retention_threshold => '0s')"));
    expect(await countOf('snapshots')).toBe(1);
    expect(await objects()).toHaveLength(MONTHS.length);
  });

  it('remove_orphan_files deletes what no snapshot knows', async () => {
    const [known = ''] = await objects();
    const orphan = known.replace(/[^/]*$/, 'orphan.parquet');
    await platform.servers.s3.objects.put(LAKE_BUCKET, orphan, 'what a writer that broke off has left');
    expect(await objects()).toContain(orphan);
    await forgetful().query(executeStatement("remove_orphan_files(retention_threshold => '0s')"));
    expect(await objects()).toHaveLength(MONTHS.length);
    expect(await objects()).not.toContain(orphan);
    expect(await trino.value(`SELECT count(*) FROM ${TABLE}`)).toBe(MONTHS.length * WRITES_A_MONTH * ROWS);
  });

  /** With the shortest retention that there is: no test waits for a week. */
  function forgetful(): TrinoClient {
    const session = { 'lake.expire_snapshots_min_retention': '0s', 'lake.remove_orphan_files_min_retention': '0s' };
    return trino.with({ session });
  }
});

const ROWS = 10;

/** What a frame begins with. @see https://datatracker.ietf.org/doc/html/rfc8878#section-3.1.1 */
const ZSTD_FRAME = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** `orders$files`. */
function metadataOf(name: string): string {
  return `${SCHEMA}."orders$${name}"`;
}

function executeStatement(procedure: string): string {
  return `ALTER TABLE ${TABLE} EXECUTE ${procedure}`;
}

function insertStatement(month: string, write: number): string {
  const rows = Array.from({ length: ROWS }, (_, index) => {
    const id = write * ROWS + index;
    return `(${id}, 'note ${id}', DATE '${month}-${String(index + 1).padStart(2, '0')}')`;
  });
  return `INSERT INTO ${TABLE} VALUES ${rows.join(', ')}`;
}
