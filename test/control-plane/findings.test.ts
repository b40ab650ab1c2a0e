/** Why the library does what it does: what a real Kubernetes makes of the alternative, and of ours. */
import { join } from 'node:path';
import { selectorLabels, toChartValues } from '../../lib/trino';
import { sampleConfig } from '../trino/chart-values/sample';
import { Installation } from './support/installation';
import { describeWithKubernetes, type Lab, PATIENCE, TIMEOUT } from './support/lab';
import type { Pod } from './support/pods';
import { type Manifest, stepsOf } from './support/platform-stack';

jest.setTimeout(PATIENCE);

const OBJECT_CHART = join(__dirname, '../../lib/kubernetes/object-chart');
/** One of ours, with its label for pod security. */
const SPACE = 'trino';
const IN_SPACE = ['--namespace', SPACE];
/** Helm's, without what we add. */
const WAIT = ['--wait', '--timeout', '8s'];

const RESTRICTED = {
  runAsNonRoot: true,
  runAsUser: 1000,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};
/** Pods for the workers' nodes. */
const WORKERS = {
  nodeSelector: { 'cdktf-trino/node-pool': 'workers' },
  tolerations: [{ operator: 'Exists' }],
};

describeWithKubernetes('in a real Kubernetes', () => {
  let installation: Installation;
  let lab: Lab;
  beforeAll(async () => {
    installation = await Installation.open('dev');
    lab = installation.lab;
    const manifests = stepsOf(installation.platform).flatMap((step) => ('manifest' in step ? [step.manifest] : []));
    await lab.apply(...manifests);
  });
  afterAll(() => installation.close());
  afterEach(async () => {
    await lab.kubectl('delete', 'deployments,secrets', '--all', ...IN_SPACE);
    await lab.kubectl('wait', '--for=delete', 'pods', '--all', ...IN_SPACE, '--timeout=60s');
  });

  const install = (deployment: Manifest, flags?: readonly string[]) =>
    lab.helm('it', OBJECT_CHART, {
      namespace: SPACE,
      values: { objects: [deployment] },
      ...(flags === undefined ? {} : { flags }),
    });

  describe('a release whose first installation fails', () => {
    const refused = deployment({ securityContext: {} });

    test('says why in no other place than the events: its pods ask for more than the namespace allows', async () => {
      const { ok, text } = await install(refused, WAIT);
      expect(ok).toBe(false);
      expect(text).toContain('violates PodSecurity "restricted');
    });

    test('stays in the cluster, where the next one goes on from it', async () => {
      await install(refused, WAIT);
      expect(await lab.releases(SPACE)).toEqual({ it: 'failed' });
      expect(await install(deployment())).toMatchObject({ ok: true });
    });

    test('is taken away as Terraform installs ours, and the name is free', async () => {
      await install(refused, ['--rollback-on-failure', ...WAIT]);
      expect(await lab.releases(SPACE)).toEqual({});
      expect(await install(deployment())).toMatchObject({ ok: true });
    });
  });

  test('pods of a priority class wait for nothing but the class', async () => {
    const { ok, text } = await install(deployment({ pod: { priorityClassName: 'nobody-made-it' } }), WAIT);
    expect(ok).toBe(false);
    expect(text).toContain('no PriorityClass');
    expect(await install(deployment({ pod: { priorityClassName: 'trino-worker' } }))).toMatchObject({ ok: true });
  });

  test("fails when pods that fill their nodes are replaced in Kubernetes' usual way: a further node would be needed", async () => {
    const full = deployment({ replicas: 2, pod: WORKERS, resources: { requests: { memory: '40Gi' } } });
    expect(await install(full)).toMatchObject({ ok: true });
    await lab.kubectl('rollout', 'restart', 'deployment/it', ...IN_SPACE);
    const status = ['rollout', 'status', 'deployment/it', ...IN_SPACE, '--timeout=8s'];
    expect(await lab.tryKubectl(status)).toMatchObject({ ok: false });
  });

  test('workers wait for a node in another zone, also while no such zone has one', async () => {
    const { topologySpreadConstraints } = toChartValues(sampleConfig()).values.worker;
    const labels = selectorLabels(sampleConfig().name, 'worker');
    const [, ...nodesOfOtherZones] = installation.nodes.filter(({ metadata }) => metadata.name.startsWith('workers-'));
    await lab.kubectl('delete', 'node', ...nodesOfOtherZones.map(({ metadata }) => metadata.name));
    const workers = deployment({ labels, replicas: 2, pod: { ...WORKERS, topologySpreadConstraints } });
    expect(await install(workers, [])).toMatchObject({ ok: true });
    await lab.kubectl('wait', '--for=create', 'event', '--field-selector=reason=FailedScheduling', ...IN_SPACE);
    const nodes = async () => (await lab.list<Pod>('pods', SPACE)).map(({ spec: { nodeName } }) => nodeName ?? 'none');
    expect((await nodes()).sort()).toEqual(['none', 'workers-0']);
    await lab.addNodes(nodesOfOtherZones);
    await lab.kubectl('rollout', 'status', 'deployment/it', ...IN_SPACE, `--timeout=${TIMEOUT}`);
    expect((await nodes()).sort()).toEqual(['workers-0', 'workers-1']);
  });
});

interface Pods {
  readonly labels?: Readonly<Record<string, string>>;
  readonly replicas?: number;
  /** Further parts of the pods. */
  readonly pod?: object;
  readonly securityContext?: object;
  readonly resources?: object;
}

/** A Deployment whose pods are as restricted as ours, unless told otherwise. */
function deployment(pods: Pods = {}): Manifest {
  const { labels = { app: 'it' }, replicas = 1, pod = {}, securityContext = RESTRICTED, resources = {} } = pods;
  const container = { name: 'it', image: 'it:1', securityContext, resources };
  const spec = { automountServiceAccountToken: false, containers: [container], ...pod };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'it' },
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}
