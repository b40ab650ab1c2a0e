import { SecretRef } from '../../lib/core';
import { ClientTls } from '../../lib/trino/client-tls';
import { TrinoRelease } from '../../lib/trino/release';
import { AccessControl } from '../../lib/trino/access-control';
import { Authenticator, GroupProvider } from '../../lib/trino/authentication';
import {
  serverCautions,
  serverParts,
  type ServerSettings,
  serverViolations,
  workersShare,
} from '../../lib/trino/server-config';
import { joinParts } from '../../lib/trino/server-part';

const T480 = TrinoRelease.of('480');
const SETTINGS: ServerSettings = {
  environment: 'production',
  sharedSecret: SecretRef.of('acme/trino', 'shared'),
  clientTls: ClientTls.loadBalancer(),
  users: { drain: 'drain', metrics: 'metrics' },
};
const lines = (changes: Partial<ServerSettings> = {}, release = T480) =>
  joinParts(serverParts({ ...SETTINGS, ...changes }, release)).config;
const refused = (changes: Partial<ServerSettings>) =>
  serverViolations({ ...SETTINGS, ...changes }, T480).map(({ path, fix }) => `${path}: ${fix}`);

describe('settings of a server', () => {
  test('the shared secret stands on every node, where nobody logs in, too', () => {
    const secret = '${ENV:CONFIG_INTERNAL_COMMUNICATION_SHARED_SECRET}';
    expect(lines().coordinator['internal-communication.shared-secret']).toBe(secret);
    expect(lines().worker['internal-communication.shared-secret']).toBe(secret);
  });

  test('standard output is JSON: the property about the log file would not change it', () => {
    expect(lines().worker).toMatchObject({ 'log.console-format': 'JSON' });
    expect(lines().worker).not.toHaveProperty(['log.format']);
  });

  test('the objects for /metrics are listed under the name that the release has for it', () => {
    const memory = expect.stringContaining('java.lang:type=Memory|java.lang:type=GarbageCollector,*|') as string;
    expect(lines().worker).toMatchObject({ 'openmetrics.jmx-object-names': memory });
    const of483 = lines({}, TrinoRelease.of('483')).worker;
    expect(of483).toMatchObject({ 'metrics.jmx-object-names': memory });
    expect(of483).not.toHaveProperty(['openmetrics.jmx-object-names']);
  });

  test.each([
    ['prod-eu', 'prod_eu'],
    ['Production', 'production'],
    ['_x', 'x'],
  ])('fails when the environment is called %s', (environment, better) => {
    expect(refused({ environment })).toEqual([`environment: write '${better}'`]);
    expect(refused({ environment: better })).toEqual([]);
  });

  test('fails when a user of the platform cannot stand in a header', () => {
    expect(refused({ users: { drain: 'dr ain', metrics: 'metrics' } })).toHaveLength(1);
  });
});

describe('properties that a user adds', () => {
  test('go to the nodes that know them', () => {
    const { coordinator, worker } = lines({
      extraProperties: {
        all: { 'web-ui.session-timeout': '2h', 'task.concurrency': '16' },
        worker: { 'task.max-worker-threads': '32' },
      },
    });
    expect(coordinator).toMatchObject({ 'web-ui.session-timeout': '2h', 'task.concurrency': '16' });
    expect(worker).toMatchObject({ 'task.concurrency': '16', 'task.max-worker-threads': '32' });
    expect(worker).not.toHaveProperty(['web-ui.session-timeout']);
  });

  test('what the release does not know is not hidden from the check', () => {
    expect(workersShare({ 'no.such.property': '1', 'web-ui.enabled': 'true' }, T480)).toEqual({
      'no.such.property': '1',
    });
  });

  test('fails when they are set by a policy already, and names it', () => {
    const all = { 'log.console-format': 'TEXT', 'http-server.process-forwarded': 'false' };
    expect(refused({ extraProperties: { all } })).toEqual([
      'coordinator.config.properties.log.console-format: take it out of extraProperties, and change it where server is defined',
      'coordinator.config.properties.http-server.process-forwarded: take it out of extraProperties, and change it where clientTls is defined',
      'worker.config.properties.log.console-format: take it out of extraProperties, and change it where server is defined',
    ]);
  });
});

describe('settings that may surprise', () => {
  const KILL = { catalog: 'system', schema: 'runtime', privileges: ['EXECUTE'] } as const;
  const accessControl = AccessControl.rules({ catalogs: [{ group: 'admins', allow: 'all' }], procedures: [KILL] });
  const cautions = (changes: Partial<ServerSettings>) =>
    serverCautions({ ...SETTINGS, ...changes }, T480).map(({ path }) => path);

  test('rules for groups without a provider of groups', () => {
    const groups = GroupProvider.file({ groups: SecretRef.of('acme/groups') });
    const authenticators = [Authenticator.passwordFile({ users: SecretRef.of('acme/users') })];
    expect(cautions({ accessControl })).toEqual(['accessControl.catalogs']);
    expect(cautions({ accessControl, authentication: { authenticators, groups } })).toEqual([]);
  });

  test.each([
    ['none', undefined],
    ['a built-in one', AccessControl.builtIn('default')],
    ['OPA', AccessControl.opa({ policyUri: 'http://opa' })],
    ['another plugin', AccessControl.custom('acme', {})],
  ])('of rules nothing is said where there is no rules file: %s', (_which, other) => {
    const changes = other === undefined ? {} : { accessControl: other };
    expect(cautions(changes).filter((path) => path.startsWith('accessControl.'))).toEqual([]);
    expect(cautions({ accessControl: AccessControl.rules({}) })).toEqual(['accessControl.procedures']);
  });

  test('an access control elsewhere that has to let the metrics user in', () => {
    expect(cautions({ accessControl: AccessControl.opa({ policyUri: 'http://opa' }) })).toContain('accessControl');
    expect(cautions({ accessControl: AccessControl.builtIn('read-only') })).not.toContain('accessControl');
  });
});
