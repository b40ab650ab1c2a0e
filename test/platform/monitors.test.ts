import { monitors } from '../../lib/platform/monitors';
import { object } from '../kubernetes/support/platform';
import { schemaProblems } from '../kubernetes/support/schemas';

const objects = monitors('trino', 'metrics');

interface Monitor {
  readonly spec: {
    readonly podMetricsEndpoints: readonly { basicAuth: Record<string, { name: string; key: string }> }[];
  };
}
const monitorOf = (role: string) => object(objects, 'PodMonitor', `trino-${role}`) as unknown as Monitor;

test.each(['coordinator', 'worker'])(
  'a %s is scraped by name and an empty password: the operator skips a monitor that lacks one of them',
  (role) => {
    const [endpoint] = monitorOf(role).spec.podMetricsEndpoints;
    const secret = object(objects, 'Secret') as unknown as { stringData: Record<string, string> };
    const told = Object.entries(endpoint?.basicAuth ?? {}).map(([part, { key }]) => [part, secret.stringData[key]]);
    expect(Object.fromEntries(told)).toEqual({ username: 'metrics', password: '' });
  },
);

test('both are in the one Secret', () => {
  const { metadata } = object(objects, 'Secret');
  const names = ['coordinator', 'worker'].flatMap((role) =>
    monitorOf(role).spec.podMetricsEndpoints.flatMap(({ basicAuth }) =>
      Object.values(basicAuth).map(({ name }) => name),
    ),
  );
  expect(new Set(names)).toEqual(new Set([metadata?.name]));
});

test('they carry the labels by which a Prometheus picks them', () => {
  const labels = { release: 'prometheus' };
  const labelled = monitors('trino', 'metrics', labels).filter(({ kind }) => kind === 'PodMonitor');
  expect(labelled.map(({ metadata }) => metadata)).toEqual([
    { name: 'trino-coordinator', labels },
    { name: 'trino-worker', labels },
  ]);
});

test('Kubernetes accepts them', () => {
  expect(schemaProblems(objects)).toEqual([]);
});
