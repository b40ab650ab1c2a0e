import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { briefJoin, loadBriefData } from '../../../local/platform/brief-data';
import { type LocalPlatform, startPlatform } from '../../../local/platform/platform';
import { definitionOf } from '../../../stacks';

const folder = mkdtempSync(join(tmpdir(), 'brief-'));
jest.setTimeout(600_000);

let platform: LocalPlatform;

beforeAll(async () => {
  platform = await startPlatform({ definition: definitionOf('dev'), folder, say: console.error });
});

afterAll(async () => {
  await platform.stop();
  rmSync(folder, { recursive: true });
});

/** What the join says when the data have been loaded. */
async function joined(): Promise<unknown> {
  const { local, servers, client } = platform;
  const tables = await loadBriefData(local.definition.catalogs, servers, client('analyst'));
  return (await client('analyst').query(briefJoin(tables) ?? '')).rows;
}

const ROWS = [
  ['Laptop', 'Electronics', '1200.00', 10, 6],
  ['Phone', 'Electronics', '800.00', 8, 3],
  ['Desk', 'Furniture', '300.00', 6, 5],
  ['Chair', 'Furniture', '150.00', 9, 7],
];

it("joins the brief's three sources: the lake, MySQL and Kafka", async () => {
  expect(await joined()).toEqual(ROWS);
});

it('has the data once, however often it is loaded', async () => {
  expect(await joined()).toEqual(ROWS);
});
