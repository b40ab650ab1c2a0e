import type { LocalEndpoints } from '../../../local/platform/endpoints';
import type { Overlay } from '../../../local/platform/overlay';
import { TrinoRelease } from '../../../lib/trino';

export const ENDPOINTS: LocalEndpoints = {
  metastore: { uri: 'thrift://127.0.0.1:19083' },
  s3: { endpoint: 'http://127.0.0.1:14566', accessKey: 'local-key', secretKey: 'local-secret' },
  mysql: { host: '127.0.0.1', port: 13306, password: 'mysql-password' },
  kafka: { bootstrapServers: '127.0.0.1:19096', user: 'trino', password: 'kafka-password' },
  trustStore: { path: '/certificates/trust.p12', password: 'changeit' },
  serverPem: 'a key and a certificate',
};

export function overlay(changes: Partial<Overlay> = {}): Overlay {
  const users = [{ name: 'alice', password: 'wonderland', groups: ['analysts'] }];
  return { endpoints: ENDPOINTS, release: TrinoRelease.of('476'), workers: 1, users, ...changes };
}
