import { advance, describeProgress, describeResult, NOT_BEGUN } from '../../local/progress';
import { parseEvent, type TerraformEvent } from '../../local/terraform-events';

/** A line of `terraform apply -json` about a resource. */
function line(type: string, address: string, action: string): string {
  const resource = { resource: { addr: address }, action };
  return JSON.stringify({ type, ...(type === 'planned_change' ? { change: resource } : { hook: resource }) });
}

function after(...lines: readonly string[]): string {
  const events = lines.map(parseEvent).filter((event): event is TerraformEvent => event !== undefined);
  return describeProgress(events.reduce(advance, NOT_BEGUN));
}

const PLANNED = [line('planned_change', 'aws_vpc.a', 'create'), line('planned_change', 'aws_vpc.b', 'replace')];

test('a stack is planning until something is planned, reads included', () => {
  expect(after(line('apply_start', 'data.aws_region.here', 'read'))).toBe('planning');
});

test('steps are counted: one for a resource, two for a replacement', () => {
  expect(after(...PLANNED)).toBe('0 of 3');
});

test('what Terraform is at is named, the latest first and the others counted', () => {
  const started = [line('apply_start', 'aws_vpc.a', 'create'), line('apply_start', 'aws_vpc.b', 'delete')];
  expect(after(...PLANNED, ...started)).toBe('0 of 3: aws_vpc.b and 1 more');
  expect(after(...PLANNED, ...started, line('apply_complete', 'aws_vpc.b', 'delete'))).toBe('1 of 3: aws_vpc.a');
  expect(after(...PLANNED, ...started, line('apply_errored', 'aws_vpc.a', 'create'))).toBe('1 of 3: aws_vpc.b');
});

test('data that is read counts for nothing, and does not stay what Terraform is at', () => {
  const reads = [line('apply_start', 'data.aws_region.r', 'read'), line('apply_complete', 'data.aws_region.r', 'read')];
  expect(after(...PLANNED, ...reads)).toBe('0 of 3');
});

test('a result names what happened, or that nothing had to', () => {
  const result = { stack: 'dev-data', resources: 3, seconds: 12.4, outputs: {} };
  expect(describeResult({ ...result, added: 2, changed: 0, destroyed: 1 })).toBe('2 added, 1 destroyed in 12 s');
  expect(describeResult({ ...result, added: 0, changed: 0, destroyed: 0 })).toBe('nothing to change in 12 s');
});
