import { parseEvent } from '../../local/terraform-events';

test('a summary tells how many resources a run adds, changes and destroys', () => {
  const changes = { add: 2, change: 1, import: 0, remove: 3, operation: 'apply' };
  expect(parseEvent(JSON.stringify({ type: 'change_summary', changes }))).toEqual({
    type: 'summary',
    operation: 'apply',
    added: 2,
    changed: 1,
    destroyed: 3,
  });
});

test('a planned change tells the resource, its type and what would become of it', () => {
  const resource = { addr: 'aws_s3_bucket.Lake', resource_type: 'aws_s3_bucket', resource_name: 'Lake' };
  expect(parseEvent(JSON.stringify({ type: 'planned_change', change: { resource, action: 'replace' } }))).toEqual({
    type: 'planned',
    address: 'aws_s3_bucket.Lake',
    resourceType: 'aws_s3_bucket',
    action: 'replace',
  });
});

test('outputs come without the sensitive ones, which Terraform gives no value', () => {
  const outputs = { LakeUri: { sensitive: false, value: 's3://lake' }, secret: { sensitive: true } };
  expect(parseEvent(JSON.stringify({ type: 'outputs', outputs }))).toEqual({
    type: 'outputs',
    values: { LakeUri: 's3://lake' },
  });
});

test('a diagnostic becomes a problem with its resource', () => {
  const diagnostic = { severity: 'error', summary: 'creating VPC', detail: 'limit', address: 'aws_vpc.a' };
  expect(parseEvent(JSON.stringify({ type: 'diagnostic', diagnostic }))).toEqual({ type: 'problem', ...diagnostic });
});

test.each([
  ['drift that changes nothing', '{"type":"resource_drift","change":{"resource":{"addr":"a.b"},"action":"update"}}'],
  ['a resource that is still being made', '{"type":"apply_progress","hook":{"resource":{"addr":"a.b"},"action":"x"}}'],
  ['the version', '{"type":"version","terraform":"1.11.4"}'],
  ['text that is no JSON', 'Initializing…'],
])('%s is no event', (_, text) => {
  expect(parseEvent(text)).toBeUndefined();
});
