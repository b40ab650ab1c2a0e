import fc from 'fast-check';
import { type MySqlOptions, completed, mySqlViolations, parametersOf } from '../../lib/aws/mysql-options';
import { paths, UNKNOWN } from './support';

const violations = (options: Partial<MySqlOptions>): string[] =>
  paths(mySqlViolations({ name: 'acme-dev', ...options }));

test('parameters of the user wait for a restart; ours, which force TLS, UTF-8 and UTC, hold at once', () => {
  const options = completed({ name: 'shop', parameters: { max_connections: '500' }, longQuerySeconds: 0.5 });
  expect(parametersOf(options)).toEqual([
    { name: 'max_connections', value: '500', applyMethod: 'pending-reboot' },
    { name: 'require_secure_transport', value: '1' },
    { name: 'character_set_server', value: 'utf8mb4' },
    { name: 'collation_server', value: 'utf8mb4_0900_ai_ci' },
    { name: 'time_zone', value: 'UTC' },
    { name: 'slow_query_log', value: '1' },
    { name: 'log_output', value: 'FILE' },
    { name: 'long_query_time', value: '0.5' },
  ]);
});

test('whatever the disk, the default maximum leaves room to grow, up to what gp3 can hold', () => {
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 59_578 }), (storageGiB) => {
      expect(violations({ storageGiB })).toEqual([]);
    }),
  );
});

test.each([
  {},
  { version: '8.4.9' },
  { name: 'a' },
  { storageGiB: 20, maxStorageGiB: 22 },
  { storageGiB: 100, maxStorageGiB: 65_536 },
  { port: 3316 },
  { adminUser: 'root_of_all' },
  { backupRetentionDays: 35 },
  { backupRetentionDays: 1, retain: false },
  { backupWindow: '23:45-00:15', maintenanceWindow: 'mon:00:15-mon:01:15' },
  { maintenanceWindow: 'sun:23:30-mon:00:30' },
  { logRetentionDays: 30 },
  { longQuerySeconds: 0 },
])('%j is fine', (options) => {
  expect(violations(options)).toEqual([]);
});

test.each<[string, Partial<MySqlOptions>]>([
  ['name', { name: 'Shop' }],
  ['name', { name: 'shop--1' }],
  ['name', { name: 'shop-' }],
  ['name', { name: `a${'b'.repeat(63)}` }],
  ['version', { version: '8.0.43' }],
  ['version', { version: '8.4.x' }],
  ['instanceClass', { instanceClass: 'db.m4.large' }],
  ['storageGiB', { storageGiB: 19, maxStorageGiB: 100 }],
  ['storageGiB', { storageGiB: 20.5, maxStorageGiB: 100 }],
  ['storageGiB', { storageGiB: 59_579, maxStorageGiB: 65_536 }],
  ['maxStorageGiB', { storageGiB: 100, maxStorageGiB: 109 }],
  ['maxStorageGiB', { maxStorageGiB: 65_537 }],
  ['port', { port: 1149 }],
  ['port', { port: 65_536 }],
  ['adminUser', { adminUser: 'admin' }],
  ['adminUser', { adminUser: '1st' }],
  ['adminUser', { adminUser: 'a'.repeat(17) }],
  ['backupRetentionDays', { backupRetentionDays: 13 }],
  ['backupRetentionDays', { backupRetentionDays: 36 }],
  ['backupRetentionDays', { backupRetentionDays: 0, retain: false }],
  ['backupWindow', { backupWindow: '02:00-02:29' }],
  ['backupWindow', { backupWindow: '24:00-01:00' }],
  ['backupWindow', { backupWindow: 'nightly' }],
  ['maintenanceWindow', { maintenanceWindow: 'sun:03:30-sun:03:45' }],
  ['maintenanceWindow', { maintenanceWindow: 'day:03:30-day:04:30' }],
  ['maintenanceWindow', { maintenanceWindow: 'wed:02:30-wed:03:30' }],
  ['maintenanceWindow', { backupWindow: '23:45-00:15', maintenanceWindow: 'mon:00:00-mon:00:30' }],
  ['logRetentionDays', { logRetentionDays: 31 }],
  ['longQuerySeconds', { longQuerySeconds: -1 }],
  ['parameters.require_secure_transport', { parameters: { require_secure_transport: '0' } }],
  ['parameters.long_query_time', { parameters: { long_query_time: '1' } }],
])('fails when %s is wrong: %j', (path, options) => {
  expect(violations(options)).toEqual([path]);
});

test('a value that is known only when Terraform runs is not judged', () => {
  const token = 'X${TfToken[TOKEN.1]}';
  const { number } = UNKNOWN;
  expect(violations({ name: token, version: token, instanceClass: token, adminUser: token })).toEqual([]);
  expect(violations({ backupWindow: token, longQuerySeconds: number, logRetentionDays: number })).toEqual([]);
  expect(violations({ storageGiB: number, maxStorageGiB: 500, port: number, backupRetentionDays: number })).toEqual([]);
  expect(violations({ maxStorageGiB: number })).toEqual([]);
});

test('fails when the maximum would be computed from a disk that only Terraform knows', () => {
  expect(violations({ storageGiB: UNKNOWN.number })).toEqual(['storageGiB']);
});
