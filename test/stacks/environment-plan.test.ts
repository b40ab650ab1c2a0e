import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentNames, findEnvironment } from '../../stacks/environments';
import { planTrino, TrinoRelease } from '../../lib/trino';
import { planEnvironment } from '../../stacks/environment-plan';
import { definitionOf, planOf } from '../../stacks/known-environments';

/** A temporary folder for this file alone: others plan, too, at the same time. */
const ours = mkdtempSync(join(tmpdir(), 'cdktf-trino-test-'));
const { TMPDIR } = process.env;
beforeAll(() => {
  process.env.TMPDIR = ours;
});
afterAll(() => {
  if (TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = TMPDIR;
  rmSync(ours, { recursive: true });
});

const drafts = () => readdirSync(ours).filter((name) => name.startsWith('cdktf-trino-plan-'));

test.each(environmentNames())('%s is planned without a file being left behind', (name) => {
  const plan = planOf(name);
  expect(plan.chart.files.worker['config.properties']).toContain('coordinator=false');
  expect(drafts()).toEqual([]);
});

test('fails with every violation of the definition, and leaves no file behind', () => {
  const dev = findEnvironment('dev');
  expect(() => planEnvironment('dev', { ...dev, region: 'Ireland' })).toThrow(/region: got 'Ireland'/);
  expect(drafts()).toEqual([]);
});

test('the definition of an environment is planned to the same files', () => {
  const { worker } = planTrino(definitionOf('staging')).chart.files;
  expect(worker['config.properties']).toBe(planOf('staging').chart.files.worker['config.properties']);
  expect(Object.keys(worker)).toContain('catalog/shop.properties');
});

test('an environment is defined for another release, catalogs included', () => {
  const { release, catalogs } = definitionOf('dev', TrinoRelease.of('483'));
  expect(release?.version).toBe('483');
  expect(catalogs.find(({ name }) => name === 'lake')?.config.properties).toHaveProperty(['fs.s3.enabled'], 'true');
});
