import { type ILakeBucket, LakeBucket, lakeBucketViolations } from '../../lib/aws/lake-bucket';
import { LogBucket } from '../../lib/aws/log-bucket';
import { one, resources, synth, testApp, testStack } from '../support/synth';
import { Recorder, addresses, keyOf, paths, policyOf, UNKNOWN } from './support';

const lake = (props: Partial<ConstructorParameters<typeof LakeBucket>[2]> = {}): ReturnType<typeof synth> =>
  synth(testStack((stack) => new LakeBucket(stack, 'Lake', { name: 'acme-dev-lake', ...props })));

test('a lake bucket is encrypted, versioned, closed and kept', () => {
  const json = lake();
  expect(one(json, 'aws_s3_bucket').args).toMatchObject({ force_destroy: false, lifecycle: { prevent_destroy: true } });
  expect(one(json, 'aws_kms_key').args).toMatchObject({ lifecycle: { prevent_destroy: true } });
  expect(one(json, 'aws_s3_bucket_server_side_encryption_configuration').args.rule).toEqual([
    {
      bucket_key_enabled: true,
      apply_server_side_encryption_by_default: {
        sse_algorithm: 'aws:kms',
        kms_master_key_id: `\${${one(json, 'aws_kms_key').address}.arn}`,
      },
    },
  ]);
  expect(one(json, 'aws_s3_bucket_versioning').args.versioning_configuration).toEqual({ status: 'Enabled' });
  expect(one(json, 'aws_s3_bucket_public_access_block').args).toMatchObject({
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(one(json, 'aws_s3_bucket_ownership_controls').args.rule).toEqual({ object_ownership: 'BucketOwnerEnforced' });
  expect(one(json, 'aws_s3_bucket_notification').args).toMatchObject({ eventbridge: true });
});

test('nobody comes in without TLS 1.2, and the policy waits for the block of public access', () => {
  const json = lake();
  const { args } = one(json, 'aws_s3_bucket_policy');
  const arn = `\${${one(json, 'aws_s3_bucket').address}.arn}`;
  const everybody = { Effect: 'Deny', Principal: { AWS: '*' }, Action: 's3:*', Resource: [arn, `${arn}/*`] };
  expect(policyOf(args.policy).Statement).toEqual([
    { Sid: 'DenyPlainText', ...everybody, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    { Sid: 'DenyOldTls', ...everybody, Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } },
  ]);
  expect(args.depends_on).toEqual([expect.stringMatching(/^aws_s3_bucket_public_access_block\./)]);
});

test('old versions, delete markers and broken uploads go, in that many days', () => {
  const { args } = one(lake({ expireNoncurrentDays: 7 }), 'aws_s3_bucket_lifecycle_configuration');
  expect(args.rule).toEqual([
    expect.objectContaining({
      noncurrent_version_expiration: [{ noncurrent_days: 7 }],
      expiration: [{ expired_object_delete_marker: true }],
    }),
    expect.objectContaining({ abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }] }),
  ]);
  expect(args.depends_on).toEqual([expect.stringMatching(/^aws_s3_bucket_versioning\./)]);
});

test('companions name the bucket by its id, so that checks of infrastructure code can follow', () => {
  const json = lake();
  const id = `\${${one(json, 'aws_s3_bucket').address}.id}`;
  const companions = resources(json).filter(({ type }) => type.startsWith('aws_s3_bucket_'));
  expect(companions.map(({ args }) => args.bucket)).toEqual(companions.map(() => id));
  expect(companions).toHaveLength(7);
});

test('access logs go where the log bucket lets them in', () => {
  const json = synth(
    testStack((stack) => {
      const accessLogBucket = new LogBucket(stack, 'Logs', { name: 'acme-dev-logs' });
      new LakeBucket(stack, 'Lake', { name: 'acme-dev-lake', accessLogBucket });
    }),
  );
  expect(one(json, 'aws_s3_bucket_logging').args).toMatchObject({
    target_bucket: expect.stringMatching(/^\$\{aws_s3_bucket_policy\.Logs/),
    target_prefix: 'acme-dev-lake/',
  });
});

test('what may be lost is destroyed with its objects', () => {
  const json = lake({ retain: false });
  expect(one(json, 'aws_s3_bucket').args).toMatchObject({ force_destroy: true, lifecycle: { prevent_destroy: false } });
  expect(one(json, 'aws_kms_key').args).toMatchObject({ lifecycle: { prevent_destroy: false } });
});

test('the addresses of a lake bucket stay', () => {
  expect(addresses(lake())).toEqual([
    'aws_kms_alias.Lake_Key_Alias',
    'aws_kms_key.Lake_Key',
    'aws_s3_bucket.Lake',
    'aws_s3_bucket_lifecycle_configuration.Lake_Lifecycle',
    'aws_s3_bucket_notification.Lake_Events',
    'aws_s3_bucket_ownership_controls.Lake_Ownership',
    'aws_s3_bucket_policy.Lake_Policy',
    'aws_s3_bucket_public_access_block.Lake_PublicAccess',
    'aws_s3_bucket_server_side_encryption_configuration.Lake_Encryption',
    'aws_s3_bucket_versioning.Lake_Versioning',
  ]);
});

test('the bucket itself can be reached for overrides', () => {
  const stack = testStack();
  const { defaultChild } = new LakeBucket(stack, 'Lake', { name: 'acme-dev-lake' }).node;
  expect(defaultChild).toMatchObject({ terraformResourceType: 'aws_s3_bucket' });
});

describe('grants', () => {
  const imported = (): { bucket: ILakeBucket; grantee: Recorder } => {
    const stack = testStack();
    return { bucket: LakeBucket.fromBucketName(stack, 'Lake', 'acme-dev-lake', keyOf(stack)), grantee: new Recorder() };
  };

  test('reading the whole bucket: objects and bucket in statements of their own, and the key', () => {
    const { bucket, grantee } = imported();
    bucket.grantRead(grantee);
    expect(grantee.statements).toEqual([
      { actions: ['s3:GetObject'], resources: [`${bucket.bucketArn}/*`] },
      { actions: ['s3:ListBucket'], resources: [bucket.bucketArn] },
      expect.objectContaining({ actions: expect.arrayContaining(['kms:Decrypt']) }),
    ]);
    expect(grantee.actions).not.toContain('kms:GenerateDataKey');
  });

  test('a prefix narrows objects and listing, however its slashes are written', () => {
    const { bucket, grantee } = imported();
    bucket.grantRead(grantee, '/warehouse/');
    bucket.grantRead(grantee, 'warehouse');
    const [objects, list] = grantee.statements;
    expect(objects?.resources).toEqual([`${bucket.bucketArn}/warehouse/*`]);
    expect(list?.conditions).toEqual({ StringLike: { 's3:prefix': ['warehouse', 'warehouse/*'] } });
    expect(grantee.statements.slice(3)).toEqual(grantee.statements.slice(0, 3));
  });

  test('writing adds put, delete, abort and encryption, and nothing that changes the bucket', () => {
    const { bucket, grantee } = imported();
    bucket.grantReadWrite(grantee);
    expect(grantee.actions.filter((action) => action.startsWith('s3:'))).toEqual([
      's3:GetObject',
      's3:PutObject',
      's3:DeleteObject',
      's3:AbortMultipartUpload',
      's3:ListBucket',
    ]);
    expect(grantee.actions).toContain('kms:GenerateDataKey');
  });

  test('an imported bucket is granted and addressed like an owned one', () => {
    const stack = testStack();
    const encryptionKey = keyOf(stack);
    const owned = new LakeBucket(stack, 'Owned', { name: 'acme-dev-lake', encryptionKey });
    const imported = LakeBucket.fromBucketName(stack, 'Imported', 'acme-dev-lake', encryptionKey);
    const actionsOn = (bucket: ILakeBucket): string[] => {
      const grantee = new Recorder();
      bucket.grantReadWrite(grantee, 'warehouse');
      return grantee.actions;
    };
    expect(actionsOn(imported)).toEqual(actionsOn(owned));
    expect(imported.uri()).toBe('s3://acme-dev-lake');
    expect(imported.uri('/warehouse/sales/')).toBe('s3://acme-dev-lake/warehouse/sales');
  });

  test('a bucket of another stack is granted by references to that stack', () => {
    const app = testApp();
    const data = testStack(undefined, { app, id: 'data' });
    const bucket = new LakeBucket(data, 'Lake', { name: 'acme-dev-lake' });
    const grantee = new Recorder();
    bucket.grantRead(grantee, 'warehouse');
    expect(grantee.statements[0]?.resources[0]).toMatch(/^\$\{TfToken\[.*\]\}\/warehouse\/\*$/);
  });
});

describe('rules', () => {
  test.each([{ name: 'acme-dev-lake' }, { name: 'a1b' }, { name: 'lake', expireNoncurrentDays: 1 }])(
    '%j is fine',
    (options) => {
      expect(lakeBucketViolations(options)).toEqual([]);
    },
  );

  test.each(['s3://lake', 'arn:aws:s3:::lake', 'lake/warehouse', '', undefined])(
    'fails when an existing bucket is called %s',
    (name) => {
      const imported = () => LakeBucket.fromBucketName(testStack(), 'Lake', name as string);
      expect(imported).toThrow(/Lake: one problem\n.* bucketName: got /);
    },
  );

  test('an old bucket may have a name that no new one may', () => {
    expect(LakeBucket.fromBucketName(testStack(), 'Lake', 'Acme_Lake.tables').bucketName).toBe('Acme_Lake.tables');
  });

  test('what is known only when Terraform runs is not judged', () => {
    expect(lakeBucketViolations({ name: 'lake', expireNoncurrentDays: UNKNOWN.number })).toEqual([]);
    expect(lakeBucketViolations({ name: 'Lake-${TfToken[TOKEN.1]}' })).toEqual([]);
  });

  test.each(['Lake', 'la', 'lake_1', 'lake.tables', '-lake', 'lake-', 'xn--lake', 'lake-s3alias', 'l'.repeat(64)])(
    'fails when the name is %s',
    (name) => {
      expect(paths(lakeBucketViolations({ name }))).toEqual(['name']);
    },
  );

  test.each([0, 1.5, 3651])('fails when old versions are kept for %d days', (expireNoncurrentDays) => {
    expect(paths(lakeBucketViolations({ name: 'lake', expireNoncurrentDays }))).toEqual(['expireNoncurrentDays']);
  });

  test('fails when constructed with something wrong, with everything that is', () => {
    expect(() => lake({ name: 'Lake', expireNoncurrentDays: 0 })).toThrow(
      /test\/Lake: 2 problems\n {2}- name.*\n {2}- expireNoncurrentDays/,
    );
  });
});
