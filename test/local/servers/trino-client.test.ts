import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Duration } from '../../../lib/core';
import { TrinoClient } from '../../../local/servers/trino-client';

const ROWS = { id: '2', data: [[1]], stats: {} };

const failing = (errorName: string) => ({
  id: '1',
  stats: {},
  error: { errorName, errorType: 'INSUFFICIENT_RESOURCES', message: 'as it is' },
});

/** Answers one statement after the other with these, the last one for ever. */
const server = createServer((_request, response) => {
  const answer = answers.length > 1 ? answers.shift() : answers[0];
  response.end(JSON.stringify(answer));
});
let answers: object[] = [];
let client: TrinoClient;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = new TrinoClient({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, user: 'alice' });
});
afterAll(() => {
  server.close();
});

test('the first statement to a cluster is asked again until its nodes are known', async () => {
  answers = [failing('NO_NODES_AVAILABLE'), ROWS];
  expect((await client.firstQuery('SELECT 1')).rows).toEqual([[1]]);
});

test('fails when the nodes never come, with the words of Trino', async () => {
  answers = [failing('NO_NODES_AVAILABLE')];
  await expect(client.firstQuery('SELECT 1', Duration.millis(0))).rejects.toThrow('NO_NODES_AVAILABLE: as it is');
});

test('fails at once with anything else, and any later statement with missing nodes, too', async () => {
  answers = [failing('TABLE_NOT_FOUND'), ROWS];
  await expect(client.firstQuery('SELECT 1')).rejects.toThrow('TABLE_NOT_FOUND');
  answers = [failing('NO_NODES_AVAILABLE'), ROWS];
  await expect(client.query('SELECT 1')).rejects.toThrow('NO_NODES_AVAILABLE');
});
