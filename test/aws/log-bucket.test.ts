import { LogBucket, logBucketViolations } from '../../lib/aws/log-bucket';
import { one, resources, synth, testStack } from '../support/synth';
import { paths, policyOf, UNKNOWN } from './support';

const logs = (expireDays?: number): ReturnType<typeof synth> =>
  synth(
    testStack((stack) => new LogBucket(stack, 'Logs', { name: 'acme-dev-logs', ...(expireDays && { expireDays }) })),
  );

test('only log delivery of this account may write', () => {
  const allowed = policyOf(one(logs(), 'aws_s3_bucket_policy').args.policy).Statement.filter(
    ({ Effect }) => Effect === 'Allow',
  );
  expect(allowed).toEqual([
    expect.objectContaining({
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Action: 's3:PutObject',
      Condition: { StringEquals: { 'aws:SourceAccount': expect.stringContaining('account_id') } },
    }),
  ]);
});

test('it uses SSE-S3, because S3 delivers access logs to no other', () => {
  const json = logs();
  expect(one(json, 'aws_s3_bucket_server_side_encryption_configuration').args.rule).toEqual([
    { apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } },
  ]);
  expect(resources(json, 'aws_kms_key')).toEqual([]);
});

test('logs go after a year, what replaced them sooner', () => {
  const [expiry] = one(logs(), 'aws_s3_bucket_lifecycle_configuration').args.rule as object[];
  expect(expiry).toMatchObject({
    expiration: [{ days: 365 }],
    noncurrent_version_expiration: [{ noncurrent_days: 30 }],
  });
});

test('an imported bucket is known by its name', () => {
  expect(LogBucket.fromBucketName(testStack(), 'Logs', 'acme-logs').bucketName).toBe('acme-logs');
});

test('fails when an imported bucket is called by its ARN', () => {
  expect(() => LogBucket.fromBucketName(testStack(), 'Logs', 'arn:aws:s3:::logs')).toThrow(/bucketName: got 'arn/);
});

test.each([90, 365, UNKNOWN.number])('%d days are fine', (expireDays) => {
  expect(logBucketViolations({ name: 'logs', expireDays })).toEqual([]);
});

test.each([89, 366, 100.5])('fails when logs are kept for %d days', (expireDays) => {
  expect(paths(logBucketViolations({ name: 'logs', expireDays }))).toEqual(['expireDays']);
});
