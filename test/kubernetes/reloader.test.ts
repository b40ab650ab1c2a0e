import { reloadAnnotations, Reloader } from '../../lib/kubernetes/reloader';
import { synth } from '../support/synth';
import { clusterStack, release, SPACE, terraformProblems, valuesOf } from './support/platform';

test('restarts what names a Secret, twice available, under the restricted standard', async () => {
  const json = synth(clusterStack((stack) => new Reloader(stack, 'It', { namespace: SPACE })));
  expect(valuesOf(release(json, 'reloader'))).toMatchObject({
    reloader: {
      autoReloadAll: false,
      reloadStrategy: 'annotations',
      enableHA: true,
      deployment: {
        replicas: 2,
        containerSecurityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      },
    },
  });
  expect(await terraformProblems(json)).toEqual([]);
});

test('a Deployment says by annotation what it is restarted for', () => {
  expect(reloadAnnotations({ secrets: ['a', 'b'], configMaps: ['c'] })).toEqual({
    'secret.reloader.stakater.com/reload': 'a,b',
    'configmap.reloader.stakater.com/reload': 'c',
  });
  expect(reloadAnnotations({})).toEqual({});
});
