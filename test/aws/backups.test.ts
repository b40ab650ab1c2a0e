import { Backups, backupsViolations } from '../../lib/aws/backups';
import { one, resources, synth, testStack } from '../support/synth';
import { addresses, paths, UNKNOWN } from './support';

const DATABASE = 'arn:aws:rds:eu-west-1:111122223333:db:shop';
const BUCKET = 'arn:aws:s3:::acme-dev-lake';

type Props = ConstructorParameters<typeof Backups>[2];
const backups = (props: Partial<Props> = {}): ReturnType<typeof synth> =>
  synth(
    testStack((stack) => {
      const it = new Backups(stack, 'Backups', { name: 'acme-dev', ...props });
      it.addResource(DATABASE, 'RDS');
      it.addResource(BUCKET, 'S3');
      it.addResource(DATABASE, 'RDS');
    }),
  );

test('what is added, at any time, is saved once a day and once a month into an encrypted vault', () => {
  const json = backups();
  const vault = one(json, 'aws_backup_vault');
  expect(vault.args).toMatchObject({ kms_key_arn: `\${${one(json, 'aws_kms_key').address}.arn}` });
  expect(one(json, 'aws_backup_plan').args.rule).toEqual([
    expect.objectContaining({
      rule_name: 'daily',
      target_vault_name: `\${${vault.address}.name}`,
      lifecycle: { delete_after: 35 },
    }),
    expect.objectContaining({ rule_name: 'monthly', lifecycle: { delete_after: 365 } }),
  ]);
  expect(one(json, 'aws_backup_selection').args.resources).toEqual([DATABASE, BUCKET]);
});

test('the service may save and restore databases and buckets, for this account only', () => {
  const json = backups();
  expect(one(json, 'aws_iam_role').args.assume_role_policy).toMatch(/backup\.amazonaws\.com.*aws:SourceAccount/);
  expect(resources(json, 'aws_iam_role_policy_attachment')).toHaveLength(4);
});

test('vault and key are kept, unless they may be lost', () => {
  expect(one(backups(), 'aws_backup_vault').args).toMatchObject({
    force_destroy: false,
    lifecycle: { prevent_destroy: true },
  });
  const json = backups({ retain: false });
  expect(one(json, 'aws_backup_vault').args).toMatchObject({
    force_destroy: true,
    lifecycle: { prevent_destroy: false },
  });
  expect(one(json, 'aws_kms_key').args).toMatchObject({ lifecycle: { prevent_destroy: false } });
});

test('a locked vault keeps every backup at least as long as the daily ones', () => {
  const { args } = one(backups({ locked: true, keepDailyDays: 14 }), 'aws_backup_vault_lock_configuration');
  expect(args.min_retention_days).toBe(14);
  expect(args).not.toHaveProperty('changeable_for_days');
  expect(resources(backups(), 'aws_backup_vault_lock_configuration')).toEqual([]);
});

test('a monthly test restores each kind of resource', () => {
  const json = backups({ restoreTesting: true });
  expect(one(json, 'aws_backup_restore_testing_plan').args.name).toBe('acme_dev');
  const tested = resources(json, 'aws_backup_restore_testing_selection').map(({ args }) => [
    args.protected_resource_type,
    args.protected_resource_arns,
  ]);
  expect(tested).toEqual([
    ['RDS', [DATABASE]],
    ['S3', [BUCKET]],
  ]);
  expect(resources(backups(), 'aws_backup_restore_testing_selection')).toEqual([]);
});

test('an imported plan gets one more selection', () => {
  const json = synth(
    testStack((stack) => {
      const it = Backups.fromAttributes(stack, 'Central', {
        planId: 'plan-1',
        roleArn: 'arn:aws:iam::111122223333:role/backup',
      });
      it.addResource(DATABASE, 'RDS');
      it.addResource(BUCKET, 'S3');
    }),
  );
  expect(addresses(json)).toEqual(['aws_backup_selection.Central_Selection']);
  expect(one(json, 'aws_backup_selection').args).toMatchObject({ plan_id: 'plan-1', resources: [DATABASE, BUCKET] });
});

test('fails when nothing is backed up', () => {
  const stack = testStack((it) => new Backups(it, 'Backups', { name: 'acme-dev' }));
  expect(() => synth(stack)).toThrow(/nothing is backed up/);
});

test.each([
  {},
  { keepDailyDays: 1 },
  { keepDailyDays: 90, keepMonthlyDays: 90 },
  { keepDailyDays: UNKNOWN.number, keepMonthlyDays: UNKNOWN.number },
])('%j is fine', (options) => {
  expect(backupsViolations({ name: 'acme-dev', ...options })).toEqual([]);
});

test.each([
  ['name', { name: 'acme dev' }],
  ['name', { name: 'a'.repeat(51) }],
  ['keepDailyDays', { keepDailyDays: 0 }],
  ['keepMonthlyDays', { keepDailyDays: 90, keepMonthlyDays: 89 }],
  ['keepMonthlyDays', { keepMonthlyDays: 36_501 }],
])('fails when %s is wrong: %j', (path, options) => {
  expect(paths(backupsViolations({ name: 'acme-dev', ...options }))).toEqual([path]);
});
