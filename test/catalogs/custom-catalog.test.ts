import { CustomCatalog, type CustomCatalogProps } from '../../lib/catalogs';
import { SecretRef } from '../../lib/core';
import { renderCatalog } from '../../lib/trino/catalog-config';
import { testStack } from '../support/synth';
import { openPorts, RecordingHost } from './host';
import { serverOf } from './sources';

const PASSWORD = SecretRef.of('acme/cache', 'password');
const bound = (props: Partial<CustomCatalogProps> = {}) => {
  const stack = testStack();
  const host = new RecordingHost(stack);
  const catalog = new CustomCatalog('cache', { connector: 'redis', properties: {}, ...props });
  return { stack, host, config: catalog.bind(host) };
};

test('properties and files arrive as they are, secrets as variables', () => {
  const files = { 'orders.json': '{}' };
  const secretFiles = [{ name: 'client.properties', content: ['password=', PASSWORD] }];
  const { config, host } = bound({ properties: { 'redis.password': PASSWORD }, files, secretFiles });
  expect(config).toEqual({ connector: 'redis', properties: { 'redis.password': PASSWORD }, files, secretFiles });
  expect(renderCatalog('cache', config, host.release).text).toContain(
    'redis.password=${ENV:CATALOG_CACHE_REDIS_PASSWORD}',
  );
});

test('a port is opened where one is named, else the default', () => {
  const stack = testStack();
  const host = new RecordingHost(stack);
  const to = serverOf(stack);
  new CustomCatalog('cache', { connector: 'redis', properties: {}, connections: [{ to }, { to, port: 6380 }] }).bind(
    host,
  );
  expect(openPorts(stack)).toEqual(['sg-server:5432', 'sg-server:6380']);
});

test('nothing is opened or granted unasked', () => {
  const { stack, host } = bound();
  expect([...openPorts(stack), ...host.actions]).toEqual([]);
});

test('fails when a statement allows everything without a reason', () => {
  expect(() => bound({ statements: [{ actions: ['dynamodb:GetItem'], resources: ['*'] }] })).toThrow(
    /write a 'reason'/,
  );
});
