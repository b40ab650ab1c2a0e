import { environmentNames } from '../../stacks/environments';
import { NODE_POOL_LABEL } from '../../lib/aws/node-pool';
import {
  CONFIG_DIRECTORY,
  errorsOf,
  HTTP_PORT,
  renderedFiles,
  type TrinoChartValues,
  TrinoRelease,
} from '../../lib/trino';
import { fileFindings } from '../../lib/trino/chart-values/check';
import { givenChart } from './support/charts';
import { Installation } from './support/installation';
import { describeWithKubernetes, type Lab, PATIENCE, TIMEOUT } from './support/lab';
import type { Manifest, Release } from './support/platform-stack';
import { mountedFiles, type Pod, TRINO, trinoPods } from './support/pods';

jest.setTimeout(PATIENCE);

const ROLES = ['coordinator', 'worker'] as const;

/** What only the official chart makes. */
const describeOfficialChart = givenChart('trino') === undefined ? describe.skip : describe;

describeWithKubernetes.each(environmentNames())('the platform stack of %s in a real Kubernetes', (environment) => {
  let installation: Installation;
  let lab: Lab;
  let problems: Readonly<Record<string, string>>;
  beforeAll(async () => {
    installation = await Installation.open(environment);
    lab = installation.lab;
    problems = await installation.install();
  });
  afterAll(() => installation.close());

  /** Names of the nodes of a pool. */
  const nodesOf = (pool: string): readonly string[] =>
    installation.nodes
      .filter(({ metadata: { labels } }) => labels?.[NODE_POOL_LABEL] === pool)
      .map(({ metadata }) => metadata.name);
  const scaleWorkers = async (replicas: number): Promise<void> => {
    await lab.kubectl('scale', 'deployment/trino-worker', `--replicas=${replicas}`, '--namespace', TRINO);
    await workersReady();
  };
  const workersReady = (): Promise<string> =>
    lab.kubectl('rollout', 'status', 'deployment/trino-worker', '--namespace', TRINO, `--timeout=${TIMEOUT}`);

  test('all of it is admitted, under the restricted pod security level, and becomes ready', () => {
    expect(problems).toEqual({});
  });

  test('no object has a field that the API or an operator does not know', async () => {
    expect(await lab.strictProblems(installation.objects())).toBe('');
  });

  test('fails when a field is misspelt, of custom resources, too', async () => {
    const [secret] = installation.objects().filter(({ kind }) => kind === 'ExternalSecret');
    const misspelt = { ...secret, spec: { ...Object(secret?.['spec']), refreshIntervall: '5m' } } as Manifest;
    expect(await lab.strictProblems([misspelt])).toContain('refreshIntervall');
  });

  test('no pod is refused or waits for a node', async () => {
    const events = await lab.list<{ reason: string; message: string }>('events');
    const refused = events.filter(({ reason }) => ['FailedCreate', 'FailedScheduling'].includes(reason));
    expect(refused.map(({ message }) => message)).toEqual([]);
  });

  test('every pod runs on the pool that is its own', async () => {
    const pods = await lab.list<Pod>('pods');
    const strays = pods.filter(({ metadata: { labels }, spec }) => {
      const role = labels?.['app.kubernetes.io/name'] === TRINO && labels['app.kubernetes.io/component'];
      const pool = role === 'coordinator' ? 'coordinator' : role === 'worker' ? 'workers' : 'system';
      return spec.nodeName === undefined || !nodesOf(pool).includes(spec.nodeName);
    });
    expect(strays.map(({ metadata: { name }, spec }) => `${name} on ${spec.nodeName ?? 'no node'}`)).toEqual([]);
    expect(pods.length).toBeGreaterThan(3);
  });

  test('a coordinator goes before workers, and both before what has no class', async () => {
    const [coordinator] = await trinoPods(lab, 'coordinator');
    const [worker] = await trinoPods(lab, 'worker');
    expect(coordinator?.spec.priority).toBeGreaterThan(worker?.spec.priority ?? Infinity);
    expect(worker?.spec.priority).toBeGreaterThan(0);
  });

  test('each disruption budget protects pods that are there', async () => {
    const budgets = await lab.list<Manifest & { status: { expectedPods: number } }>('poddisruptionbudgets');
    expect(budgets.filter(({ status }) => status.expectedPods === 0)).toEqual([]);
    expect(budgets.length).toBeGreaterThanOrEqual(3);
  });

  test('nobody evicts the coordinator', async () => {
    const [coordinator] = await trinoPods(lab, 'coordinator');
    expect(await lab.evict(String(coordinator?.metadata.name), TRINO)).toBe('refused by a budget');
  });

  test('one server of the metastore may be evicted', async () => {
    const namespace = 'platform-services';
    const pods = await lab.list<Pod>('pods', namespace);
    const server = pods.find(({ metadata }) => metadata.labels?.['app.kubernetes.io/component'] === 'metastore');
    expect(await lab.evict(String(server?.metadata.name), namespace)).toBe('evicted');
  });

  describe('workers that fill their nodes', () => {
    beforeAll(() => scaleWorkers(nodesOf('workers').length));

    test('have a node each, in all zones', async () => {
      const nodes = (await trinoPods(lab, 'worker')).map(({ spec }) => spec.nodeName);
      expect([...nodes].sort()).toEqual([...nodesOf('workers')].sort());
    });

    test('leave one at a time: the next may go when a successor is ready', async () => {
      const [first, second] = (await trinoPods(lab, 'worker')).map(({ metadata }) => metadata.name);
      await lab.kubectl('cordon', ...nodesOf('workers'));
      expect(await lab.evict(String(first), TRINO)).toBe('evicted');
      expect(await lab.evict(String(second), TRINO)).toBe('refused by a budget');
      await lab.kubectl('uncordon', ...nodesOf('workers'));
      await workersReady();
      expect(await lab.evict(String(second), TRINO)).toBe('evicted');
      await workersReady();
    });

    test('are replaced by an upgrade without a further node', async () => {
      const before = (await trinoPods(lab, 'worker')).map(({ metadata }) => metadata.name);
      await lab.kubectl('rollout', 'restart', 'deployment/trino-worker', '--namespace', TRINO);
      await workersReady();
      const after = (await trinoPods(lab, 'worker')).map(({ metadata }) => metadata.name);
      expect(after.filter((name) => before.includes(name))).toEqual([]);
    });

    test('stay as many as the autoscaler made them when somebody deploys', async () => {
      await scaleWorkers(1);
      const { ok, text } = await installation.installRelease(installation.release('trino'));
      expect(ok ? '' : text).toBe('');
      const { spec } = await lab.get<{ spec: { replicas: number } }>('deployment', 'trino-worker', TRINO);
      expect(spec.replicas).toBe(1);
    });
  });

  describeOfficialChart('the official chart with our values', () => {
    const release = (): Release => installation.release(TRINO);
    const values = (): TrinoChartValues => release().values as unknown as TrinoChartValues;

    describe.each(ROLES)('of a %s', (role) => {
      let pod: Pod;
      let files: Readonly<Record<string, string>>;
      beforeAll(async () => {
        pod = await onlyOne(trinoPods(lab, role));
        files = await mountedFiles(lab, pod, CONFIG_DIRECTORY);
      });

      test('writes the files that the model has judged', () => {
        const model = renderedFiles(values())[role];
        expect({ ...files, 'jvm.config': optionsOf(files['jvm.config']) }).toEqual(model);
      });

      test('makes the container that was planned', () => {
        const { resources, startupProbe, additionalVolumeMounts } = values()[role];
        const [container] = pod.spec.containers;
        expect(container).toMatchObject({
          image: `trinodb/trino:${values().image.tag}`,
          ports: [{ name: 'http', containerPort: HTTP_PORT }],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          livenessProbe: { httpGet: { port: 'http' } },
          readinessProbe: {},
          startupProbe,
          resources,
          volumeMounts: expect.arrayContaining([...additionalVolumeMounts]),
        });
        expect(pod.spec).toMatchObject({ securityContext: values().securityContext });
      });
    });

    test('writes nothing that Trino would refuse', async () => {
      const [coordinator, worker] = await Promise.all(
        ROLES.map(async (role) => mountedFiles(lab, await onlyOne(trinoPods(lab, role)), CONFIG_DIRECTORY)),
      );
      const trino = TrinoRelease.of(values().image.tag);
      const findings = fileFindings(trino, { coordinator: coordinator ?? {}, worker: worker ?? {} });
      expect(errorsOf(findings)).toEqual([]);
    });

    test('lets a worker drain, and gives it the time', async () => {
      const { lifecycle, terminationGracePeriodSeconds } = values().worker;
      const { spec } = await onlyOne(trinoPods(lab, 'worker'));
      expect(spec).toMatchObject({ terminationGracePeriodSeconds, containers: [{ lifecycle }] });
    });

    test('leads its Service to the coordinator', async () => {
      const coordinator = await onlyOne(trinoPods(lab, 'coordinator'));
      const slices = await lab.list<EndpointSlice>('endpointslices', TRINO);
      const ours = slices.filter(({ metadata: { labels } }) => labels?.['kubernetes.io/service-name'] === TRINO);
      const targets = ours.flatMap(({ endpoints }) => endpoints?.map(({ targetRef }) => targetRef.name));
      expect(targets).toEqual([coordinator.metadata.name]);
    });
  });
});

interface EndpointSlice extends Manifest {
  readonly endpoints?: readonly { readonly targetRef: { readonly name: string } }[];
}

async function onlyOne(pods: Promise<readonly Pod[]>): Promise<Pod> {
  const [pod, ...others] = await pods;
  if (pod === undefined || others.length > 0) throw new Error(`${others.length} other pods than ${pod?.metadata.name}`);
  return pod;
}

/** The chart also writes comments. */
function optionsOf(jvmConfig = ''): string {
  return jvmConfig.replace(/^(#.*)?\n/gm, '');
}
