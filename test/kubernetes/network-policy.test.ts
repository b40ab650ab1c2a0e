import { denyAll, networkPolicy, TO_AWS, TO_DNS, TO_POD_IDENTITY } from '../../lib/kubernetes/network-policy';
import { schemaProblems } from './support/schemas';

const TRINO = { 'app.kubernetes.io/name': 'trino' };

test('without another policy, nobody comes in and nobody goes out', () => {
  expect(denyAll().spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
});

test('a policy names its pods and both directions, also when one of them is empty', () => {
  expect(networkPolicy({ name: 'it', pods: TRINO }).spec).toEqual({
    podSelector: { matchLabels: TRINO },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [],
    egress: [],
  });
});

test('peers are pods here, pods of another namespace, or addresses', () => {
  const { spec } = networkPolicy({
    name: 'it',
    pods: TRINO,
    ingress: [{ peer: { pods: TRINO }, ports: [8080] }],
    egress: [
      { peer: { pods: { app: 'metastore' }, namespace: 'hive' }, ports: [9083] },
      { peer: { cidr: '10.0.0.0/16' }, ports: [3306, 9096] },
    ],
  });
  expect(spec?.ingress).toEqual([
    { from: [{ podSelector: { matchLabels: TRINO } }], ports: [{ port: 8080, protocol: 'TCP' }] },
  ]);
  expect(spec?.egress).toEqual([
    {
      // One peer with both selectors: two peers would open the whole namespace.
      to: [
        {
          podSelector: { matchLabels: { app: 'metastore' } },
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'hive' } },
        },
      ],
      ports: [{ port: 9083, protocol: 'TCP' }],
    },
    {
      to: [{ ipBlock: { cidr: '10.0.0.0/16' } }],
      ports: [
        { port: 3306, protocol: 'TCP' },
        { port: 9096, protocol: 'TCP' },
      ],
    },
  ]);
});

test('pods with a role in AWS reach names, the agent of their node and HTTPS', () => {
  const { spec } = networkPolicy({ name: 'it', pods: TRINO, egress: TO_AWS });
  expect(spec?.egress).toEqual([
    expect.objectContaining({
      ports: [
        { port: 53, protocol: 'UDP' },
        { port: 53, protocol: 'TCP' },
      ],
    }),
    { to: [{ ipBlock: { cidr: '169.254.170.23/32' } }], ports: [{ port: 80, protocol: 'TCP' }] },
    { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 443, protocol: 'TCP' }] },
  ]);
});

test('the API accepts them', () => {
  expect(
    schemaProblems([
      denyAll(),
      networkPolicy({ name: 'it', pods: TRINO, ingress: [TO_POD_IDENTITY], egress: [...TO_AWS, TO_DNS] }),
    ]),
  ).toEqual([]);
});

test('fails when an object does not fit the schema: the check of these tests is one', () => {
  expect(schemaProblems([{ ...denyAll(), spec: { podSelector: 'all' } }])).toEqual([
    expect.stringMatching(/^NetworkPolicy\/deny-all: .*podSelector/),
  ]);
});
