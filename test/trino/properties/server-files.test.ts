import { serverFiles } from '../../../lib/trino/properties';
import { TrinoRelease } from '../../../lib/trino/release';

const FILES = {
  'config.properties': 'coordinator=true\n',
  'node.properties': 'node.environment=production\nnode.data-dir=/data/trino\n',
  'jvm.config': '-Xmx8G\n',
  'password-authenticator-file.properties': 'password-authenticator.name=file\n',
  'catalog/lake.properties': 'connector.name=iceberg\n',
  'catalog/ours.properties': 'connector.name=ours\n',
  'access-control.properties': 'access-control.name=nobody-knows\n',
};

const readers = () =>
  Object.fromEntries(
    serverFiles(TrinoRelease.DEFAULT, 'worker', FILES).map(({ file, component }) => [file, component]),
  );

test('names who reads each file: one that carries a name of its own, and a connector that no release has', () => {
  expect(readers()).toEqual({
    'config.properties': 'server',
    'password-authenticator-file.properties': 'password-authenticator:file',
    'catalog/lake.properties': 'connector:iceberg',
    'catalog/ours.properties': 'connector:ours',
    'access-control.properties': 'access-control.properties',
  });
});

test('gives the server the environment that the launcher hands on, and nothing else of node.properties', () => {
  const [config] = serverFiles(TrinoRelease.DEFAULT, 'worker', FILES);
  expect(config?.text).toBe('coordinator=true\nnode.environment=production\n');
});
