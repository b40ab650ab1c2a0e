import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Token } from 'cdktf';
import { MySqlDatabase } from '../../lib/aws/mysql-database';
import { SecretRef } from '../../lib/core';
import {
  DatabaseBootstrap,
  type DatabaseBootstrapProps,
  type DatabaseContents,
  databaseBootstrapViolations,
} from '../../lib/kubernetes/database-bootstrap';
import { bootstrapSql } from '../../lib/kubernetes/database-bootstrap/sql';
import { ExternalSecrets } from '../../lib/kubernetes/external-secrets';
import { paths } from '../aws/support';
import { resources, synth, type TerraformJson } from '../support/synth';
import { clusterStack, object, objectsOf, release, SPACE, terraformProblems } from './support/platform';
import { schemaProblems } from './support/schemas';

const CONTENTS: DatabaseContents = {
  databases: ['metastore', 'audit', 'shop_eu'],
  users: [
    {
      username: 'metastore',
      password: SecretRef.of('metastore', 'password'),
      grants: [{ database: 'metastore', access: 'all' }],
    },
    {
      username: 'audit',
      password: SecretRef.of('audit', 'password'),
      grants: [{ database: 'audit', access: 'append' }],
    },
    {
      username: 'trino',
      password: SecretRef.of('trino', 'password'),
      grants: [{ database: 'shop_eu', access: 'read' }],
    },
  ],
};

function bootstrap(props: Partial<DatabaseBootstrapProps> = {}, host = 'db.example'): TerraformJson {
  return synth(
    clusterStack((stack, cluster) => {
      const database = MySqlDatabase.fromAttributes(stack, 'Database', {
        host,
        securityGroupId: 'sg-db',
        credentials: { username: 'platform_root', password: SecretRef.of('root', 'password') },
      });
      const secretStore = ExternalSecrets.fromStoreName('theirs');
      new DatabaseBootstrap(stack, 'It', { cluster, namespace: SPACE, database, secretStore, ...CONTENTS, ...props });
    }),
  );
}
const jobOf = (json: TerraformJson) => object(objectsOf(json, 'database-bootstrap'), 'Job');
const jobName = (props: Partial<DatabaseBootstrapProps> = {}) => jobOf(bootstrap(props)).metadata?.name;

describe('the SQL', () => {
  const sql = bootstrapSql(CONTENTS);

  test('makes what is missing, and users that must use TLS', () => {
    expect(sql).toContain('CREATE DATABASE IF NOT EXISTS `shop_eu`;');
    expect(sql.match(/ REQUIRE SSL/g)).toHaveLength(6);
  });

  test('gives rights on the one database, whatever `_` means in a grant', () => {
    expect(sql.match(/(?<=CONCAT\()"GRANT .*(?=\);)/g)).toEqual([
      `"GRANT ALL PRIVILEGES ON \`", IF(@partial_revokes, "metastore", "metastore"), "\`.* TO 'metastore'@'%'"`,
      `"GRANT SELECT, INSERT, CREATE ON \`", IF(@partial_revokes, "audit", "audit"), "\`.* TO 'audit'@'%'"`,
      `"GRANT SELECT, SHOW VIEW ON \`", IF(@partial_revokes, "shop_eu", "shop\\\\_eu"), "\`.* TO 'trino'@'%'"`,
    ]);
  });

  test('makes a table before its user could make another one', () => {
    const tables = [{ database: 'audit', statement: 'CREATE TABLE IF NOT EXISTS events (id INT)' }];
    const statements = bootstrapSql({ ...CONTENTS, tables });
    expect(statements).toContain('USE `audit`;\nCREATE TABLE IF NOT EXISTS events (id INT);');
    expect(statements.indexOf('USE `audit`')).toBeLessThan(statements.indexOf('CREATE USER'));
    expect(statements.indexOf('USE `audit`')).toBeGreaterThan(
      statements.indexOf('CREATE DATABASE IF NOT EXISTS `audit`'),
    );
  });

  test('takes rights away before it gives them: those that are no longer asked for go', () => {
    expect(sql.indexOf("REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'trino'@'%'")).toBeLessThan(
      sql.indexOf('GRANT SELECT, SHOW VIEW'),
    );
  });
});

describe('definitions', () => {
  const user = { username: 'a', password: SecretRef.of('a'), grants: [] };
  test.each([
    ['databases', { databases: ['a`; DROP'], users: [] }],
    ['databases', { databases: ['${TfToken[TOKEN.1]}'], users: [] }],
    ['databases', { databases: ['a', 'a'], users: [] }],
    ['users', { databases: [], users: [{ ...user, username: "a'@'%" }] }],
    ['users', { databases: [], users: [{ ...user, username: 'u'.repeat(33) }] }],
    ['users', { databases: [], users: [user, user] }],
    ['users.a.grants', { databases: ['a'], users: [{ ...user, grants: [{ database: 'b', access: 'all' as const }] }] }],
    ['users.a.grants', { databases: ['a'], users: [{ ...user, grants: [{ database: 'a', access: 'rw' as 'all' }] }] }],
    ['tables', { databases: ['a'], tables: [{ database: 'b', statement: 'CREATE' }], users: [] }],
    ['name', { name: 'A', databases: [], users: [] }],
    ['name', { name: 'a'.repeat(37), databases: [], users: [] }],
  ])('fails when something of them is wrong: %s, %j', (path, contents) => {
    expect(paths(databaseBootstrapViolations(contents))).toEqual([path]);
  });

  test('are fine otherwise', () => {
    expect(databaseBootstrapViolations(CONTENTS)).toEqual([]);
    expect(databaseBootstrapViolations({ ...CONTENTS, name: 'a'.repeat(36) })).toEqual([]);
  });
});

describe('the script', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdktf-trino-bootstrap-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('gives passwords to the server as hexadecimal, on no command line', () => {
    const fake = join(folder, 'mysql');
    writeFileSync(fake, `#!/bin/sh\necho "$@" > ${folder}/args\ncat > ${folder}/sql\n`, { mode: 0o755 });
    const file = join(folder, 'bootstrap.sql');
    writeFileSync(file, 'SELECT 1;\n');
    const script = join(__dirname, '../../lib/kubernetes/database-bootstrap/run.sh');
    const password = '\'; DROP "$(id)`\\ü';
    const env = {
      PATH: `${folder}:${process.env['PATH'] ?? ''}`,
      MYSQL_HOST: 'db',
      MYSQL_PORT: '3306',
      MYSQL_USER: 'root',
      PASSWORD_0: password,
      PASSWORD_1: 'zwei',
    };
    execFileSync('sh', [script, file, '/bundle.pem'], { env });
    expect(readFileSync(join(folder, 'sql'), 'utf8')).toBe(
      [password, 'zwei']
        .map((it, index) => `SET @PASSWORD_${index} = CONVERT(X'${Buffer.from(it).toString('hex')}' USING utf8mb4);\n`)
        .join('') + 'SELECT 1;\n',
    );
    expect(readFileSync(join(folder, 'args'), 'utf8').trim().split(' ')).toEqual([
      '--host=db',
      '--port=3306',
      '--user=root',
      '--ssl-mode=VERIFY_IDENTITY',
      '--ssl-ca=/bundle.pem',
      '--connect-timeout=30',
    ]);
  });
});

describe('the job', () => {
  test('runs again when SQL, server, client or the number of the run changes, and not otherwise', () => {
    const names = [
      jobName(),
      jobName({ run: 2 }),
      jobName({ databases: [...CONTENTS.databases, 'more'] }),
      jobName({ placement: { nodeSelector: { a: 'b' }, tolerations: [] } }),
      jobOf(bootstrap({}, 'other.example')).metadata?.name,
    ];
    expect(new Set(names).size).toBe(5);
    expect(jobName()).toBe(names[0]);
  });

  test('has no address in its pod, which cannot change: where the server is stands in a ConfigMap', () => {
    const json = bootstrap({}, Token.asString({ resolve: () => '${db.address}' }));
    expect(JSON.stringify(jobOf(json))).not.toContain('${');
    expect(object(objectsOf(json, 'database-bootstrap'), 'ConfigMap', 'database-bootstrap-sql')).toMatchObject({
      data: { MYSQL_HOST: '${db.address}', MYSQL_PORT: '3306', MYSQL_USER: 'platform_root' },
    });
    for (const key of ['MYSQL_HOST', 'MYSQL_PORT', 'MYSQL_USER']) {
      expect(JSON.stringify(jobOf(json))).toContain(
        `"configMapKeyRef":{"name":"database-bootstrap-sql","key":"${key}"}`,
      );
    }
  });

  test('knows secrets by reference only, and trusts the authorities of RDS', () => {
    const json = bootstrap();
    const text = JSON.stringify(jobOf(json));
    expect(text).toContain('"secretKeyRef":{"name":"database-bootstrap-env","key":"MYSQL_PWD"}');
    expect(text).toContain('"secretKeyRef":{"name":"database-bootstrap-env","key":"PASSWORD_2"}');
    expect(text).toContain('https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem');
    expect(release(json, 'database-bootstrap')).toMatchObject({ wait_for_jobs: true });
  });

  test('reads passwords anew for each run: a Secret that is there may hold the old ones', () => {
    const json = bootstrap({ run: 2 });
    const text = JSON.stringify(jobOf(json));
    expect(text).toContain('"secretKeyRef":{"name":"database-bootstrap-2-env","key":"MYSQL_PWD"}');
    expect(text).not.toContain('database-bootstrap-env');
    expect(object(objectsOf(json, 'database-bootstrap-2-secrets'), 'ExternalSecret').metadata?.name).toBe(
      'database-bootstrap-2-env',
    );
  });

  test('trusts an authority of your own instead', () => {
    const objects = objectsOf(bootstrap({ databaseAuthority: { pem: '-----BEGIN' } }), 'database-bootstrap');
    expect(object(objects, 'ConfigMap', 'database-bootstrap-authority')).toMatchObject({
      data: { 'bundle.pem': '-----BEGIN' },
    });
    expect(JSON.stringify(object(objects, 'Job'))).toContain(
      '["cp","/etc/database-authority/bundle.pem","/work/bundle.pem"]',
    );
  });

  test('reaches the database, and the database lets it in', () => {
    const json = bootstrap();
    const rules = resources(json).filter(({ type }) => type.startsWith('aws_vpc_security_group'));
    expect(rules.map(({ args }) => [args['security_group_id'], args['from_port']])).toEqual([
      ['sg-nodes', 3306],
      ['sg-db', 3306],
    ]);
    expect(JSON.stringify(object(objectsOf(json, 'database-bootstrap'), 'NetworkPolicy'))).toContain(
      '{"to":[{"ipBlock":{"cidr":"0.0.0.0/0"}}],"ports":[{"port":3306,"protocol":"TCP"}]}',
    );
  });

  test('fits the schemas of Kubernetes and of Terraform', async () => {
    const json = bootstrap();
    const objects = ['database-bootstrap', 'database-bootstrap-secrets'].flatMap((name) => objectsOf(json, name));
    expect(schemaProblems(objects)).toEqual([]);
    expect(await terraformProblems(json)).toEqual([]);
  });
});
