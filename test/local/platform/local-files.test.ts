import { localFiles } from '../../../local/platform/local-files';

const PLUGINS = new Set(['hive', 'delta-lake', 'resource-group-managers', 'exchange-filesystem']);
const surroundings = { spill: '/node/spill', exchange: '/shared/exchange', httpsPort: 18443, plugins: PLUGINS };

test('the exchange is a folder without an S3 behind it', () => {
  const text = 'exchange-manager.name=filesystem\nexchange.base-directories=s3://a\nexchange.s3.region=eu-west-1\n';
  const { files } = localFiles({ 'exchange-manager.properties': text }, surroundings);
  expect(files['exchange-manager.properties']).toBe(
    'exchange-manager.name=filesystem\nexchange.base-directories=/shared/exchange\n',
  );
});

test('a node that spills does it in its own folder; the file stays as it is', () => {
  const config = { 'config.properties': 'coordinator=false\nspiller-spill-path=/spill\n' };
  expect(localFiles(config, surroundings)).toEqual({
    files: config,
    overrides: { 'spiller-spill-path': '/node/spill' },
    leftOut: [],
  });
  expect(localFiles({ 'config.properties': 'coordinator=false\n' }, surroundings).overrides).toEqual({});
});

test('a coordinator that ends TLS does it on a port of its own', () => {
  const config = { 'config.properties': 'http-server.https.port=8443\n' };
  expect(localFiles(config, surroundings).overrides).toEqual({ 'http-server.https.port': '18443' });
});

test('files of plugins that the server lacks are left out, by name', () => {
  const files = {
    'config.properties': 'coordinator=true\n',
    'catalog/lake.properties': 'connector.name=delta_lake\n',
    'catalog/shop.properties': 'connector.name=mysql\n',
    'resource-groups.properties': '',
    'event-listener.properties': '',
  };
  const { files: kept, leftOut } = localFiles(files, surroundings);
  expect(leftOut).toEqual(['catalog/shop.properties', 'event-listener.properties']);
  expect(Object.keys(kept)).toEqual(['config.properties', 'catalog/lake.properties', 'resource-groups.properties']);
});
