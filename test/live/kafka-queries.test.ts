import { briefJoin, loadBriefData } from '../../local/platform/brief-data';
import { LOCAL_USER } from '../../local/platform/platform';
import type { RecordToSend } from '../../local/servers/kafka-tool';
import type { TrinoClient, TrinoResult } from '../../local/servers/trino-client';
import { avroFile } from './support/avro-file';
import { describePlatform, PLATFORM_TIMEOUT, sharedPlatform, type SharedPlatform } from './support/shared';
import { sharedDefinition } from './support/shared-definition';
import { READING } from './support/streams';

jest.setTimeout(PLATFORM_TIMEOUT);

const COUNTERS = 100;
const HOUR = 3_600_000;
const START = Date.UTC(2025, 0, 1);

const TOPICS = ['web.Clicks', 'prices', 'counters', 'readings'];

describePlatform('topics of Kafka as tables', () => {
  let platform: SharedPlatform;
  let trino: TrinoClient;
  beforeAll(async () => {
    platform = await sharedPlatform();
    trino = platform.client(LOCAL_USER);
    const topics = TOPICS.map((name) => ({ name, partitions: 1 }));
    await platform.servers.kafka.work({ topics, records: [...CLICKS, ...PRICES, ...counters(), ...READINGS] });
  });

  const rowsOf = async (sql: string) => (await trino.query(sql)).rows;

  it('reads JSON: nested members, dates and times in three notations, and the key', async () => {
    expect(await rowsOf('SELECT * FROM streams.web.clicks WHERE NOT _message_corrupt')).toEqual([
      ['ann', '/desk', '2025-09-01 10:00:00.000 UTC', '2025-09-01 10:00:00.123', '2025-09-01'],
    ]);
  });

  it('reads CSV by place, with commas in quotation marks', async () => {
    expect(await rowsOf('SELECT * FROM streams.default.prices')).toEqual([[3, 'Desk, big', 299.5]]);
  });

  it('reads raw bytes: whole numbers of two widths, a float, and the text behind them', async () => {
    const rows = await rowsOf('SELECT * FROM streams.default.counters WHERE _partition_offset IN (0, 99)');
    expect(rows).toEqual([
      [0, 0, 0, 'counter 0'],
      [99, -99, 49.5, 'counter 99'],
    ]);
  });

  it('reads Avro by the schema that came along with the table, nested records too', async () => {
    expect(await rowsOf('SELECT * FROM streams.default.readings ORDER BY sensor')).toEqual([
      ['cellar', -1.5, 1_756_720_800_123, -1],
      ['roof', 30.25, 1_756_720_860_000, 64],
    ]);
  });

  it('has columns about a message that SELECT * leaves out, and none called _offset', async () => {
    const columns = '_partition_id, _partition_offset, _timestamp, _key, _message_length, _message_corrupt';
    expect(await rowsOf(`SELECT ${columns}, _headers FROM streams.web.clicks WHERE _partition_offset < 2`)).toEqual([
      [0, 0, '2025-09-01 10:00:01.000', 'ann', CLICKS[0]?.value?.length, false, { source: ['c2hvcA=='] }],
      [0, 1, '2025-09-01 11:00:01.000', 'bob', 'not JSON'.length, true, {}],
    ]);
    await expect(trino.query('SELECT _offset FROM streams.web.clicks')).rejects.toMatchObject({
      errorName: 'COLUMN_NOT_FOUND',
    });
  });

  it.each([
    ['offsets', '_partition_offset BETWEEN 10 AND 19', 10],
    ['times', `_timestamp >= TIMESTAMP '2025-01-04 00:00:00'`, COUNTERS - 72],
  ])('reads no more of a topic than %s ask for', async (_, where, count) => {
    const all = await trino.query('SELECT count(*) FROM streams.default.counters');
    const bounded = await trino.query(`SELECT count(*) FROM streams.default.counters WHERE ${where}`);
    expect(read(all)).toEqual({ counted: COUNTERS, processed: COUNTERS });
    expect(read(bounded)).toEqual({ counted: count, processed: count });
  });

  it("joins the brief's three sources: the lake, MySQL and Kafka", async () => {
    expect(await rowsOf(briefJoin(platform.tables) ?? '')).toEqual(BRIEF_ROWS);
  });

  it("has the brief's data once, however often they are loaded", async () => {
    await loadBriefData(sharedDefinition().catalogs, platform.servers, trino);
    expect(await rowsOf(briefJoin(platform.tables) ?? '')).toEqual(BRIEF_ROWS);
  });
});

/** What is sold and ordered of each product. */
const BRIEF_ROWS = [
  ['Laptop', 'Electronics', '1200.00', 10, 6],
  ['Phone', 'Electronics', '800.00', 8, 3],
  ['Desk', 'Furniture', '300.00', 6, 5],
  ['Chair', 'Furniture', '150.00', 9, 7],
];

function read({ rows, stats }: TrinoResult) {
  return { counted: rows[0]?.[0], processed: stats.processedRows };
}

const CLICK = { page: { path: '/desk' }, at: '2025-09-01T10:00:00Z', sent: 1_756_720_800_123, day: '01.09.2025' };

const CLICKS: readonly RecordToSend[] = [
  {
    ...{ topic: 'web.Clicks', key: 'ann', value: JSON.stringify(CLICK), headers: { source: 'shop' } },
    timestamp: new Date('2025-09-01T10:00:01Z'),
  },
  { topic: 'web.Clicks', key: 'bob', value: 'not JSON', timestamp: new Date('2025-09-01T11:00:01Z') },
];

const PRICES: readonly RecordToSend[] = [{ topic: 'prices', value: '3,299.5,"Desk, big"' }];

const READINGS: readonly RecordToSend[] = [
  { sensor: 'roof', celsius: 30.25, taken: 1_756_720_860_000, place: { floor: 64 } },
  { sensor: 'cellar', celsius: -1.5, taken: 1_756_720_800_123, place: { floor: -1 } },
].map((reading) => ({ topic: 'readings', value: avroFile(READING, reading) }));

/** One an hour: eight bytes, four bytes, a float, a text. */
function counters(): readonly RecordToSend[] {
  return Array.from({ length: COUNTERS }, (_, index) => {
    const numbers = Buffer.alloc(16);
    numbers.writeBigInt64BE(BigInt(index), 0);
    numbers.writeInt32BE(-index, 8);
    numbers.writeFloatBE(index / 2, 12);
    const value = Buffer.concat([numbers, Buffer.from(`counter ${index}`)]);
    return { topic: 'counters', value, timestamp: new Date(START + index * HOUR) };
  });
}
