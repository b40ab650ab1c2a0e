import { readFileSync, writeFileSync } from 'node:fs';
import { type Kafka, startKafka } from '../../../local/servers/kafka';
import { isAlive } from '../../../local/state-lock';
import { describeWhere, say, TIMEOUT, workbench } from './workbench';

const bench = workbench();
afterAll(() => bench.clear());
jest.setTimeout(TIMEOUT);

async function start(password: string): Promise<Kafka> {
  const users = [{ name: 'trino', password }];
  return startKafka({ folder: bench.folder('kafka'), certificates: await bench.certificates(), users, say });
}

/** The configuration of a client who logs in as the user. */
function clientOf({ administratorProperties }: Kafka, password: string): string {
  const file = bench.folder('client.properties');
  const login = /username=".*" password=".*"/;
  const text = readFileSync(administratorProperties, 'utf8');
  writeFileSync(file, text.replace(login, `username="trino" password="${password}"`));
  return file;
}

describeWhere()('Kafka', () => {
  let kafka: Kafka;
  beforeAll(async () => (kafka = await start('first')));
  afterAll(() => kafka.stop());

  it('shows what Kafka says', async () => {
    await expect(kafka.work({ read: ['no topic'] })).rejects.toThrow(/InvalidTopicException/);
  });

  it('keeps bytes, times and headers for a second start, and leaves no process behind', async () => {
    const bytes = Uint8Array.from([0, 255, 10, 128]);
    const timestamp = new Date('2025-09-01T10:00:00Z');
    await kafka.work({
      topics: [{ name: 'orders', partitions: 2, config: { 'compression.type': 'zstd' } }],
      records: [{ topic: 'orders', partition: 1, key: 'ü', value: bytes, timestamp, headers: { source: 'test' } }],
    });
    await kafka.stop();
    expect(isAlive(kafka.process.pid)).toBe(false);
    kafka = await start('second');
    const read = await kafka.work({ topics: [{ name: 'orders', partitions: 2 }], read: ['orders'] });
    const headers = { source: utf8('test') };
    expect(read).toEqual([
      { topic: 'orders', partition: 1, offset: 0, timestamp, key: utf8('ü'), value: bytes, headers },
    ]);
  });

  it('deletes no message for its age: it would look 30 seconds after its start, and every five minutes', () => {
    expect(readFileSync(bench.folder('kafka/server.properties'), 'utf8')).toContain('log.retention.ms=-1\n');
  });

  it('lets users in with the password of its latest start', async () => {
    expect(await kafka.work({ read: ['orders'] }, clientOf(kafka, 'second'))).toHaveLength(1);
    await expect(kafka.work({ read: ['orders'] }, clientOf(kafka, 'first'))).rejects.toThrow(/SaslAuthentication/);
  });
});

function utf8(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text));
}
