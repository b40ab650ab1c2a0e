import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { LakeBucket } from '../../lib/aws/lake-bucket';
import { MySqlDatabase } from '../../lib/aws/mysql-database';
import { DataSize, Cpu, SecretRef } from '../../lib/core';
import { ExternalSecrets } from '../../lib/kubernetes/external-secrets';
import {
  HIVE_VERSIONS,
  HiveMetastore,
  type HiveMetastoreProps,
  hiveMetastoreViolations,
  hiveVersion,
} from '../../lib/kubernetes/hive-metastore';
import { paths, policyOf } from '../aws/support';
import { one, resources, synth, type TerraformJson, warnings } from '../support/synth';
import { clusterStack, object, objectsOf, release, SPACE, terraformProblems } from './support/platform';
import { schemaProblems } from './support/schemas';

const TRINO = { pods: { 'app.kubernetes.io/name': 'trino' }, namespace: 'trino' };

const stackOf = (props: Partial<HiveMetastoreProps> = {}) =>
  clusterStack((stack, cluster) => {
    const database = MySqlDatabase.fromAttributes(stack, 'Database', {
      host: 'db.example',
      securityGroupId: 'sg-db',
      credentials: { username: 'root', password: SecretRef.of('root', 'password') },
    });
    new HiveMetastore(stack, 'It', {
      cluster,
      database,
      environmentName: 'acme-dev',
      namespace: SPACE,
      credentials: { username: 'metastore', password: SecretRef.of('metastore', 'password') },
      secretStore: ExternalSecrets.fromStoreName('theirs'),
      warehouse: LakeBucket.fromBucketName(stack, 'Lake', 'acme-lake'),
      clients: [TRINO],
      ...props,
    });
  });
const metastore = (props: Partial<HiveMetastoreProps> = {}): TerraformJson => synth(stackOf(props));
const text = (json: TerraformJson, releaseName: string, kind: string, name?: string) =>
  JSON.stringify(object(objectsOf(json, releaseName), kind, name));

describe('a metastore', () => {
  const json = metastore();
  const schema = objectsOf(json, 'hive-metastore-schema');
  const servers = objectsOf(json, 'hive-metastore');

  test('fits the schemas of Kubernetes and of Terraform', async () => {
    expect(schemaProblems([...schema, ...servers, ...objectsOf(json, 'hive-metastore-secrets')])).toEqual([]);
    expect(await terraformProblems(json)).toEqual([]);
  });

  test('brings its schema up to date before it starts, and starts with a password', () => {
    expect(release(json, 'hive-metastore')['depends_on']).toEqual([expect.stringMatching(/^helm_release\.It_Schema/)]);
    expect(release(json, 'hive-metastore-schema')['depends_on']).toEqual([
      expect.stringMatching(/^aws_eks_pod_identity_association\./),
      expect.stringMatching(/^helm_release\.It_Password/),
    ]);
    expect(text(json, 'hive-metastore-schema', 'Job')).toContain('"-dbType","mysql","-initOrUpgradeSchema"');
  });

  test('has no password in any object, but a variable that Hadoop resolves', () => {
    const site = (object(schema, 'ConfigMap', 'hive-metastore-config') as unknown as { data: Record<string, string> })
      .data['metastore-site.xml'];
    expect(site).toContain(
      '<name>javax.jdo.option.ConnectionPassword</name><value>$${env.METASTORE_DB_PASSWORD}</value>',
    );
    expect(text(json, 'hive-metastore', 'Deployment')).toContain(
      '"secretKeyRef":{"name":"hive-metastore-env","key":"METASTORE_DB_PASSWORD"}',
    );
  });

  test('verifies certificate and name of its database', () => {
    expect(text(json, 'hive-metastore-schema', 'ConfigMap', 'hive-metastore-config')).toContain(
      'jdbc:mysql://db.example:3306/metastore?sslMode=VERIFY_IDENTITY&amp;trustCertificateKeyStoreUrl=file%3A%2Fopt%2Ftrust%2Fdatabase.p12&amp;',
    );
    expect(text(json, 'hive-metastore', 'Deployment')).toContain(
      '"https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem","/opt/trust/database.p12"',
    );
  });

  test('survives a drained node and the loss of a zone', () => {
    const deployment = object(servers, 'Deployment') as unknown as {
      spec: { replicas: number; selector: object; template: { metadata: { labels: object } } };
    };
    expect(deployment.spec.replicas).toBe(2);
    expect(object(servers, 'PodDisruptionBudget')).toMatchObject({
      spec: { maxUnavailable: 1, selector: { matchLabels: deployment.spec.template.metadata.labels } },
    });
    expect(JSON.stringify(deployment)).toContain('"topologyKey":"topology.kubernetes.io/zone"');
    expect(object(servers, 'Service')).toMatchObject({ spec: { selector: deployment.spec.template.metadata.labels } });
  });

  test('starts again when its password or its configuration changes', () => {
    expect(object(servers, 'Deployment').metadata).toMatchObject({
      annotations: {
        'secret.reloader.stakater.com/reload': 'hive-metastore-env',
        'configmap.reloader.stakater.com/reload': 'hive-metastore-config,hive-metastore-database-authority',
      },
    });
  });

  test('is reached by its clients only, and reaches names, AWS and its database', () => {
    const policy = object(schema, 'NetworkPolicy') as unknown as {
      spec: { ingress: unknown; egress: { to: unknown; ports: { port: number }[] }[] };
    };
    expect(policy.spec.ingress).toEqual([
      {
        from: [
          {
            podSelector: { matchLabels: TRINO.pods },
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'trino' } },
          },
        ],
        ports: [{ port: 9083, protocol: 'TCP' }],
      },
    ]);
    expect(policy.spec.egress.map(({ ports }) => ports.map(({ port }) => port))).toEqual([
      [53, 53],
      [80],
      [443],
      [3306],
    ]);
    // In whatever network the database is: security groups say which one answers.
    expect(policy.spec.egress.at(-1)?.to).toEqual([{ ipBlock: { cidr: '0.0.0.0/0' } }]);
  });

  test('reads and writes its bucket with the role of its pods', () => {
    const { service_account: account, namespace } = one(json, 'aws_eks_pod_identity_association').args;
    expect({ account, namespace }).toEqual({
      account: object(schema, 'ServiceAccount').metadata?.name,
      namespace: 'space',
    });
    expect(text(json, 'hive-metastore', 'Deployment')).toContain('"serviceAccountName":"hive-metastore"');
    expect(policyOf(one(json, 'aws_iam_role_policy').args['policy']).Statement[0]).toMatchObject({
      Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
    });
  });

  test('is let in by its database, and has a port of its own for others', () => {
    const rules = resources(json).filter(({ type }) => type.startsWith('aws_vpc_security_group'));
    expect(rules.map(({ args }) => args['from_port'])).toEqual([3306, 3306]);
  });

  test('runs under the restricted standard', () => {
    for (const pod of [object(schema, 'Job'), object(servers, 'Deployment')]) {
      const { spec } = (pod as unknown as { spec: { template: { spec: PodLike } } }).spec.template;
      expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      for (const container of [...spec.initContainers, ...spec.containers]) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
      }
    }
  });
});

interface PodLike {
  readonly securityContext: object;
  readonly initContainers: readonly { readonly securityContext: object }[];
  readonly containers: readonly { readonly securityContext: object }[];
}

test('heap and container grow together, and leave the JVM its own', () => {
  const size = { cpu: Cpu.cores(1), memory: DataSize.gib(8) };
  const server = text(metastore({ size }), 'hive-metastore', 'Deployment');
  expect(server).toContain('"-Xmx5734M"');
  expect(server).toContain('"limits":{"memory":"8Gi"}');
});

test('an image of your own downloads nothing but the authorities', () => {
  const server = text(metastore({ image: 'registry.example/hive:1' }), 'hive-metastore', 'Deployment');
  expect(server).not.toContain('install.sh');
  expect(server).not.toContain('temurin');
  expect(server).toContain('/opt/metastore/extra/*:/opt/metastore/lib/*');
});

test('parts may come from a repository of your own', () => {
  const json = metastore({ mavenRepository: 'https://maven.example' });
  expect(text(json, 'hive-metastore', 'Deployment')).toContain(
    '"name":"MAVEN_REPOSITORY","value":"https://maven.example"',
  );
});

test('another image or size is another schema job, because a job cannot change', () => {
  const name = (props: Partial<HiveMetastoreProps>) =>
    object(objectsOf(metastore(props), 'hive-metastore-schema'), 'Job').metadata?.name;
  expect(new Set([name({}), name({ image: 'other' }), name({ version: '4.2.1' })]).size).toBe(3);
});

test('the schema is made again when somebody asks for it, and the servers stay', () => {
  const objects = (release: string, run?: number) => objectsOf(metastore(run === undefined ? {} : { run }), release);
  const name = (run?: number) => object(objects('hive-metastore-schema', run), 'Job').metadata?.name;
  expect(name(2)).not.toBe(name());
  expect(name(1)).toBe(name());
  expect(objects('hive-metastore', 2)).toEqual(objects('hive-metastore'));
});

test('a release that is not proven here says so', () => {
  const warned = (version: string) => {
    const stack = stackOf({ version });
    synth(stack);
    return warnings(stack);
  };
  expect(warned('4.0.1')).toEqual([]);
  expect(warned('4.2.1')).toEqual([expect.stringContaining('was not started')]);
});

test('a metastore that exists already is an address', () => {
  clusterStack((stack) => {
    expect(HiveMetastore.fromUri(stack, 'thrift://theirs:9083', 'sg-hms')).toMatchObject({
      thriftUri: 'thrift://theirs:9083',
      version: '4.0.1',
      connections: { securityGroupId: 'sg-hms', defaultPort: 9083 },
    });
  });
});

test('a metastore that exists already is reached by the port of its address', () => {
  clusterStack((stack) => {
    const portOf = (uri: string) => HiveMetastore.fromUri(stack, uri, 'sg-hms').connections.defaultPort;
    expect(portOf('thrift://theirs:9183')).toBe(9183);
    expect(portOf('thrift://a:9183,thrift://b:9183')).toBe(9183);
    expect(portOf('${TfToken[TOKEN.1]}')).toBe(9083);
  });
});

test('fails when metastores that exist already have different ports', () => {
  clusterStack((stack) => {
    expect(() => HiveMetastore.fromUri(stack, 'thrift://a:9083,thrift://b:9084', 'sg-hms')).toThrow(
      /HiveMetastore\.fromUri: .*\n.*thriftUri: got the ports \[9083, 9084\]; allowed: one port/,
    );
  });
});

describe('definitions', () => {
  test.each([
    ['name', { name: 'Hive' }],
    ['version', { version: '3.1.3' }],
    ['replicas', { replicas: 0 }],
    ['replicas', { replicas: 1.5 }],
    ['size.memory', { size: { cpu: Cpu.cores(1), memory: DataSize.mib(1023) } }],
    ['prefix', { prefix: '' }],
    ['prefix', { prefix: 'managed/x' }],
    ['prefix', { prefix: 'a//b' }],
  ])('fails when the %s is wrong: %j', (path, options) => {
    expect(paths(hiveMetastoreViolations(options))).toEqual([path]);
  });

  test.each([{}, { replicas: 1 }, { prefix: 'a/b_c' }, { size: { cpu: Cpu.cores(1), memory: DataSize.gib(1) } }])(
    'are fine otherwise: %j',
    (options) => {
      expect(hiveMetastoreViolations(options)).toEqual([]);
    },
  );
});

describe('the parts of a release', () => {
  test.each(HIVE_VERSIONS)('of %s are named by checksum and place, each once', (version) => {
    const lines = hiveVersion(version).artifacts.trim().split('\n');
    expect(lines.filter((line) => !/^[0-9a-f]{64} {2}[\w./-]+\.(jar|tar\.gz)$/.test(line))).toEqual([]);
    const files = lines.map((line) => line.replace(/^.*\//, ''));
    expect(new Set(files).size).toBe(files.length);
    expect(files).toEqual(
      expect.arrayContaining([expect.stringMatching(/^mysql-connector-j-/), expect.stringMatching(/^s3-/)]),
    );
  });

  describe('installed by the script', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cdktf-trino-metastore-'));
    afterAll(() => rmSync(folder, { recursive: true }));
    const install = (list: string) => {
      const target = mkdtempSync(join(folder, 'target-'));
      const file = join(folder, 'list.txt');
      writeFileSync(file, list);
      const script = join(__dirname, '../../lib/kubernetes/hive-metastore/install.sh');
      const env = { PATH: process.env['PATH'], MAVEN_REPOSITORY: `file://${folder}/repository` };
      execFileSync('sh', [script, file, target], { env, stdio: 'pipe' });
      return target;
    };
    const put = (path: string, content: string | Buffer): string => {
      const file = join(folder, 'repository', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return `${createHash('sha256').update(content).digest('hex')}  ${path}\n`;
    };

    test('jars lie beside each other, archives are unpacked', () => {
      mkdirSync(join(folder, 'pack', 'release', 'lib'), { recursive: true });
      writeFileSync(join(folder, 'pack', 'release', 'lib', 'b.jar'), 'b');
      const archive = execFileSync('tar', ['-cz', '-C', join(folder, 'pack'), 'release']);
      const target = install(put('x/a/1/a-1.jar', 'a') + put('x/r/1/r-1.tar.gz', archive));
      expect(readdirSync(join(target, 'extra'))).toEqual(['a-1.jar']);
      expect(readFileSync(join(target, 'lib', 'b.jar'), 'utf8')).toBe('b');
    });

    test('fails when a part is not what was pinned', () => {
      const line = put('x/a/1/a-1.jar', 'a');
      put('x/a/1/a-1.jar', 'changed');
      expect(() => install(line)).toThrow(/checksum did NOT match/);
    });
  });

  test('the image is made of the same list by the same script', () => {
    const dockerfile = readFileSync(join(__dirname, '../../docker/hive-metastore/Dockerfile'), 'utf8');
    const copied = /^COPY (.*) \S+$/m.exec(dockerfile)?.[1]?.split(' ') ?? [];
    expect(copied).toHaveLength(2);
    const paths = copied.map((path) => join(__dirname, '../..', path.replace('${LIBRARY}', 'lib')));
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
    expect(dockerfile).toContain(`FROM ${hiveVersion('4.0.1').image}\n`);
  });
});

const keytool = spawnSync('keytool', ['-help']).error === undefined;
if (!keytool) process.stderr.write('skipped: the trust store of databases: needs keytool (a Java runtime) on PATH\n');

(keytool ? describe : describe.skip)('the trust store of databases', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdktf-trino-trust-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const trust = (bundle: string): string => {
    const [file, store] = [join(folder, 'bundle.pem'), join(folder, 'trust.p12')];
    writeFileSync(file, bundle);
    const script = join(__dirname, '../../lib/kubernetes/hive-metastore/trust.sh');
    execFileSync('sh', [script, file, store], { stdio: 'pipe' });
    return execFileSync('keytool', ['-list', '-keystore', store, '-storepass', 'changeit'], { encoding: 'utf8' });
  };

  test('holds each certificate of a bundle, whatever stands between them', () => {
    const [first = '', second = ''] = rootCertificates;
    expect(trust(`# of a region\n${first}\n\n${second}\n`).match(/trustedCertEntry/g)).toHaveLength(2);
  });

  test('fails when a certificate is broken', () => {
    expect(() => trust('-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n')).toThrow(/Command failed/);
  });
});
