import { hostViolations } from '../../lib/core';

test.each(['db.example.org', '10.0.0.7', '${TfToken[TOKEN.1]}'])('%s is a host', (host) => {
  expect(hostViolations(host)).toEqual([]);
});

test.each(['', 'db:3306', 'mysql://db', 'db/shop', undefined])('fails when the host is %s', (host) => {
  expect(hostViolations(host as string)).toEqual([expect.objectContaining({ path: 'host' })]);
});

test('what may be a password is not shown', () => {
  expect(hostViolations('root:hunter2@db')[0]?.got).toBe('a user and a host');
});
