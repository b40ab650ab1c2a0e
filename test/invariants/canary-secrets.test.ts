/**
 * A secret that somebody writes out is refused by its place, and is in no message; a reference at the same place is fine,
 * and nothing but what fetches the secret knows its name.
 */
import type { App } from 'cdktf';
import { build as complete } from '../../examples/complete/main';
import { build as customCatalog } from '../../examples/custom-catalog/main';
import { build as existingCluster } from '../../examples/existing-cluster/main';
import { build as existingNetwork } from '../../examples/existing-network/main';
import { build as glue } from '../../examples/glue/main';
import { build as icebergOnly } from '../../examples/iceberg-only/main';
import { build as twoPlatforms } from '../../examples/two-platforms-one-lake/main';
import { CustomCatalog, type ICatalog, KafkaCatalog, LakeCatalog, MySqlCatalog } from '../../lib/catalogs';
import { plainSecretViolations, SecretRef } from '../../lib/core';
import { Authenticator } from '../../lib/trino';
import type { KubernetesObject } from '../../lib/kubernetes';
import { explanationOf } from '../../cli/explain';
import { type EnvironmentConfig, planEnvironment } from '../../stacks';
import { findEnvironment } from '../../stacks/environments';
import type { Sources } from '../../stacks/sources';
import { valuesOf } from '../kubernetes/support/platform';
import { allStacks, stacksOf } from '../support/environments';
import { type Args, resources, synthApp, testApp, type TerraformJson } from '../support/synth';
import { textsOf } from './document';

const CANARY = 'canary7d1e';
const production = findEnvironment('production');
const { trino } = production;

const withTrino = (change: Partial<typeof trino>): EnvironmentConfig => ({
  ...production,
  trino: { ...trino, ...change },
});
const withCatalog = (catalog: (sources: Sources) => ICatalog): EnvironmentConfig => ({
  ...production,
  catalogs: (sources) => [...production.catalogs(sources), catalog(sources)],
});
const withValues = (extraValues: object) => withTrino({ extraValues });
const custom = (connector: string, properties: Record<string, string | SecretRef>) =>
  withCatalog(() => new CustomCatalog('extra', { connector, properties }));
const url = 'jdbc:postgresql://db:5432/shop';

/** Wherever a definition can hold a secret; what the message has to name. */
const WRITTEN: readonly [place: string, config: EnvironmentConfig][] = [
  [
    'connection-password',
    custom('postgresql', { 'connection-url': url, 'connection-user': 'a', 'connection-password': CANARY }),
  ],
  ['connection-url', custom('postgresql', { 'connection-url': `${url}?user=a&password=${CANARY}` })],
  ['connection-url', custom('sqlserver', { 'connection-url': `jdbc:sqlserver://db:1433;password=${CANARY}` })],
  ['made-up.password', custom('made_up', { 'made-up.password': CANARY })],
  [
    's3.aws-secret-key',
    withCatalog(
      ({ lake: bucket, metastore }) =>
        new LakeCatalog('extra', { bucket, metastore, extraProperties: { 's3.aws-secret-key': CANARY } }),
    ),
  ],
  [
    'kafka.ssl.keystore.password',
    withCatalog(
      ({ kafka: cluster }) =>
        new KafkaCatalog('extra', {
          cluster,
          topics: [{ topic: 'a' }],
          extraProperties: { 'kafka.ssl.keystore.password': CANARY },
        }),
    ),
  ],
  [
    'urlParameters.password',
    withCatalog(({ mysql }) => new MySqlCatalog('extra', { ...mysql, urlParameters: { password: CANARY } })),
  ],
  [
    'extraProperties',
    withTrino({ extraProperties: { coordinator: { 'internal-communication.shared-secret': CANARY } } }),
  ],
  [
    'extraProperties.coordinator.made-up.password',
    withTrino({ extraProperties: { coordinator: { 'made-up.password': CANARY } } }),
  ],
  ['extraValues.env.0.value', withValues({ env: [{ name: 'SHOP_PASSWORD', value: CANARY }] })],
  ['extraValues.worker.env.0.value', withValues({ worker: { env: [{ name: 'API_TOKEN', value: CANARY }] } })],
  ['auth.passwordAuth', withValues({ auth: { passwordAuth: `somebody:${CANARY}` } })],
  ['auth.groups', withValues({ auth: { groups: `admins:${CANARY}` } })],
  [
    'password-authenticator.properties',
    withValues({
      coordinator: { additionalConfigFiles: { 'password-authenticator.properties': `ldap.bind-password=${CANARY}` } },
    }),
  ],
  [
    'eventListenerProperties',
    withValues({
      eventListenerProperties: [`mysql-event-listener.db.url=jdbc:mysql://db/a?user=a&password=${CANARY}`],
    }),
  ],
  [
    'sessionDefaults.0.sessionProperties',
    withTrino({ sessionDefaults: [{ sessionProperties: { 'lake.api_token': CANARY } }] }),
  ],
  [
    'audit.database.host',
    withTrino({
      audit: { database: { host: `somebody:${CANARY}@db`, database: 'a', username: 'a', password: SecretRef.of('a') } },
    }),
  ],
  [
    'monitoring.url',
    { ...production, monitoring: { url: `http://somebody:${CANARY}@prometheus:9090`, namespace: 'monitoring' } },
  ],
  [
    'kafka.configuration.ssl.keystore.password',
    { ...production, kafka: { ...production.kafka, configuration: { 'ssl.keystore.password': CANARY } } },
  ],
  ['tags.DeployToken', { ...production, tags: { DeployToken: CANARY } }],
];

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof Error) return error.message;
    throw error;
  }
  return 'was not refused';
}

test.each(WRITTEN)(
  'fails when a secret is written at %s: the message names the place and not the secret',
  (place, config) => {
    const message = messageOf(() => stacksOf('production', config));
    expect(message).toContain(place);
    expect(message).toMatch(/: got /);
    expect(message).not.toContain(CANARY);
  },
);

describe('the same places take a reference', () => {
  const secret = SecretRef.of(`${CANARY}/name`, 'member');
  const config: EnvironmentConfig = {
    ...withCatalog(
      () =>
        new CustomCatalog('extra', {
          connector: 'postgresql',
          properties: { 'connection-url': url, 'connection-user': secret, 'connection-password': secret },
        }),
    ),
    trino: {
      ...trino,
      extraProperties: { coordinator: { 'sql.path': 'lake.default' } },
      audit: { database: { host: 'db', database: 'a', username: secret, password: secret } },
      ingress: { host: 'trino.acme.internal', certificateArn: 'arn:aws:acm:eu-west-1:444455556666:certificate/1' },
      authentication: { authenticators: [Authenticator.passwordFile({ users: secret })] },
    },
  };

  test('whose name only what fetches the secret knows: no value of a chart and no ConfigMap', () => {
    const stacks = Object.values(stacksOf('production', config));
    const holders = stacks.flatMap((stack) => resources(stack)).filter((it) => holds(it.args));
    const names = holders.map(({ type, args }) => (type === 'helm_release' ? String(args['name']) : type));
    expect(names.toSorted()).toEqual(['aws_iam_role_policy', 'trino-secrets']);
  });

  test('and the plan says where its value will be, never more', () => {
    const plan = planEnvironment('production', config);
    expect(JSON.stringify(plan.chart.values)).not.toContain(CANARY);
    expect(JSON.stringify(plan.chart.files)).not.toContain(CANARY);
    expect(JSON.stringify(explanationOf('production', plan))).not.toContain(CANARY);
    expect(JSON.stringify(plan.chart.files)).toContain('${ENV:CATALOG_EXTRA_CONNECTION_PASSWORD}');
  });
});

const EXAMPLES = { complete, customCatalog, existingCluster, existingNetwork, glue, icebergOnly, twoPlatforms };
const made = {
  ...allStacks(),
  ...Object.assign({}, ...Object.values(EXAMPLES).map(stacksOfExample)),
} as Record<string, TerraformJson>;

test.each(Object.entries(made))('nothing that is installed with %s is a secret written out', (_name, stack) => {
  const values = resources(stack, 'helm_release').map(({ args }) => valuesOf(args));
  expect(plainSecretViolations(values.map(withoutPointers))).toEqual([]);
});

/** Public certificates, for which Java wants a password all the same. */
const TRUST_STORE = 'trustCertificateKeyStorePassword=changeit';

/** As the cluster gets it; without what points to secrets by names like theirs, and scripts, which hand them on. */
function withoutPointers(values: Args): Args {
  const text = JSON.stringify(values).replaceAll('$${', '${').replaceAll(TRUST_STORE, '');
  return JSON.parse(text, (key, value: unknown) => {
    const isPointer = (value as Partial<KubernetesObject> | null)?.kind === 'ExternalSecret';
    return isPointer || key.endsWith('.sh') ? undefined : value;
  }) as Args;
}

function stacksOfExample(build: (app: App) => unknown): Record<string, TerraformJson> {
  const app = testApp();
  build(app);
  return synthApp(app);
}

const holds = (args: unknown) => textsOf(args).some(({ text }) => text.includes(CANARY));
