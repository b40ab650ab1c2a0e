import { MySqlDatabase } from '../../lib/aws';
import {
  ExistingServer,
  type ExistingServerProps,
  MySqlCatalog,
  type MySqlCatalogProps,
  PostgreSqlCatalog,
  type PostgreSqlCatalogProps,
} from '../../lib/catalogs';
import { networkOf } from '../aws/support';
import { synthApp, testApp, testStack, warnings } from '../support/synth';
import { openPorts, RecordingHost } from './host';
import { databaseOf, READER, serverOf } from './sources';

const mysql = (props: Partial<MySqlCatalogProps> = {}, port?: number) => {
  const stack = testStack();
  const host = new RecordingHost(stack);
  const database = databaseOf(stack, port);
  const catalog = new MySqlCatalog('shop', { database, credentials: READER, ...props });
  return { stack, host, database, catalog };
};
const postgresql = (props: Partial<PostgreSqlCatalogProps> = {}) => {
  const stack = testStack();
  const host = new RecordingHost(stack);
  const server = serverOf(stack);
  const catalog = new PostgreSqlCatalog('crm', { server, database: 'crm', credentials: READER, ...props });
  return { stack, host, catalog };
};

describe('MySqlCatalog', () => {
  test('connects to the server, encrypted, and names none of its databases', () => {
    const { catalog, host } = mysql();
    expect(catalog.bind(host).properties).toEqual({
      'connection-url': 'jdbc:mysql://db.example:3306?sslMode=REQUIRED',
      'connection-user': READER.username,
      'connection-password': READER.password,
    });
  });

  test('follows the port of the database', () => {
    const { catalog, host, stack } = mysql({}, 3316);
    expect(catalog.bind(host).properties['connection-url']).toContain('db.example:3316?');
    expect(openPorts(stack)).toEqual(['sg-database:3316']);
  });

  test('takes mode and parameters of the connection', () => {
    const { catalog, host } = mysql({
      sslMode: 'VERIFY_IDENTITY',
      urlParameters: { trustCertificateKeyStoreUrl: 'file:/etc/ca.p12' },
    });
    expect(catalog.bind(host).properties['connection-url']).toBe(
      'jdbc:mysql://db.example:3306?sslMode=VERIFY_IDENTITY&trustCertificateKeyStoreUrl=file%3A%2Fetc%2Fca.p12',
    );
  });

  test('warns when queries get the rights of the administrator', () => {
    const { stack, host, database } = mysql();
    new MySqlCatalog('shop', { database, credentials: database.credentials }).bind(host);
    expect(warnings(stack)).toEqual([
      expect.stringMatching(/^catalog shop: credentials are those of the administrator/),
    ]);
  });

  test('does not warn of a user of its own', () => {
    const { stack, host, catalog } = mysql();
    catalog.bind(host);
    expect(warnings(stack)).toEqual([]);
  });

  test('fails when a parameter carries a credential, naming the catalog', () => {
    const { catalog, host } = mysql({ urlParameters: { password: 'x' } });
    expect(() => catalog.bind(host)).toThrow(/^catalog shop: mysql catalog: .*\n.*urlParameters\.password: got a cred/);
  });

  test('of a database of our own keeps its rules in the stack of the host', () => {
    const app = testApp();
    const data = testStack(undefined, { app, id: 'data' });
    const database = new MySqlDatabase(data, 'Db', { name: 'acme-dev', network: networkOf(data) });
    const platform = testStack(undefined, { app, id: 'platform' });
    const credentials = READER;
    new MySqlCatalog('shop', { database, credentials }).bind(new RecordingHost(platform));
    const { data: dataJson, platform: platformJson } = synthApp(app);
    const rules = 'aws_vpc_security_group_ingress_rule';
    expect(Object.keys(platformJson?.resource?.[rules] ?? {})).toHaveLength(1);
    expect(dataJson?.resource).not.toHaveProperty(rules);
  });
});

test('a catalog of MySQL that verifies by what Java trusts says so', () => {
  const warned = (props: Partial<MySqlCatalogProps>) => {
    const { stack, host, catalog } = mysql(props);
    catalog.bind(host);
    return warnings(stack).filter((text) => text.includes('trustCertificateKeyStoreUrl'));
  };
  expect(warned({ sslMode: 'VERIFY_IDENTITY' })).toHaveLength(1);
  expect(warned({ sslMode: 'VERIFY_CA', urlParameters: { trustCertificateKeyStoreUrl: 'file:/x.p12' } })).toEqual([]);
  expect(warned({})).toEqual([]);
});

describe('PostgreSqlCatalog', () => {
  test('connects to one database, encrypted', () => {
    const { catalog, host } = postgresql();
    expect(catalog.bind(host).properties['connection-url']).toBe(
      'jdbc:postgresql://pg.example:5432/crm?sslmode=require',
    );
  });

  test('takes mode and parameters of the connection', () => {
    const { catalog, host } = postgresql({ sslMode: 'verify-full', urlParameters: { sslrootcert: '/etc/ca.pem' } });
    expect(catalog.bind(host).properties['connection-url']).toBe(
      'jdbc:postgresql://pg.example:5432/crm?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem',
    );
  });

  test('fails when the host is a URL', () => {
    const { connections } = serverOf(testStack());
    const server = { connections, endpoint: { host: 'jdbc:postgresql://x', port: 5432 } };
    const { catalog, host } = postgresql({ server });
    expect(() => catalog.bind(host)).toThrow(/^catalog crm: .*\n.*a host name or an address alone/);
  });

  test.each(['jdbc:postgresql://x', undefined])('fails when the host of an existing server is %s', (host) => {
    const address = { host, port: 5432, securityGroupId: 'sg' } as ExistingServerProps;
    expect(() => new ExistingServer(testStack(), 'S', address)).toThrow(/host: got .*a host name or an address alone/);
  });

  test.each(['verify-ca', 'verify-full'] as const)('fails when %s has no authority to verify by', (sslMode) => {
    const { catalog, host } = postgresql({ sslMode });
    expect(() => catalog.bind(host)).toThrow(/urlParameters\.sslrootcert: got nothing/);
  });

  test('certificates may be verified by a class of the driver, too', () => {
    const urlParameters = { sslfactory: 'org.postgresql.ssl.DefaultJavaSSLFactory' };
    const { catalog, host } = postgresql({ sslMode: 'verify-full', urlParameters });
    expect(() => catalog.bind(host)).not.toThrow();
  });

  test.each(['', 'a/b', 'a?c=d', 'a b', undefined])('fails when the database is %s', (database) => {
    const { catalog, host } = postgresql({ database: database as string });
    expect(() => catalog.bind(host)).toThrow(/database: got /);
  });

  test('two servers on one port are both opened', () => {
    const stack = testStack();
    const host = new RecordingHost(stack);
    for (const name of ['crm', 'erp']) {
      const server = new ExistingServer(stack, name, { host: name, port: 5432, securityGroupId: `sg-${name}` });
      new PostgreSqlCatalog(name, { server, database: name, credentials: READER }).bind(host);
    }
    expect(openPorts(stack)).toEqual(['sg-crm:5432', 'sg-erp:5432']);
  });
});
