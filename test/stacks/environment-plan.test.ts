import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { environmentNames, findEnvironment } from '../../stacks/environments';
import { planEnvironment, planOf } from '../../stacks/environment-plan';

const drafts = () => readdirSync(tmpdir()).filter((name) => name.startsWith('cdktf-trino-plan-'));

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
