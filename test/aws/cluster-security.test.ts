import { ClusterSecurity } from '../../lib/aws/cluster-security';
import { type Args, resources, synth, testStack } from '../support/synth';

const security = { vpcId: 'vpc-1', clusterName: 'acme-dev', apiClients: ['10.0.0.0/16'] };
const json = synth(testStack((stack) => new ClusterSecurity(stack, 'Security', security)));
const groupOf = (id: unknown): string => /_(ControlPlane|Nodes)_/.exec(String(id))?.[1] ?? String(id);
const edge = ({ ip_protocol, from_port, to_port }: Args): string =>
  `${String(ip_protocol)} ${String(from_port)}${from_port === to_port ? '' : `-${String(to_port)}`}`;

const incoming = resources(json, 'aws_vpc_security_group_ingress_rule').map(
  ({ args }) =>
    `${groupOf(args.referenced_security_group_id ?? args.cidr_ipv4)} > ${groupOf(args.security_group_id)} ${edge(args)}`,
);
const outgoing = resources(json, 'aws_vpc_security_group_egress_rule').map(
  ({ args }) =>
    `${groupOf(args.security_group_id)} > ${groupOf(args.referenced_security_group_id ?? args.cidr_ipv4)} ${edge(args)}`,
);

const EDGES = [
  'ControlPlane > Nodes tcp 10250',
  'ControlPlane > Nodes tcp 10251',
  'ControlPlane > Nodes tcp 6443',
  'ControlPlane > Nodes tcp 8443',
  'ControlPlane > Nodes tcp 9443',
  'Nodes > ControlPlane tcp 443',
  'Nodes > Nodes tcp 1025-65535',
  'Nodes > Nodes tcp 53',
  'Nodes > Nodes udp 53',
];

test('nothing comes in but the API to kubelets and webhooks, nodes and clients to the API, and nodes among each other', () => {
  expect(incoming.sort()).toEqual(['10.0.0.0/16 > ControlPlane tcp 443', ...EDGES]);
});

test('what may come in may go out on the other side, and nodes reach the outside over TLS only', () => {
  expect(outgoing.sort()).toEqual([...EDGES, 'Nodes > 0.0.0.0/0 tcp 443'].sort());
});

test('every group and every rule says what it is for', () => {
  const described = resources(json).filter(({ type }) => type.includes('security_group'));
  expect(described.filter(({ args }) => typeof args.description !== 'string')).toEqual([]);
});
