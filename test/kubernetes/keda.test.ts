import { Keda } from '../../lib/kubernetes/keda';
import { synth } from '../support/synth';
import { clusterStack, release, SPACE, terraformProblems, valuesOf } from './support/platform';

test('two of each part on the wanted nodes, one at a time disturbed', async () => {
  const placement = { nodeSelector: { pool: 'system' }, tolerations: [] };
  const json = synth(clusterStack((stack) => new Keda(stack, 'It', { namespace: SPACE, placement })));
  expect(valuesOf(release(json, 'keda'))).toMatchObject({
    nodeSelector: { pool: 'system' },
    crds: { install: true },
    operator: { replicaCount: 2 },
    metricsServer: { replicaCount: 2 },
    webhooks: { replicaCount: 2 },
    podDisruptionBudget: { operator: { maxUnavailable: 1 }, metricServer: { maxUnavailable: 1 } },
  });
  expect(await terraformProblems(json)).toEqual([]);
});
