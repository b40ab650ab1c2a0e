import { networkPolicies, type NetworkPolicyProps, platformPods } from '../../lib/platform/network-policies';
import { platformNames } from '../../lib/platform/names';
import { selectorLabels } from '../../lib/trino';
import { schemaProblems } from '../kubernetes/support/schemas';

interface Policy {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly ingress: readonly { from: unknown[]; ports: { port: number }[] }[];
    readonly egress: readonly { ports: { port: number }[] }[];
  };
}

const CLIENTS = '10.0.0.0/16';
const all = (props: Partial<NetworkPolicyProps> = {}) =>
  networkPolicies(platformNames('acme-dev', 'trino'), { clients: [CLIENTS], clientPort: 8080, reached: [], ...props });
function policy(name: string, props: Partial<NetworkPolicyProps> = {}): Policy['spec'] {
  const found = (all(props) as unknown as Policy[]).find(({ metadata }) => metadata.name === name);
  if (found === undefined) throw new Error(`no policy ${name}`);
  return found.spec;
}
const comers = (spec: Policy['spec']) => spec.ingress.flatMap(({ from }) => from);
const ports = (spec: Policy['spec']) => spec.egress.flatMap((rule) => rule.ports.map(({ port }) => port));

test('clients reach the coordinator and no worker: who reaches a worker can drain it', () => {
  const client = { ipBlock: { cidr: CLIENTS } };
  expect(comers(policy('trino-coordinator'))).toContainEqual(client);
  expect(comers(policy('trino-worker'))).not.toContainEqual(client);
  expect(comers(policy('trino-worker'))).toHaveLength(2);
});

test('clients reach the port of the coordinator that is for them, and nodes the one that is for nodes', () => {
  const { ingress } = policy('trino-coordinator', { clientPort: 8443 });
  const portOf = (peer: object) =>
    ingress.find(({ from }) => JSON.stringify(from).includes(JSON.stringify(peer)))?.ports;
  expect(portOf({ cidr: CLIENTS })).toEqual([{ port: 8443, protocol: 'TCP' }]);
  expect(portOf(selectorLabels('trino', 'worker'))).toEqual([{ port: 8080, protocol: 'TCP' }]);
  expect(JSON.stringify(policy('trino-worker', { clientPort: 8443 }).ingress)).not.toContain('8443');
});

test('Prometheus reaches every node, where there is one', () => {
  const scraper = {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } },
    podSelector: { matchLabels: {} },
  };
  for (const name of ['trino-coordinator', 'trino-worker']) {
    expect(comers(policy(name, { prometheusNamespace: 'monitoring' }))).toContainEqual(scraper);
    expect(comers(policy(name))).not.toContainEqual(scraper);
  }
});

test('the nodes reach the ports of the catalogs, names, credentials and AWS, and nothing else', () => {
  expect(new Set(ports(policy('trino-worker', { reached: [3306, 9083] })))).toEqual(
    new Set([8080, 53, 80, 443, 3306, 9083]),
  );
  expect(ports(policy('trino-worker'))).not.toContain(3306);
});

test("others name the nodes by the chart's labels and the platform's namespace", () => {
  expect(platformPods('etl')).toEqual([
    { namespace: 'etl', pods: selectorLabels('etl', 'coordinator') },
    { namespace: 'etl', pods: selectorLabels('etl', 'worker') },
  ]);
});

test('Kubernetes accepts them', () => {
  expect(schemaProblems(all({ reached: [3306], prometheusNamespace: 'monitoring' }))).toEqual([]);
});
