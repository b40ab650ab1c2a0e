/** Names that must agree are derived once: a change of any one place, and of no other, is found. */
import { build as existingCluster } from '../../examples/existing-cluster/main';
import { build as twoPlatforms } from '../../examples/two-platforms-one-lake/main';
import { findEnvironment } from '../../stacks/environments';
import { allStacks, stacksOf } from '../support/environments';
import { synth, testApp } from '../support/synth';
import { disagreements, namesMade } from './agreement';
import { installationOf, type Installation } from './installation';

const ADDRESS = /\.svc(?:\.cluster\.local)?:\d+/;
const staging = findEnvironment('staging');
const ingress = { host: 'trino.acme.internal', certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/1' };
/** Staging with everything that can be on. */
const { 'staging-platform': platform } = stacksOf('staging', { ...staging, trino: { ...staging.trino, ingress } });
const installation = installationOf(platform ?? { terraform: {} });

test('all parts of what is installed agree', () => {
  const platforms = Object.entries(allStacks()).filter(([name]) => name.endsWith('-platform'));
  expect(platforms.length).toBeGreaterThan(2);
  expect(platforms.flatMap(([, stack]) => disagreements(installationOf(stack)))).toEqual([]);
  expect(disagreements(installation)).toEqual([]);
  expect(disagreements(installationOf(synth(twoPlatforms(testApp()))))).toEqual([]);
});

test('of a cluster that is there already, only what it brings is not made', () => {
  const findings = disagreements(installationOf(synth(existingCluster(testApp()))));
  expect(new Set(findings.map((finding) => finding.replace(/^.*: /, '')))).toEqual(
    new Set([
      'there is no Namespace monitoring',
      'there is no Service monitoring/prometheus:9090',
      'there is no SecretStore aws-secrets-manager for trino',
    ]),
  );
});

describe('fails when one place says something else:', () => {
  /**
   * What nothing else speaks of, or others say, too: what a program of ours is told, members of secrets in AWS, and a
   * file that both roles have.
   */
  const FREE = [
    /^releases\.\d+\.(?:name|chart)$/,
    /\.objects\.\d+\.metadata\.name$/,
    /\.egress\.\d+\.ports\./,
    /\.objects\.\d+\..*\.containers\.\d+\.(?:name|env\.\d+\.name|command\.\d+)$/,
    /\.remoteRef\.property$/,
    /\.secret\.items\.\d+\.path$/,
  ];
  const words = new Set([...namesMade(installation)].flatMap((name) => name.split(/[ /#:]/).slice(1)));
  const places = leavesOf(installation).filter(({ path, value }) => mayDisagree(path, value, words));

  test('there are many such places', () => {
    expect(places.length).toBeGreaterThan(100);
  });

  const bound = places.filter(({ path }) => !FREE.some((it) => it.test(path.join('.'))));
  test.each(bound.map((place) => [place.path.join('.'), place] as const))('%s', (_path, { path, value }) => {
    expect(disagreements(changed(installation, path, other(value)))).not.toEqual([]);
  });
});

interface Leaf {
  readonly path: readonly string[];
  readonly value: string | number;
}

function leavesOf(node: unknown, path: readonly string[] = []): readonly Leaf[] {
  if (typeof node === 'string' || typeof node === 'number') return [{ path, value: node }];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, child]) => leavesOf(child, [...path, key]));
}

function mayDisagree(path: readonly string[], value: string | number, words: ReadonlySet<string>): boolean {
  const key = path.at(-1) ?? '';
  if (typeof value === 'number') return ['port', 'targetPort', 'containerPort', 'number'].includes(key);
  return (value !== '' && words.has(value)) || ADDRESS.test(value) || key === 'targetPort';
}

function other(value: string | number): string | number {
  if (typeof value === 'number') return value + 1;
  return ADDRESS.test(value) ? value.replaceAll(/\.svc/g, 'x.svc') : `${value}x`;
}

function changed(of: Installation, path: readonly string[], value: unknown): Installation {
  const copy = structuredClone(of);
  const parent = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>(
      (node, key) => node[key] as Record<string, unknown>,
      copy as unknown as Record<string, unknown>,
    );
  parent[path.at(-1) ?? ''] = value;
  return copy;
}
