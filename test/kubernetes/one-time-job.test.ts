import { Token } from 'cdktf';
import { configured, oneTimeJob, type OneTimeJob } from '../../lib/kubernetes/one-time-job';

const BASE: OneTimeJob = {
  base: 'topics',
  labels: { app: 'topics' },
  pod: { containers: [{ name: 'main', image: 'image:1', args: ['1'] }] },
};
const nameOf = (changes: Partial<OneTimeJob> = {}) => oneTimeJob({ ...BASE, ...changes }).metadata?.name;

test('the same work is the same job, and any other work another one', () => {
  const pod = { containers: [{ name: 'main', image: 'image:2' }] };
  expect(nameOf()).toBe(nameOf());
  expect(new Set([nameOf(), nameOf({ pod }), nameOf({ input: 'sql' })]).size).toBe(3);
});

test('its name does not hang on how many other things of the stack are only known later', () => {
  const later = () => nameOf({ input: `host ${Token.asString({ resolve: () => 'later' })}` });
  expect(later()).toBe(later());
});

test('a variable may come from a ConfigMap, which may change under the same job', () => {
  expect(configured('HOST', 'where')).toEqual({
    name: 'HOST',
    valueFrom: { configMapKeyRef: { name: 'where', key: 'HOST' } },
  });
});

test('it ends by itself, is waited for where it is, and is never started a second time by its pod', () => {
  const { spec } = oneTimeJob(BASE);
  expect(spec).toMatchObject({ backoffLimit: 6, template: { spec: { restartPolicy: 'Never' } } });
  expect(spec?.activeDeadlineSeconds).toBeGreaterThan(0);
  expect(spec?.template.metadata?.annotations).toEqual({ 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' });
});
