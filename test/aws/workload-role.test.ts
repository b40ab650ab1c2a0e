import { EncryptionKey } from '../../lib/aws/encryption-key';
import { WorkloadRole, workloadRoleViolations } from '../../lib/aws/workload-role';
import { importedCluster } from '../support/cluster';
import { one, resources, synth, testStack } from '../support/synth';
import type { TerraformStack } from 'cdktf';

const READ = { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::lake/*'] };

const trinoRole = (stack: TerraformStack, managedPolicies: readonly string[] = []): WorkloadRole =>
  new WorkloadRole(stack, 'Trino', {
    cluster: importedCluster(stack),
    namespace: 'trino',
    serviceAccount: 'trino',
    name: 'acme-dev-trino',
    managedPolicies,
  });

test('only Pod Identity of this account and this cluster can hand out the role', () => {
  const json = synth(testStack((stack) => trinoRole(stack)));
  const { Statement: statements } = JSON.parse(String(one(json, 'aws_iam_role').args.assume_role_policy)) as {
    Statement: unknown[];
  };
  expect(statements).toEqual([
    {
      Effect: 'Allow',
      Principal: { Service: 'pods.eks.amazonaws.com' },
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      Condition: {
        StringEquals: { 'aws:SourceAccount': expect.stringContaining('account_id') as string },
        ArnEquals: { 'aws:SourceArn': expect.stringMatching(/:cluster\/theirs$/) as string },
      },
    },
  ]);
});

test('pods of the one service account get it', () => {
  const json = synth(testStack((stack) => trinoRole(stack)));
  expect(one(json, 'aws_eks_pod_identity_association').args).toMatchObject({
    cluster_name: 'theirs',
    namespace: 'trino',
    service_account: 'trino',
    role_arn: `\${${one(json, 'aws_iam_role').address}.arn}`,
  });
});

test('nothing granted, no policy', () => {
  expect(resources(synth(testStack((stack) => trinoRole(stack))), 'aws_iam_role_policy')).toEqual([]);
});

test('everything granted, also late and twice, is in one policy once', () => {
  const stack = testStack();
  const role = trinoRole(stack);
  role.addStatement(READ);
  EncryptionKey.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:123456789012:key/1').grantDecrypt(role);
  role.addStatement({ ...READ });
  const { policy } = one(synth(stack), 'aws_iam_role_policy').args;
  expect(JSON.parse(String(policy))).toMatchObject({
    Statement: [
      { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::lake/*'] },
      { Action: ['kms:Decrypt', 'kms:DescribeKey'] },
    ],
  });
});

test("AWS's own policies are attached by name", () => {
  const json = synth(testStack((stack) => trinoRole(stack, ['service-role/AmazonEBSCSIDriverPolicy'])));
  expect(one(json, 'aws_iam_role_policy_attachment').args.policy_arn).toMatch(
    /:iam::aws:policy\/service-role\/AmazonEBSCSIDriverPolicy$/,
  );
});

test('pods have the role when it has all of its policies, late ones too, and lose them only after it', () => {
  const stack = testStack();
  trinoRole(stack, ['AmazonEKS_CNI_Policy']).addStatement(READ);
  const json = synth(stack);
  const policies = ['aws_iam_role_policy_attachment', 'aws_iam_role_policy'].map((type) => one(json, type).address);
  expect(one(json, 'aws_eks_pod_identity_association').args.depends_on).toEqual(policies);
});

test('what an existing role is granted becomes a policy of this stack', () => {
  const stack = testStack();
  const role = WorkloadRole.fromRoleName(stack, 'Theirs', 'their-role');
  role.addStatement(READ);
  expect(role.roleArn).toMatch(/:role\/their-role$/);
  const json = synth(stack);
  expect(resources(json, 'aws_iam_role')).toEqual([]);
  expect(one(json, 'aws_iam_role_policy').args).toMatchObject({
    role: 'their-role',
    policy: expect.stringContaining('s3:GetObject') as string,
  });
});

test('whoever grants something to an existing role leaves the policies of its owner and of others alone', () => {
  const stack = testStack();
  trinoRole(stack).addStatement(READ);
  for (const id of ['Theirs', 'TheirsToo']) WorkloadRole.fromRoleName(stack, id, 'acme-dev-trino').addStatement(READ);
  const names = resources(synth(stack), 'aws_iam_role_policy').map(({ args }) => String(args.name));
  expect(names.filter((name) => /^granted-\w{8}$/.test(name))).toHaveLength(2);
  expect(names).toContain('granted');
  expect(new Set(names).size).toBe(3);
});

test('fails when everything is granted without a reason', () => {
  const role = trinoRole(testStack());
  expect(() => {
    role.addStatement({ actions: ['s3:*'], resources: ['*'] });
  }).toThrow(/test\/Trino: one problem/);
});

test.each(['', 'a'.repeat(65), 'a b', 'a/b'])('fails when the name is %j', (name) => {
  expect(workloadRoleViolations({ name })).toEqual([expect.objectContaining({ path: 'name' })]);
});

test.each(['acme-dev_trino+=,.@', 'a'.repeat(64), '${TfToken[TOKEN.1]}-trino'])('the name %j is fine', (name) => {
  expect(workloadRoleViolations({ name })).toEqual([]);
});
