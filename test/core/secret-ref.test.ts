import { SecretRef, secretRefViolations } from '../../lib/core';

test('a reference stands for a secret', () => {
  expect(secretRefViolations('users', SecretRef.of('users'))).toEqual([]);
});

test.each(['admin:$2y$10$hash', undefined, { key: 'hash' }])(
  'fails when %j stands for a secret, and shows none',
  (it) => {
    const violations = secretRefViolations('users', it);
    expect(violations).toEqual([expect.objectContaining({ path: 'users' })]);
    expect(JSON.stringify(violations)).not.toContain('hash');
  },
);
