/** Each invariant accepts what is right and finds what is not. */
import type { Args, TerraformJson } from '../support/synth';
import type { Invariant } from './document';
import { EVERYWHERE, notWaived, WHERE_DATA_IS_KEPT } from './index';
import { noWildcardPermission } from './permissions';
import { statefulResourcesAreProtected } from './protection';
import { noneOf, noSecretInState, nothingLooksSecret, writeOnlyValuesAreEphemeral } from './secrets';
import { everyTemplateIsAnExpression, noBrokenToken, noTemplateDirective } from './templates';
import { everythingIsTagged, installedVersionsAreNamed, providersArePinned } from './versions';

const TAGS = { Environment: 'dev', Layer: 'data', ManagedBy: 'cdktf-trino' };

/** A stack that keeps every promise, with resources of a test added. */
function stackWith(resource: Readonly<Record<string, Args>>, other: Partial<TerraformJson> = {}): TerraformJson {
  return {
    terraform: {
      required_providers: { aws: { source: 'aws', version: '6.25.0' } },
      required_version: '>= 1.11',
    },
    provider: { aws: [{ region: 'eu-west-1', default_tags: [{ tags: TAGS }] }] },
    data: { aws_region: { Here: {} } },
    resource: Object.fromEntries(Object.entries(resource).map(([type, args]) => [type, { It: args }])),
    ...other,
  };
}

const policy = (...statements: Args[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });

describe.each<[promise: string, Invariant, good: Args, bad: Args, finding: RegExp]>([
  [
    'a function or a reference to a block of the stack opens every template',
    everyTemplateIsAnExpression,
    { aws_ssm_parameter: { value: '${aws_ssm_parameter.It.name}-${join("-", [data.aws_region.Here.id])} $${ENV:X}' } },
    { aws_ssm_parameter: { value: 'password=${ENV:PASSWORD}' } },
    /^resource\.aws_ssm_parameter\.It\.value: \$\{ENV:PASSWORD\}/,
  ],
  [
    'a template in the name of a map entry',
    everyTemplateIsAnExpression,
    { aws_ssm_parameter: { tags: { '${aws_ssm_parameter.It.name}': 'x' } } },
    { aws_ssm_parameter: { tags: { '${user}': 'x' } } },
    /\$\{user\}/,
  ],
  [
    'a reference to a type that the stack does not have',
    everyTemplateIsAnExpression,
    { aws_ssm_parameter: { value: '${ephemeral.aws_secretsmanager_random_password.P.random_password}' } },
    { aws_ssm_parameter: { value: '${aws_vpc.Other.id}' } },
    /aws_vpc\.Other/,
  ],
  [
    'no template directive',
    noTemplateDirective,
    { aws_ssm_parameter: { value: '100%, %%{if}' } },
    { aws_ssm_parameter: { value: '%{ if true }' } },
    /%\{if true/,
  ],
  [
    'no token of the engine',
    noBrokenToken,
    { aws_ssm_parameter: { value: '${aws_ssm_parameter.It.name}' } },
    { aws_ssm_parameter: { value: '${TfToken[TOKEN.12]}' } },
    /TfToken/,
  ],
  [
    'no number token of the engine',
    noBrokenToken,
    { aws_ssm_parameter: { value: '1.5e+29' } },
    { aws_ssm_parameter: { value: 'port--8.109562212591379e+298' } },
    /e\+298/,
  ],
  [
    'no secret argument that is kept in the state',
    noSecretInState,
    { aws_db_instance: { manage_master_user_password: true, password_wo: '${ephemeral.x.y.z}' } },
    { aws_db_instance: { password: '${random_password.P.result}' } },
    /^aws_db_instance\.It: password is kept in the state/,
  ],
  [
    'no secret argument of a nested block',
    noSecretInState,
    { helm_release: { set: [{ name: 'a', value: 'b' }] } },
    { helm_release: { set_sensitive: [{ name: 'a', value: 'b' }] } },
    /set_sensitive/,
  ],
  [
    'no data of a Kubernetes secret',
    noSecretInState,
    { kubernetes_secret_v1: { data_wo: { password: '${ephemeral.x.y.z}' } } },
    { kubernetes_secret_v1: { data: { user: 'x' } } },
    /^kubernetes_secret_v1\.It: data is kept in the state/,
  ],
  [
    'ephemeral values only in write-only arguments',
    writeOnlyValuesAreEphemeral,
    { aws_secretsmanager_secret_version: { secret_string_wo: '${jsonencode({"p" = ephemeral.x.y.z})}' } },
    { aws_secretsmanager_secret_version: { secret_string_wo: 'hunter2' } },
    /secret_string_wo is no ephemeral value/,
  ],
  [
    'ephemeral values only in write-only maps',
    writeOnlyValuesAreEphemeral,
    { kubernetes_secret_v1: { data_wo: { password: '${ephemeral.x.y.z}' } } },
    { kubernetes_secret_v1: { data_wo: { password: '${aws_ssm_parameter.It.value}' } } },
    /data_wo\.password is no ephemeral value/,
  ],
  [
    'nothing that looks like a secret',
    nothingLooksSecret,
    { aws_ssm_parameter: { value: 'jdbc:mysql://db:3306?password=${ENV:PASSWORD}' } },
    { aws_ssm_parameter: { value: 'jdbc:mysql://db:3306?password=hunter2' } },
    /^resource\.aws_ssm_parameter\.It\.value: looks like a secret/,
  ],
  [
    'no text that was given as a secret',
    noneOf(['canary-7d1e']),
    { aws_ssm_parameter: { value: 'canary' } },
    { aws_ssm_parameter: { value: 'user:canary-7d1e@host' } },
    /given as a secret/,
  ],
  [
    'no text that was given as a secret, encoded',
    noneOf(['canary-7d1e']),
    { aws_launch_template: { user_data: Buffer.from('echo hello').toString('base64') } },
    { aws_launch_template: { user_data: Buffer.from('canary-7d1e').toString('base64') } },
    /given as a secret/,
  ],
  [
    'no action on everything',
    noWildcardPermission,
    {
      aws_iam_role_policy: {
        policy: policy({ Effect: 'Allow', Action: ['s3:GetObject'], Resource: 'arn:aws:s3:::b/*' }),
      },
    },
    { aws_iam_role_policy: { policy: policy({ Effect: 'Allow', Action: ['s3:GetObject'], Resource: '*' }) } },
    /^aws_iam_role_policy\.It policy: allows s3:GetObject on \*$/,
  ],
  [
    'no action of all kinds',
    noWildcardPermission,
    { aws_s3_bucket_policy: { policy: policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' }) } },
    { aws_s3_bucket_policy: { policy: policy({ Sid: 'All', Effect: 'Allow', Action: 's3:*', Resource: 'arn' }) } },
    /^aws_s3_bucket_policy\.It policy All: allows s3:\*$/,
  ],
  [
    'no permission for everything but something',
    noWildcardPermission,
    { aws_iam_role_policy: { policy: policy({ Effect: 'Deny', NotAction: 's3:GetObject', Resource: '*' }) } },
    { aws_iam_role_policy: { policy: policy({ Effect: 'Allow', NotAction: 's3:GetObject', Resource: 'arn' }) } },
    /allows \*/,
  ],
  [
    'no policy that nobody can read here',
    noWildcardPermission,
    { aws_iam_role: { assume_role_policy: policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: {} }) } },
    { aws_iam_role: { assume_role_policy: '${jsonencode({"Statement" = []})}' } },
    /cannot be read/,
  ],
  [
    'a version of what is installed',
    installedVersionsAreNamed,
    { helm_release: { version: '1.42.0' } },
    { helm_release: { chart: 'trino' } },
    /^helm_release\.It: no version/,
  ],
  [
    'tags of machines and their disks',
    everythingIsTagged,
    {
      aws_launch_template: {
        tag_specifications: ['instance', 'volume'].map((type) => ({ resource_type: type, tags: TAGS })),
      },
    },
    { aws_launch_template: { tag_specifications: [{ resource_type: 'instance', tags: TAGS }] } },
    /no tags of each volume/,
  ],
])('%s', (_promise, invariant, good, bad, finding) => {
  test('holds', () => {
    expect(invariant(stackWith(good as Record<string, Args>))).toEqual([]);
  });

  test('fails when broken', () => {
    expect(invariant(stackWith(bad as Record<string, Args>))).toEqual([expect.stringMatching(finding)]);
  });
});

describe('data is protected', () => {
  const keep = { lifecycle: { prevent_destroy: true } };
  test.each<[type: string, good: Args, bad: Args]>([
    ['aws_s3_bucket', keep, {}],
    ['aws_s3_bucket', keep, { ...keep, force_destroy: true }],
    [
      'aws_db_instance',
      { deletion_protection: true, final_snapshot_identifier: 'last' },
      { deletion_protection: true },
    ],
    [
      'aws_db_instance',
      { deletion_protection: true, skip_final_snapshot: false, final_snapshot_identifier: 'last' },
      { deletion_protection: true, skip_final_snapshot: true, final_snapshot_identifier: 'last' },
    ],
    ['aws_msk_cluster', keep, { lifecycle: { ignore_changes: ['broker_node_group_info'] } }],
    ['aws_kms_key', keep, { deletion_window_in_days: 30 }],
    ['aws_eks_cluster', { deletion_protection: true }, { deletion_protection: false }],
    ['aws_backup_vault', keep, {}],
    ['aws_secretsmanager_secret', { recovery_window_in_days: 7 }, { recovery_window_in_days: 0 }],
  ])('%s: %j holds, %j fails', (type, good, bad) => {
    expect(statefulResourcesAreProtected(stackWith({ [type]: good }))).toEqual([]);
    expect(statefulResourcesAreProtected(stackWith({ [type]: bad }))).toEqual([
      `${type}.It: can be destroyed with its data`,
    ]);
  });
});

describe('providers', () => {
  test('fails when a version is a range', () => {
    const terraform = {
      required_version: '>= 1.11',
      required_providers: { aws: { source: 'aws', version: '~> 6.25' } },
    };
    expect(providersArePinned(stackWith({}, { terraform }))).toEqual(['provider aws: version ~> 6.25 is not exact']);
  });

  test('fails when any Terraform will do', () => {
    expect(providersArePinned(stackWith({}, { terraform: {} }))).toEqual(['terraform: no required_version']);
  });

  test('fails when one of them adds no tags', () => {
    const provider = { aws: [{ default_tags: [{ tags: TAGS }] }, { alias: 'billing', region: 'us-east-1' }] };
    expect(everythingIsTagged(stackWith({}, { provider }))).toContain('provider aws: no tag Environment');
  });

  test('fails when one is given credentials', () => {
    const provider = { aws: [{ access_key: 'x' }] };
    expect(noSecretInState(stackWith({}, { provider }))).toEqual([
      expect.stringMatching(/^provider\.aws\.0\.access_key/),
    ]);
  });
});

test('an empty stack keeps every promise', () => {
  const all = Object.values({ ...EVERYWHERE, ...WHERE_DATA_IS_KEPT });
  expect(all.flatMap((invariant) => invariant(stackWith({})))).toEqual([]);
});

test('an exception covers what it names and nothing else', () => {
  expect(
    notWaived([
      'aws_kms_key.Key policy Account: allows kms:* on *',
      'aws_iam_role_policy.Role policy Account: allows kms:* on *',
    ]),
  ).toEqual(['aws_iam_role_policy.Role policy Account: allows kms:* on *']);
});
