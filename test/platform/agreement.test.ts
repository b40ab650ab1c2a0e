import { Prometheus } from '../../lib/kubernetes';
import { selectorLabels, type TrinoRole } from '../../lib/trino';
import { object, release } from '../kubernetes/support/platform';
import { schemaProblems } from '../kubernetes/support/schemas';
import { resources } from '../support/synth';
import { chartValues, platformObjectsOf, platformOf } from './support';

/** Everything on: what must agree is all there. */
const everything = (instance: string) =>
  platformOf(() => ({
    instance,
    prometheus: Prometheus.fromAddress('http://prometheus.monitoring:9090', 'monitoring'),
    ingress: { host: 'trino.acme.internal', certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/1' },
  }));

interface Selecting {
  readonly spec: {
    readonly selector: { readonly matchLabels: object };
    readonly podSelector: { readonly matchLabels: object };
    readonly rules: readonly { http: { paths: readonly { backend: unknown }[] } }[];
  };
}

const selecting = (...args: Parameters<typeof object>) => object(...args) as unknown as Selecting;

describe.each(['trino', 'etl'])('of a platform called %s', (instance) => {
  const json = everything(instance);
  const objects = platformObjectsOf(json, instance);
  const values = chartValues(json, instance);

  test('all names in the cluster follow', () => {
    expect(values.fullnameOverride).toBe(instance);
    expect(release(json, instance)['namespace']).toBe(instance);
  });

  test.each<TrinoRole>(['coordinator', 'worker'])(
    "whatever is about its %s finds the pods by the chart's labels",
    (role) => {
      const labels = selectorLabels(instance, role);
      const name = `${instance}-${role}`;
      expect(selecting(objects, 'PodDisruptionBudget', name).spec.selector.matchLabels).toEqual(labels);
      expect(selecting(objects, 'PodMonitor', name).spec.selector.matchLabels).toEqual(labels);
      expect(selecting(objects, 'NetworkPolicy', name).spec.podSelector.matchLabels).toEqual(labels);
    },
  );

  test('the load balancer reaches the Service of the chart, and Trino believes its headers', () => {
    const [rule] = selecting(objects, 'Ingress').spec.rules;
    expect(rule?.http.paths[0]?.backend).toEqual({ service: { name: instance, port: { number: 8080 } } });
    expect(values.server.coordinatorExtraConfig).toContain('http-server.process-forwarded=true');
  });

  test('KEDA asks for the series of its namespace', () => {
    expect(JSON.stringify(values.server)).toContain(`{namespace=\\"${instance}\\"}`);
  });

  test('the priority classes of the pods are made before', () => {
    const made = resources(json, 'kubernetes_priority_class_v1').map(
      ({ args }) => (args.metadata as { name: string }).name,
    );
    expect(made).toEqual([values.coordinator.priorityClassName, values.worker.priorityClassName]);
  });

  test('the service account of the pods is there and is the one with the role', () => {
    expect(object(objects, 'ServiceAccount', instance)).toMatchObject({ automountServiceAccountToken: false });
    const accounts = resources(json, 'aws_eks_pod_identity_association').map(({ args }) => args.service_account);
    expect(accounts).toContain(instance);
  });

  test('Kubernetes accepts every object', () => {
    expect(schemaProblems(objects)).toEqual([]);
  });
});
