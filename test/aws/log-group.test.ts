import { LogGroup, logRetentionViolations } from '../../lib/aws/log-group';
import { one, synth, testStack } from '../support/synth';
import { keyOf, UNKNOWN } from './support';

test('a log group is encrypted and kept for a year', () => {
  const json = synth(
    testStack((stack) => new LogGroup(stack, 'Logs', { name: '/acme/dev', encryptionKey: keyOf(stack) })),
  );
  expect(one(json, 'aws_cloudwatch_log_group').args).toEqual({
    name: '/acme/dev',
    retention_in_days: 365,
    kms_key_id: 'arn:aws:kms:eu-west-1:111122223333:key/1',
  });
});

test.each([1, 30, 365, 3653, UNKNOWN.number])('%d days are a retention of CloudWatch Logs', (days) => {
  expect(logRetentionViolations(days)).toEqual([]);
});

test.each([
  [0, 'use 1'],
  [100, 'use 120'],
  [364, 'use 365'],
  [9999, 'use 3653'],
])('fails when the retention is %d days, with the next longer one', (days, fix) => {
  expect(logRetentionViolations(days, 'logRetentionDays')).toEqual([
    expect.objectContaining({ path: 'logRetentionDays', got: String(days), fix }),
  ]);
});
