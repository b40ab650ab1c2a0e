import fc from 'fast-check';
import { SecretRef, envName, fit, isSecretRef, physicalName } from '../../lib/core';

test('a name that is too long is cut to the limit, and two long names never become one', () => {
  const long = fc.string({ minLength: 33, maxLength: 80, unit: fc.constantFrom('a', 'b', '-') });
  fc.assert(
    fc.property(long, long, (a, b) => {
      expect(fit(a, 32).length).toBeLessThanOrEqual(32);
      expect(fit(a, 32) === fit(b, 32)).toBe(a === b);
    }),
  );
  expect(fit('acme-dev-lake', 32)).toBe('acme-dev-lake');
});

test('names join without empty parts', () => {
  expect(physicalName('acme', '', 'dev')).toBe('acme-dev');
});

test('an environment variable has only letters, digits and underscores', () => {
  expect(envName('catalog', 'shop', 'connection-password')).toBe('CATALOG_SHOP_CONNECTION_PASSWORD');
});

test('a secret is shown by where it is, and told from plain text', () => {
  const secret = SecretRef.of('acme/dev/mysql', 'password');
  expect(`${secret}`).toBe('secret acme/dev/mysql, key password');
  expect([secret, 'text', undefined, { secret: 'x' }].map(isSecretRef)).toEqual([true, false, false, false]);
});
