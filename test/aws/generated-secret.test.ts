import { GeneratedSecret, generatedSecretViolations } from '../../lib/aws/generated-secret';
import { one, resources, synth, testStack } from '../support/synth';
import { Recorder, keyOf, paths, rendered } from './support';

type Props = ConstructorParameters<typeof GeneratedSecret>[2];
const secret = (props: Partial<Props> = {}): ReturnType<typeof synth> =>
  synth(
    testStack((stack) => new GeneratedSecret(stack, 'User', { name: 'acme/user', description: 'a user', ...props })),
  );

/** Names of the ephemeral passwords in the stack's JSON. */
const ephemeral = (json: ReturnType<typeof synth>): string[] =>
  Object.keys((json.ephemeral as Record<string, object>)['aws_secretsmanager_random_password'] ?? {});

test('the value travels from an ephemeral password into a write-only argument: it is in no plan and no state', () => {
  const json = secret({ members: { username: 'trino' } });
  const [password] = ephemeral(json);
  const { args } = one(json, 'aws_secretsmanager_secret_version');
  expect(args).toEqual({
    secret_id: expect.stringMatching(/^\$\{aws_secretsmanager_secret\..*\.id\}$/),
    secret_string_wo: `\${jsonencode({"username" = "trino", "password" = ephemeral.aws_secretsmanager_random_password.${password}.random_password})}`,
    secret_string_wo_version: 1,
    version_stages: expect.anything() as unknown,
    lifecycle: expect.anything() as unknown,
  });
});

test('values that people put stay the current ones, and AWS keeps the version that Terraform knows', () => {
  expect(one(secret(), 'aws_secretsmanager_secret_version').args).toMatchObject({
    version_stages: ['AWSCURRENT', 'cdktf-trino'],
    lifecycle: { ignore_changes: ['version_stages'] },
  });
});

test('a member stays what it is, whatever characters it has', () => {
  const { args } = one(secret({ members: { note: 'a"b\\c${d}%{e}' } }), 'aws_secretsmanager_secret_version');
  expect(args.secret_string_wo).toContain('"note" = "a\\"b\\\\c$${d}%%{e}"');
});

test('a generated value fits into every property file and URL', () => {
  expect(secret({ length: 64 }).ephemeral).toEqual({
    aws_secretsmanager_random_password: {
      [String(ephemeral(secret())[0])]: {
        password_length: 64,
        exclude_punctuation: true,
        require_each_included_type: true,
      },
    },
  });
});

test('each generated member has a value of its own', () => {
  expect(ephemeral(secret({ generate: ['cookie', 'jwt'] }))).toHaveLength(2);
});

test('a raised version has new values written', () => {
  expect(one(secret({ version: 2 }), 'aws_secretsmanager_secret_version').args).toMatchObject({
    secret_string_wo_version: 2,
  });
});

test('a secret is encrypted with a key of its own, whatever characters its name has, and can be brought back', () => {
  const json = secret({ name: 'acme/user@shop' });
  expect(one(json, 'aws_secretsmanager_secret').args).toMatchObject({
    kms_key_id: `\${${one(json, 'aws_kms_key').address}.arn}`,
    recovery_window_in_days: 30,
  });
  expect(one(json, 'aws_kms_alias').args.name).toBe('alias/acme/user-shop');
  expect(one(json, 'aws_kms_key').args).toMatchObject({ lifecycle: { prevent_destroy: true } });
});

test('a secret that is deleted at once takes its key along', () => {
  expect(one(secret({ recoveryWindowDays: 0 }), 'aws_kms_key').args).toMatchObject({
    lifecycle: { prevent_destroy: false },
  });
});

test('a reference names a member; raising the version leaves it as it is', () => {
  const stack = testStack();
  const user = new GeneratedSecret(stack, 'User', {
    name: 'acme/user',
    description: 'a user',
    encryptionKey: keyOf(stack),
  });
  expect(user.ref('password').key).toBe('password');
  expect(rendered(stack, user.ref('password').secret)).toMatch(/^\$\{aws_secretsmanager_secret\..*\.arn\}$/);
  expect(resources(synth(stack), 'aws_kms_key')).toEqual([]);
});

test('fails when a reference names no member, with those there are', () => {
  const user = new GeneratedSecret(testStack(), 'User', {
    name: 'acme/user',
    description: 'a user',
    members: { username: 'a' },
  });
  expect(() => user.ref('pasword')).toThrow(
    /test\/User: one problem\n.*got 'pasword'; allowed: 'username' or 'password'/,
  );
});

test.each([
  [
    'arn:aws:secretsmanager:eu-west-1:111122223333:secret:ldap-AbCdEf',
    /^arn:aws:secretsmanager:.*:secret:ldap-AbCdEf$/,
  ],
  ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:ldap', /^arn:aws:secretsmanager:.*:secret:ldap-\?{6}$/],
  ['ldap', /^arn:.*:secretsmanager:.*:secret:ldap-\?{6}$/],
])('an imported secret %s can be read with its key', (secretArn, resource) => {
  const stack = testStack();
  const grantee = new Recorder();
  GeneratedSecret.fromAttributes(stack, 'Ldap', { secretArn, encryptionKey: keyOf(stack) }).grantRead(grantee);
  expect(grantee.statements[0]?.resources).toEqual([expect.stringMatching(resource)]);
  expect(grantee.actions).toEqual([
    'secretsmanager:GetSecretValue',
    'secretsmanager:DescribeSecret',
    'kms:Decrypt',
    'kms:DescribeKey',
  ]);
});

describe('rules', () => {
  test.each([
    {},
    { length: 16 },
    { length: 128 },
    { version: 3 },
    { recoveryWindowDays: 0 },
    { recoveryWindowDays: 7 },
  ])('%j is fine', (options) => {
    expect(generatedSecretViolations({ name: 'acme/user', ...options })).toEqual([]);
  });

  test.each([
    ['name', { name: 'a user' }],
    ['generate', { generate: [] }],
    ['generate', { members: { password: 'x' } }],
    ['length', { length: 15 }],
    ['length', { length: 129 }],
    ['version', { version: 0 }],
    ['version', { version: 1.5 }],
    ['recoveryWindowDays', { recoveryWindowDays: 6 }],
    ['recoveryWindowDays', { recoveryWindowDays: 31 }],
  ])('fails when %s is wrong: %j', (path, options) => {
    expect(paths(generatedSecretViolations({ name: 'acme/user', ...options }))).toEqual([path]);
  });
});
