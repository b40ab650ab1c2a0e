import { join } from 'node:path';
import { Fn, type TerraformStack } from 'cdktf';
import { GeneratedSecret } from '../../lib/aws/generated-secret';
import { Duration, SecretRef } from '../../lib/core';
import { ExternalSecrets } from '../../lib/kubernetes/external-secrets';
import { deliveryViolations, SecretDelivery } from '../../lib/kubernetes/secret-delivery';
import { paths, policyOf } from '../aws/support';
import { one, resources, synth, type TerraformJson } from '../support/synth';
import { helmTemplate } from './support/helm';
import { clusterStack, object, objectsOf, release, SPACE, terraformProblems, valuesOf } from './support/platform';
import { schemaProblems } from './support/schemas';

const ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf';
const PASSWORD = SecretRef.of(ARN, 'password');
const TOKEN = SecretRef.of('plain/token');
const TRINO = { name: 'trino', ready: [] };

function delivered(fill: (delivery: SecretDelivery, stack: TerraformStack) => void): TerraformJson {
  return synth(
    clusterStack((stack, cluster) => {
      const store = new ExternalSecrets(stack, 'Store', { cluster, name: 'acme-dev', namespace: SPACE });
      fill(new SecretDelivery(stack, 'Delivery', { store, namespace: TRINO, name: 'trino' }), stack);
    }),
  );
}

interface ExternalSecretSpec {
  readonly data: readonly { readonly secretKey: string; readonly remoteRef: object }[];
  readonly target: { readonly template: { readonly data: Readonly<Record<string, string>> } };
}
const specOf = (json: TerraformJson, name: string) =>
  (object(objectsOf(json, 'trino-secrets'), 'ExternalSecret', name) as unknown as { spec: ExternalSecretSpec }).spec;

/** What the operator would write, by the same template engine, when secrets have these values. */
function written(json: TerraformJson, name: string, ...secrets: string[]): Record<string, unknown> {
  const { data, target } = specOf(json, name);
  const values = Object.fromEntries(data.map(({ secretKey }, index) => [secretKey, secrets[index]]));
  const chart = join(__dirname, 'support', 'go-template');
  const text = JSON.stringify({
    templates: target.template.data,
    data: { ...values, Template: { BasePath: '', Name: '' } },
  });
  const [results] = helmTemplate(chart, text);
  return results?.['data'] as Record<string, unknown>;
}

describe('variables and files', () => {
  const json = delivered((delivery) => {
    delivery.addVariable({ name: 'SHOP_PASSWORD', secret: PASSWORD });
    delivery.addVariable({ name: 'SHOP_PASSWORD', secret: PASSWORD });
    delivery.addVariable({ name: 'AUDIT_URL_PASSWORD', secret: PASSWORD, encoding: 'url' });
    delivery.addFile({
      name: 'client.properties',
      content: ['user="a" {{x}} ${b}\npassword="', PASSWORD, '"\nt=', TOKEN],
    });
  });

  test('point to secrets; each secret is read once for each Secret', () => {
    expect(specOf(json, 'trino-env')).toMatchObject({
      refreshInterval: '5m',
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'aws-secrets-manager' },
      target: { name: 'trino-env' },
      data: [{ secretKey: 'secret0', remoteRef: { key: ARN, property: 'password' } }],
    });
    expect(specOf(json, 'trino-files').data).toEqual([
      { secretKey: 'secret0', remoteRef: { key: ARN, property: 'password' } },
      { secretKey: 'secret1', remoteRef: { key: 'plain/token' } },
    ]);
  });

  test('come out as they are, and percent-encoded where they stand in a URL', () => {
    const secret = 'p@ss/w?rd&x=1"\'';
    expect(written(json, 'trino-env', secret)).toEqual({
      SHOP_PASSWORD: secret,
      AUDIT_URL_PASSWORD: encodeURIComponent(secret).replace("'", '%27'),
    });
  });

  test('leave text of people alone, braces of templates included', () => {
    const file = written(json, 'trino-files', 'geheim', 'tok')['client.properties'];
    // Terraform makes one dollar of the two.
    expect(String(file).replace('$${', '${')).toBe('user="a" {{x}} ${b}\npassword="geheim"\nt=tok');
  });

  test('fit the schemas of the operator and of Terraform', async () => {
    expect(schemaProblems([...objectsOf(json, 'trino-secrets'), ...objectsOf(json, 'external-secrets-store')])).toEqual(
      [],
    );
    expect(await terraformProblems(json)).toEqual([]);
  });

  test('come after the operator and its store', () => {
    expect(release(json, 'trino-secrets')['depends_on']).toEqual([
      expect.stringMatching(/^helm_release\.Store_[0-9A-F]+$/),
    ]);
    expect(release(json, 'external-secrets-store')['depends_on']).toEqual([
      expect.stringMatching(/^helm_release\.Store_Operator/),
    ]);
    expect(release(json, 'external-secrets')['depends_on']).toEqual([
      expect.stringMatching(/^aws_eks_pod_identity_association\./),
    ]);
  });

  test('are asked for when the operator may read them', () => {
    const { address } = one(json, 'aws_iam_role_policy');
    expect(one(json, 'aws_eks_pod_identity_association').args['depends_on']).toEqual([address]);
  });
});

describe('a secret of another region', () => {
  const asked = (secret: string) => () =>
    delivered((it) => it.addVariable({ name: 'A', secret: SecretRef.of(secret) }));

  test('is refused: the store asks in its own', () => {
    expect(asked(ARN.replace('eu-west-1', 'us-east-1'))).toThrow(
      "secret: got 'arn:aws:secretsmanager:us-east-1:111122223333:secret:shop-AbCdEf'; allowed: secrets of eu-west-1, " +
        'where the store asks for them; fix: replicate it to eu-west-1 and give the ARN that it has there',
    );
  });

  test('is none where it is of this one, has a name only, or its region is known when Terraform runs', () => {
    const made = Fn.join(':', ['arn:aws:secretsmanager', 'us-east-1', '111122223333:secret:shop-AbCdEf']);
    for (const secret of [ARN, 'shop', made]) expect(asked(secret)).not.toThrow();
  });

  test('is taken at its word where the region of the stack is not written out', () => {
    const elsewhere = SecretRef.of(ARN.replace('eu-west-1', 'us-east-1'));
    const unwritten = (delivery: SecretDelivery, stack: TerraformStack): void => {
      delivery.addVariable({ name: 'A', secret: elsewhere });
      const [aws] = stack.allProviders().filter(({ terraformResourceType: type }) => type === 'aws');
      Object.assign(aws ?? {}, { region: Fn.lower('US-EAST-1') });
    };
    expect(() => delivered(unwritten)).not.toThrow();
  });
});

describe('the operator', () => {
  const json = delivered((delivery, stack) => {
    delivery.addVariable({ name: 'A', secret: PASSWORD });
    delivery.addVariable({ name: 'B', secret: SecretRef.of(ARN, 'other') });
    delivery.addVariable({ name: 'C', secret: TOKEN });
    const made = new GeneratedSecret(stack, 'Made', { name: 'acme/made', description: 'made up' });
    delivery.addFile({ name: 'f', content: [made.ref('password')] });
  });

  test('may read the secrets that are asked for, decrypt them through Secrets Manager, and nothing else', () => {
    const { Statement } = policyOf(
      resources(json, 'aws_iam_role_policy').find(({ args }) => args['name'] === 'secrets')?.args['policy'],
    );
    expect(Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
        Resource: [
          ARN,
          expect.stringMatching(/:secret:plain\/token-\?{6}$/),
          expect.stringMatching(/^\$\{aws_secretsmanager_secret/),
        ],
      },
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt'],
        Resource: [
          expect.stringMatching(/^arn:.*:kms:.*account_id\}:key\/\*$/),
          expect.stringMatching(/^arn:.*:kms:.*:111122223333:key\/\*$/),
        ],
        Condition: {
          StringEquals: { 'kms:ViaService': expect.stringMatching(/^secretsmanager\..*\.amazonaws\.com$/) as string },
        },
      },
    ]);
  });

  test('serves the namespaces that ask, and no other', () => {
    expect(object(objectsOf(json, 'external-secrets-store'), 'ClusterSecretStore')).toMatchObject({
      spec: {
        conditions: [{ namespaces: ['trino'] }],
        provider: {
          aws: { service: 'SecretsManager', region: expect.stringMatching(/^\$\{data\.aws_region\./) as string },
        },
      },
    });
  });

  test('runs under the service account that has the role, twice', () => {
    const values = valuesOf(release(json, 'external-secrets'));
    const { service_account: account, namespace } = one(json, 'aws_eks_pod_identity_association').args;
    expect(values['serviceAccount']).toEqual({ create: true, name: account });
    expect(namespace).toBe(release(json, 'external-secrets')['namespace']);
    expect(values).toMatchObject({ replicaCount: 2, leaderElect: true, podDisruptionBudget: { enabled: true } });
  });
});

test('a store that exists already is used as it is', () => {
  const json = synth(
    clusterStack((stack) => {
      const store = ExternalSecrets.fromStoreName('theirs');
      const delivery = new SecretDelivery(stack, 'Delivery', { store, namespace: TRINO, name: 'trino' });
      delivery.addVariable({ name: 'A', secret: TOKEN });
    }),
  );
  expect(specOf(json, 'trino-env')).toMatchObject({ secretStoreRef: { name: 'theirs' } });
  expect(resources(json).filter(({ type }) => type.startsWith('aws_iam'))).toEqual([]);
});

test('nothing to deliver, no Secret', () => {
  expect(
    objectsOf(
      delivered(() => undefined),
      'trino-secrets',
    ),
  ).toEqual([]);
});

test.each([
  ['a variable', (it: SecretDelivery) => it.addVariable({ name: 'A', secret: TOKEN })],
  ['a file', (it: SecretDelivery) => it.addFile({ name: 'A', content: [TOKEN] })],
])('fails when two contents go by one name: %s', (_what, add) => {
  const twice = (delivery: SecretDelivery) => {
    delivery.addVariable({ name: 'A', secret: PASSWORD });
    delivery.addFile({ name: 'A', content: [PASSWORD] });
    add(delivery);
  };
  expect(() => delivered(twice)).toThrow(/got two of the name 'A'/);
});

test('fails when a name is no key of a Secret', () => {
  expect(() => delivered((it) => it.addVariable({ name: 'A-B', secret: TOKEN }))).toThrow(/variables: got 'A-B'/);
  expect(() => delivered((it) => it.addFile({ name: 'a/b', content: [TOKEN] }))).toThrow(/files: got 'a\/b'/);
});

test('fails when secrets are read more often than once a minute', () => {
  const violations = (refreshInterval: Duration) => paths(deliveryViolations({ name: 'trino', refreshInterval }));
  expect(violations(Duration.seconds(59))).toEqual(['refreshInterval']);
  expect(violations(Duration.minutes(1))).toEqual([]);
  expect(paths(deliveryViolations({ name: 'Trino' }))).toEqual(['name']);
});
