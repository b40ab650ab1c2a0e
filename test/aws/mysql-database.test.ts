import { MySqlDatabase } from '../../lib/aws/mysql-database';
import { SecretRef } from '../../lib/core';
import { one, resources, synth, testStack } from '../support/synth';
import { Recorder, addresses, keyOf, networkOf, peer, policyOf, rendered } from './support';

type Props = ConstructorParameters<typeof MySqlDatabase>[2];
const database = (props: Partial<Props> = {}): ReturnType<typeof synth> =>
  synth(
    testStack((stack) => new MySqlDatabase(stack, 'Db', { name: 'acme-dev', network: networkOf(stack), ...props })),
  );

test('a database is private, redundant, encrypted, observed and backed up to the minute', () => {
  const json = database();
  const key = `\${${one(json, 'aws_kms_key').address}.arn}`;
  expect(one(json, 'aws_db_instance').args).toMatchObject({
    engine: 'mysql',
    publicly_accessible: false,
    multi_az: true,
    storage_type: 'gp3',
    allocated_storage: 100,
    max_allocated_storage: 400,
    storage_encrypted: true,
    kms_key_id: key,
    performance_insights_enabled: true,
    performance_insights_kms_key_id: key,
    monitoring_interval: 60,
    enabled_cloudwatch_logs_exports: ['audit', 'error', 'slowquery'],
    backup_retention_period: 14,
    copy_tags_to_snapshot: true,
    iam_database_authentication_enabled: true,
    ca_cert_identifier: 'rds-ca-rsa2048-g1',
  });
  expect(one(json, 'aws_db_subnet_group').args.subnet_ids).toEqual(['data-0', 'data-1', 'data-2']);
});

test('a disk of 400 GiB or more has the performance that RDS gives it, so that a smaller one can grow there', () => {
  expect(one(database({ storageGiB: 400 }), 'aws_db_instance').args).toMatchObject({
    iops: 12_000,
    storage_throughput: 500,
  });
});

test('a smaller disk names no performance: RDS refuses it', () => {
  const { args } = one(database({ storageGiB: 399 }), 'aws_db_instance');
  expect(Object.keys(args).filter((name) => /iops|throughput/.test(name))).toEqual([]);
});

test('AWS makes the password of the administrator and encrypts it with our key; it is nowhere here', () => {
  const { args } = one(database(), 'aws_db_instance');
  expect(args).toMatchObject({
    username: 'platform_root',
    manage_master_user_password: true,
    master_user_secret_kms_key_id: args.kms_key_id,
  });
  expect(Object.keys(args).filter((name) => /^password/.test(name))).toEqual([]);
});

test('the server refuses connections without TLS', () => {
  const { args } = one(database(), 'aws_db_parameter_group');
  expect(args).toMatchObject({ family: 'mysql8.4' });
  expect(args.parameter).toContainEqual({ name: 'require_secure_transport', value: '1' });
});

test('connections and changes are audited', () => {
  expect(one(database(), 'aws_db_option_group').args).toMatchObject({
    major_engine_version: '8.4',
    option: [{ option_name: 'MARIADB_AUDIT_PLUGIN' }],
  });
});

test('log groups are there before the database, encrypted, with an end', () => {
  const json = database({ logRetentionDays: 30 });
  const groups = resources(json, 'aws_cloudwatch_log_group');
  expect(groups.map(({ args }) => args.name)).toEqual([
    '/aws/rds/instance/acme-dev/audit',
    '/aws/rds/instance/acme-dev/error',
    '/aws/rds/instance/acme-dev/slowquery',
  ]);
  expect(groups.map(({ args }) => args.retention_in_days)).toEqual([30, 30, 30]);
  expect(one(json, 'aws_db_instance').args.depends_on).toEqual(
    expect.arrayContaining(groups.map(({ address }) => address)),
  );
  const [, logs] = policyOf(one(json, 'aws_kms_key').args.policy).Statement;
  expect(logs?.['Principal']).toEqual({ Service: expect.stringMatching(/^logs\..*\.amazonaws\.com$/) });
});

test('monitoring is allowed before the database asks for it', () => {
  const json = database();
  const attachment = one(json, 'aws_iam_role_policy_attachment');
  expect(attachment.args.policy_arn).toMatch(/AmazonRDSEnhancedMonitoringRole$/);
  expect(one(json, 'aws_db_instance').args.depends_on).toContain(attachment.address);
});

test('a database that is kept has two protections and leaves a snapshot with its options', () => {
  const json = database();
  expect(one(json, 'aws_db_instance').args).toMatchObject({
    lifecycle: { prevent_destroy: true },
    deletion_protection: true,
    skip_final_snapshot: false,
    final_snapshot_identifier: 'acme-dev-final',
    delete_automated_backups: false,
  });
  expect(one(json, 'aws_db_option_group').args.skip_destroy).toBe(true);
});

test('a database that may be lost goes in one step', () => {
  const json = database({ retain: false });
  const { args } = one(json, 'aws_db_instance');
  expect(args).toMatchObject({
    lifecycle: { prevent_destroy: false },
    deletion_protection: false,
    skip_final_snapshot: true,
    delete_automated_backups: true,
  });
  expect(args).not.toHaveProperty('final_snapshot_identifier');
  expect(one(json, 'aws_db_option_group').args.skip_destroy).toBe(false);
  expect(one(json, 'aws_kms_key').args).toMatchObject({ lifecycle: { prevent_destroy: false } });
});

test.each([
  ['8.4', true],
  ['8.4.9', false],
])('version %s: AWS installs patches: %s, so that no plan asks for a step back', (version, automatic) => {
  expect(one(database({ version }), 'aws_db_instance').args).toMatchObject({
    engine_version: version,
    auto_minor_version_upgrade: automatic,
  });
});

test('a class without insights gets none', () => {
  const { args } = one(database({ instanceClass: 'db.t4g.micro' }), 'aws_db_instance');
  expect(args.performance_insights_enabled).toBe(false);
  expect(args).not.toHaveProperty('performance_insights_kms_key_id');
});

test('a topic hears of failures and maintenance; without one there is no subscription', () => {
  const json = database({ eventTopicArn: 'arn:aws:sns:eu-west-1:111122223333:alarms' });
  expect(one(json, 'aws_db_event_subscription').args).toMatchObject({
    source_type: 'db-instance',
    event_categories: expect.arrayContaining(['failure', 'maintenance', 'configuration change']),
  });
  expect(resources(database(), 'aws_db_event_subscription')).toEqual([]);
});

test('the addresses of a database stay', () => {
  expect(addresses(database())).toEqual([
    'aws_cloudwatch_log_group.Db_Log-audit',
    'aws_cloudwatch_log_group.Db_Log-error',
    'aws_cloudwatch_log_group.Db_Log-slowquery',
    'aws_db_instance.Db',
    'aws_db_option_group.Db_Options',
    'aws_db_parameter_group.Db_Parameters',
    'aws_db_subnet_group.Db_Subnets',
    'aws_iam_role.Db_MonitoringRole',
    'aws_iam_role_policy_attachment.Db_MonitoringRole_service-role-AmazonRDSEnhancedMonitoringRole',
    'aws_kms_alias.Db_Key_Alias',
    'aws_kms_key.Db_Key',
    'aws_security_group.Db_SecurityGroup',
  ]);
});

test('fails when constructed with something wrong, with everything that is', () => {
  expect(() => database({ instanceClass: 'db.r4.large', version: '8.0.43' })).toThrow(
    /test\/Db: 2 problems\n {2}- version: got '8\.0\.43'.*\n {2}- instanceClass: got 'db\.r4\.large'/,
  );
});

describe('edges', () => {
  const owned = (props: Partial<Props> = {}): { db: MySqlDatabase; stack: ReturnType<typeof testStack> } => {
    const stack = testStack();
    return { stack, db: new MySqlDatabase(stack, 'Db', { name: 'acme-dev', network: networkOf(stack), ...props }) };
  };

  test('pods come in on the port of the database, in both groups, with a reason', () => {
    const { stack, db } = owned({ port: 3316 });
    db.connections.allowDefaultPortFrom(peer(stack), 'catalog shop');
    const json = synth(stack);
    const rule = { from_port: 3316, to_port: 3316, ip_protocol: 'tcp', description: 'catalog shop' };
    expect(one(json, 'aws_vpc_security_group_ingress_rule').args).toMatchObject(rule);
    expect(one(json, 'aws_vpc_security_group_egress_rule').args).toMatchObject(rule);
    expect(one(json, 'aws_security_group').args).not.toHaveProperty('ingress');
  });

  test('the password is a reference into the secret that AWS made', () => {
    const { stack, db } = owned();
    expect(db.credentials.username).toBe('platform_root');
    expect(db.credentials.password.key).toBe('password');
    expect(rendered(stack, db.credentials.password.secret)).toMatch(
      /^\$\{aws_db_instance\..*\.master_user_secret\[0\]\.secret_arn\}$/,
    );
  });

  test('who reads the password can decrypt it', () => {
    const { db } = owned();
    const grantee = new Recorder();
    db.grantReadCredentials(grantee);
    expect(grantee.actions).toEqual(expect.arrayContaining(['secretsmanager:GetSecretValue', 'kms:Decrypt']));
  });

  test('a port is a literal in every text', () => {
    const { stack, db } = owned();
    expect(rendered(stack, db.jdbcUrl('metastore'))).toMatch(
      /^jdbc:mysql:\/\/\$\{aws_db_instance\..*\.address\}:3306\/metastore\?sslMode=REQUIRED$/,
    );
  });

  test('a parameter with a & in it stays one parameter', () => {
    const { db } = owned();
    expect(db.jdbcUrl('shop', { trustCertificateKeyStorePassword: 'a&sslMode=DISABLED' })).toMatch(
      /\?sslMode=REQUIRED&trustCertificateKeyStorePassword=a%26sslMode%3DDISABLED$/,
    );
  });

  test('fails when the host of an imported database is missing', () => {
    const credentials = { username: 'reader', password: SecretRef.of('shop-reader', 'password') };
    const imported = () =>
      MySqlDatabase.fromAttributes(testStack(), 'Db', {
        host: undefined as unknown as string,
        securityGroupId: 'sg-shop',
        credentials,
      });
    expect(imported).toThrow(/Db: one problem\n.*host: got nothing; allowed: a host name/);
  });

  test('an imported database is used like an owned one', () => {
    const stack = testStack();
    const db = MySqlDatabase.fromAttributes(stack, 'Db', {
      host: 'shop.example.org',
      securityGroupId: 'sg-shop',
      credentials: { username: 'reader', password: SecretRef.of('shop-reader', 'password') },
      credentialsKey: keyOf(stack),
    });
    const grantee = new Recorder();
    db.grantReadCredentials(grantee);
    db.connections.allowDefaultPortFrom(peer(stack), 'catalog shop');
    expect(db.jdbcUrl('', { sslMode: 'VERIFY_IDENTITY' })).toBe(
      'jdbc:mysql://shop.example.org:3306/?sslMode=VERIFY_IDENTITY',
    );
    expect(grantee.actions).toEqual(expect.arrayContaining(['secretsmanager:GetSecretValue', 'kms:Decrypt']));
    expect(one(synth(stack), 'aws_vpc_security_group_ingress_rule').args).toMatchObject({
      security_group_id: 'sg-shop',
      from_port: 3306,
    });
  });
});
