import { EncryptionKey } from '../../lib/aws/encryption-key';
import { type IGrantable, type PolicyStatement, Statements, policyDocument } from '../../lib/aws/grants';
import { one, synth, testStack } from '../support/synth';

class Recorder implements IGrantable {
  public readonly statements: PolicyStatement[] = [];
  public addStatement(statement: PolicyStatement): void {
    this.statements.push(statement);
  }
}

test('a key rotates, is kept by default and has an alias', () => {
  const json = synth(testStack((stack) => new EncryptionKey(stack, 'Key', { name: 'acme-dev', description: 'data' })));
  expect(one(json, 'aws_kms_key').args).toMatchObject({
    enable_key_rotation: true,
    lifecycle: { prevent_destroy: true },
  });
  expect(one(json, 'aws_kms_alias').args).toMatchObject({ name: 'alias/acme-dev' });
});

test.each(['', 'acme dev', 'acme.dev', 'a'.repeat(251)])('fails when the name is %j', (name) => {
  expect(() => new EncryptionKey(testStack(), 'Key', { name, description: 'data' })).toThrow(
    / name: got .*alias of KMS/,
  );
});

test.each(['a', 'acme/dev_1-x', 'a'.repeat(250), '${TfToken[TOKEN.1]}'])('the name %j is fine', (name) => {
  expect(() => new EncryptionKey(testStack(), 'Key', { name, description: 'data' })).not.toThrow();
});

test('a service that uses the key may do so for this account only', () => {
  const services = ['logs.eu-west-1.amazonaws.com', 'backup.amazonaws.com'];
  const json = synth(
    testStack((stack) => new EncryptionKey(stack, 'Key', { name: 'acme-dev', description: 'logs', services })),
  );
  const policy = JSON.parse(String(one(json, 'aws_kms_key').args.policy)) as { Statement: { Condition?: unknown }[] };
  const [owner, logs, backup] = policy.Statement;
  expect(owner).not.toHaveProperty('Condition');
  expect(logs?.Condition).toMatchObject({ ArnLike: { 'kms:EncryptionContext:aws:logs:arn': expect.any(String) } });
  expect(backup?.Condition).toMatchObject({ StringEquals: { 'aws:SourceAccount': expect.any(String) } });
});

test('an imported key is granted like an owned one', () => {
  const grantee = new Recorder();
  const key = EncryptionKey.fromKeyArn(testStack(), 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1');
  key.grantDecrypt(grantee);
  key.grantEncryptDecrypt(grantee);
  expect(grantee.statements.map(({ actions }) => actions.includes('kms:GenerateDataKey'))).toEqual([false, true]);
  expect(grantee.statements.flatMap(({ resources }) => resources)).toEqual(Array(2).fill(key.keyArn));
});

describe('statements', () => {
  const read = { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::lake/*'] };

  test('the same statement twice counts once', () => {
    const statements = new Statements('Role');
    statements.add(read);
    statements.add({ ...read });
    expect(JSON.parse(policyDocument(statements.all))).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: read.actions, Resource: read.resources }],
    });
  });

  test('a wildcard with a written reason passes', () => {
    const statements = new Statements('Role');
    const describe = { actions: ['ec2:DescribeImages'], resources: ['*'], reason: 'the action knows no resources' };
    expect(() => statements.add(describe)).not.toThrow();
  });

  test.each([
    [{ actions: ['s3:GetObject'], resources: ['*'] }],
    [{ actions: ['s3:*'], resources: ['arn:aws:s3:::lake'] }],
  ])('fails when a wildcard has no reason: %j', (statement) => {
    expect(() => new Statements('Role').add(statement)).toThrow(/Role: one problem\n.*write a 'reason'/);
  });
});
