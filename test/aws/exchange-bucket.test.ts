import { ExchangeBucket, exchangeBucketViolations } from '../../lib/aws/exchange-bucket';
import { Duration } from '../../lib/core';
import { one, resources, synth, testStack } from '../support/synth';
import { Recorder, keyOf, paths } from './support';

const exchange = (expireAfter?: Duration): ReturnType<typeof synth> =>
  synth(
    testStack(
      (stack) =>
        new ExchangeBucket(stack, 'Exchange', { name: 'acme-dev-exchange', ...(expireAfter && { expireAfter }) }),
    ),
  );

test('exchange data goes after a day, uploads of crashed workers too', () => {
  expect(one(exchange(), 'aws_s3_bucket_lifecycle_configuration').args.rule).toEqual([
    expect.objectContaining({ expiration: [{ days: 1 }] }),
    expect.objectContaining({ abort_incomplete_multipart_upload: [{ days_after_initiation: 1 }] }),
  ]);
});

test('longer queries may keep it up to three days', () => {
  const [expiry] = one(exchange(Duration.days(3)), 'aws_s3_bucket_lifecycle_configuration').args.rule as object[];
  expect(expiry).toMatchObject({ expiration: [{ days: 3 }] });
});

test('nothing is versioned, nothing is kept, everything is encrypted', () => {
  const json = exchange();
  expect(resources(json, 'aws_s3_bucket_versioning')).toEqual([]);
  expect(one(json, 'aws_s3_bucket').args).toMatchObject({ force_destroy: true, lifecycle: { prevent_destroy: false } });
  expect(one(json, 'aws_kms_key').args).toMatchObject({ lifecycle: { prevent_destroy: false } });
  expect(one(json, 'aws_s3_bucket_server_side_encryption_configuration').args.rule).toMatchObject([
    { bucket_key_enabled: true },
  ]);
});

test('an imported bucket is granted like an owned one', () => {
  const stack = testStack();
  const bucket = ExchangeBucket.fromBucketName(stack, 'Exchange', 'acme-dev-exchange', keyOf(stack));
  const grantee = new Recorder();
  bucket.grantReadWrite(grantee);
  expect(grantee.actions).toEqual(expect.arrayContaining(['s3:PutObject', 'kms:GenerateDataKey']));
  expect(bucket.uri()).toBe('s3://acme-dev-exchange');
});

test.each([1, 2, 3])('%d days are fine', (days) => {
  expect(exchangeBucketViolations({ name: 'exchange', expireAfter: Duration.days(days) })).toEqual([]);
});

test.each([Duration.hours(12), Duration.hours(36), Duration.days(4)])(
  'fails when objects expire after %s',
  (expireAfter) => {
    expect(paths(exchangeBucketViolations({ name: 'exchange', expireAfter }))).toEqual(['expireAfter']);
  },
);
