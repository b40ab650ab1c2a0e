/** What you would write for an environment of your own: copy it beside your definition. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analytics } from '../../examples/complete/main';
import { planEnvironment, synthesize } from '../../stacks';

// region: snapshot
const outdir = mkdtempSync(join(tmpdir(), 'analytics-'));
afterAll(() => rmSync(outdir, { recursive: true }));

test('the definition can work, and every warning has been read', () => {
  expect(synthesize('analytics', analytics, outdir)).toMatchInlineSnapshot(`
    [
      {
        "constructPath": "analytics-platform/Trino",
        "message": "maxExecutionTime: node drain ends a drain after 15m of 1h1m30s: a query that still runs then is lost; lower maxExecutionTime or use retryPolicy 'TASK'",
      },
    ]
  `);
});

test('what holds data is as reviewed: a change of this snapshot may replace a database', () => {
  const file = join(outdir, 'stacks/analytics-data/cdk.tf.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchSnapshot();
});

test('queries get the memory and the time that we count on', () => {
  const { memory, limits } = planEnvironment('analytics', analytics);
  expect(memory.worker.maxMemoryPerNode.toString()).toMatchInlineSnapshot(`"45.9 GiB"`);
  expect(limits.maxExecutionTime.toString()).toMatchInlineSnapshot(`"1h"`);
});
// endregion
