import { SecretRef } from '../../lib/core';
import { bindSecrets, distinctBindings, envCollisions } from '../../lib/trino/secret-text';

const SECRET = SecretRef.of('acme/db', 'password');

describe('secrets in properties', () => {
  test('become variables that are called after the file and the key', () => {
    expect(bindSecrets(['catalog', 'shop'], { 'connection-user': 'trino', 'connection-password': SECRET })).toEqual({
      entries: { 'connection-user': 'trino', 'connection-password': '${ENV:CATALOG_SHOP_CONNECTION_PASSWORD}' },
      env: [{ name: 'CATALOG_SHOP_CONNECTION_PASSWORD', secret: SECRET }],
    });
  });

  test('one secret under one name is one variable', () => {
    const binding = { name: 'A', secret: SECRET };
    expect(distinctBindings([binding, { name: 'A', secret: SecretRef.of('acme/db', 'password') }])).toEqual([binding]);
    expect(envCollisions([binding, binding])).toEqual([]);
  });

  test('fails when two secrets have one name', () => {
    const other = { name: 'A', secret: SecretRef.of('acme/db', 'other') };
    expect(envCollisions([{ name: 'A', secret: SECRET }, other])).toEqual([
      expect.objectContaining({ path: 'env.A', got: 'secret acme/db, key password and secret acme/db, key other' }),
    ]);
  });
});
