import { ServiceRole } from '../../lib/aws/service-role';
import { one, synth, testStack } from '../support/synth';
import { policyOf, UNKNOWN } from './support';

const role = (name: string): ReturnType<typeof synth> =>
  synth(
    testStack(
      (stack) =>
        new ServiceRole(stack, 'Role', { name, service: 'backup.amazonaws.com', managedPolicies: ['service-role/X'] }),
    ),
  );

test('a service takes the role for this account only', () => {
  const json = role('acme-dev-backups');
  expect(policyOf(one(json, 'aws_iam_role').args.assume_role_policy).Statement).toEqual([
    {
      Effect: 'Allow',
      Principal: { Service: 'backup.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': expect.stringContaining('account_id') } },
    },
  ]);
  expect(one(json, 'aws_iam_role_policy_attachment').args.policy_arn).toMatch(/:iam::aws:policy\/service-role\/X$/);
});

test('a long name is cut to what IAM takes, a placeholder is not', () => {
  expect(String(one(role('a'.repeat(80)), 'aws_iam_role').args.name)).toHaveLength(64);
  const name = `${UNKNOWN.text}${'a'.repeat(60)}`;
  expect(String(one(role(name), 'aws_iam_role').args.name)).toMatch(/a{60}$/);
});
