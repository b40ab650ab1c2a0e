import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SecretRef } from '../../../lib/core';
import { writeNodeFolder } from '../../../tools/fuzz/node-folder';

const FILES = {
  'config.properties': 'internal-communication.shared-secret=${ENV:SHARED}\nx=s3://${TfToken[TOKEN.1]}/a\n',
  'event-listener.properties': 'mysql-event-listener.db.url=${ENV:URL}\n',
  'password-authenticator.properties': 'file.password-file=/etc/trino-secrets/password.db\n',
  'access-control.properties': 'security.config-file=/etc/trino/access-control/rules.json\n',
  'access-control/rules.json': '{}',
  'jvm.config': '-Xmx1G\n',
};

describe("a node's files on this machine", () => {
  const users = { name: 'password.db', content: [SecretRef.of('users')] };
  const folder = writeNodeFolder(FILES, [users]);
  const text = (name: string) => readFileSync(folder.file(name), 'utf8');
  afterAll(() => {
    rmSync(folder.path, { recursive: true });
  });

  test('name files that are there', () => {
    const [, rules = ''] = text('access-control.properties').trim().split('=');
    const [, passwords = ''] = text('password-authenticator.properties').trim().split('=');
    expect([rules, passwords].map((file) => existsSync(file))).toEqual([true, true]);
    expect(rules).toBe(join(folder.path, 'etc/access-control/rules.json'));
  });

  test('have something in place of what is known later', () => {
    expect(text('config.properties')).toBe('internal-communication.shared-secret=stand-in\nx=s3://stand-in/a\n');
  });

  test('have secrets of the form that Trino asks for', () => {
    expect(text('event-listener.properties')).toContain('db.url=jdbc:mysql://');
    expect(readFileSync(join(folder.path, 'secrets/password.db'), 'utf8')).toMatch(/^anna:\$2y\$10\$/);
  });

  test('are otherwise what was generated', () => {
    expect(text('jvm.config')).toBe(FILES['jvm.config']);
    expect(text('access-control/rules.json')).toBe('{}');
  });
});
