import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { App } from 'cdktf';
import fc from 'fast-check';
import { KubernetesObjects } from '../../lib/kubernetes/objects';
import { type KubernetesObject, objectViolations } from '../../lib/kubernetes/object-rules';
import { paths } from '../aws/support';
import { synth } from '../support/synth';
import { helmTemplate } from './support/helm';
import { clusterStack, objectsOf, release, SPACE, terraformProblems } from './support/platform';

const CHART = join(__dirname, '../../lib/kubernetes/object-chart');
const configMap = (name: string, data: Record<string, string> = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});
const stackWith = (...objects: KubernetesObject[]) =>
  clusterStack((stack) => new KubernetesObjects(stack, 'It', { releaseName: 'it', namespace: SPACE, objects }));

test('objects are one release of a chart beside the stack, wherever the stack is written', async () => {
  const stack = stackWith(configMap('a'));
  const json = synth(stack);
  const { chart, ...args } = release(json, 'it');
  expect(args).toMatchObject({ atomic: true, upgrade_install: true, wait: true, timeout: 900 });
  expect(chart).toMatch(/^\.\/assets\//);
  expect(existsSync(join(App.of(stack).outdir, 'stacks', 'test', String(chart), 'Chart.yaml'))).toBe(true);
  expect(await terraformProblems(json)).toEqual([]);
});

test('objects may come late, and may refer to what Terraform makes', () => {
  const json = synth(
    clusterStack((stack) => {
      const objects = new KubernetesObjects(stack, 'It', { releaseName: 'it', namespace: SPACE, objects: [] });
      objects.add(configMap('late', { bucket: new S3Bucket(stack, 'Bucket', {}).bucket }));
    }),
  );
  expect(objectsOf(json, 'it')).toEqual([configMap('late', { bucket: '${aws_s3_bucket.Bucket.bucket}' })]);
});

describe('what real Helm makes of the chart', () => {
  test('each object as it was given, numbers and templates in its text included', () => {
    const objects = [
      configMap('a', { text: '{{ .Release.Name }} {{ fail "x" }}\n---\nkind: Pod', empty: '' }),
      {
        apiVersion: 'example.com/v1',
        kind: 'Any',
        metadata: { name: 'b' },
        spec: { big: 1000000000, half: 0.5, no: null },
      },
    ];
    expect(helmTemplate(CHART, JSON.stringify({ objects }))).toEqual(objects);
  });

  test('whatever the text is', () => {
    const texts = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string({ unit: 'binary', maxLength: 40 }));
    const samples = fc.sample(texts, { numRuns: 200, seed: 7 });
    const objects = samples.map((data, index) => configMap(`m${index}`, { ...data }));
    expect(helmTemplate(CHART, JSON.stringify({ objects }))).toEqual(objects);
  });

  test('no object, nothing', () => {
    expect(helmTemplate(CHART, '{}')).toEqual([]);
  });
});

describe('objects', () => {
  test('are told apart by group, kind, namespace and name', () => {
    const objects = [
      configMap('a'),
      configMap('b'),
      { ...configMap('a'), metadata: { name: 'a', namespace: 'other' } },
      { ...configMap('a'), kind: 'Secret' },
      { ...configMap('a'), apiVersion: 'example.com/v1' },
    ];
    expect(objectViolations(objects)).toEqual([]);
  });

  test('fails when one is there twice, also as another version', () => {
    const scaler = (version: string) => ({ ...configMap('a'), apiVersion: `autoscaling/${version}` });
    expect(paths(objectViolations([configMap('a'), configMap('a')]))).toEqual(['ConfigMap/a']);
    expect(paths(objectViolations([scaler('v1'), scaler('v2')]))).toEqual(['ConfigMap/a']);
  });

  test.each(['', 'A', 'a_b', 'a'.repeat(254)])('fails when one is called %j', (name) => {
    expect(paths(objectViolations([configMap(name)]))).toEqual([`ConfigMap/${name}.metadata.name`]);
  });

  test('fails when one has no name', () => {
    expect(objectViolations([{ apiVersion: 'v1', kind: 'ConfigMap' }])[0]?.got).toBe('nothing');
  });

  test('fails when one that knows its schema does not fit it', () => {
    const validate = () => {
      throw new Error('data/spec must be object');
    };
    expect(objectViolations([{ ...configMap('a'), validate }])[0]?.got).toBe('data/spec must be object');
    expect(objectViolations([{ ...configMap('a'), validate: () => undefined }])).toEqual([]);
  });

  test('fails when the stack is synthesized, with everything that is wrong', () => {
    expect(() => synth(stackWith(configMap('A'), configMap('b'), configMap('b')))).toThrow(
      /ConfigMap\/A\.metadata\.name: [^]*ConfigMap\/b: got ConfigMap\/b twice/,
    );
  });
});
