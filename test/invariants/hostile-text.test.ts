/** Whatever text a definition holds, Terraform takes it for text: it is escaped, or refused with its place. */
import type { EnvironmentConfig } from '../../stacks';
import { findEnvironment } from '../../stacks/environments';
import { ConfigError } from '../../lib/core';
import { stacksOf } from '../support/environments';
import type { TerraformJson } from '../support/synth';
import { everyTemplateIsAnExpression, noBrokenToken, noTemplateDirective } from './templates';

type Node = Record<string, unknown>;

const production = findEnvironment('production');
const workers = { labels: { team: 'data' }, taints: [{ key: 'dedicated', value: 'trino', effect: 'NoSchedule' }] };
/** Production, with something in every map whose names are up to people. */
const definition = {
  ...production,
  tags: { CostCenter: 'analytics' },
  mysql: { ...production.mysql, parameters: { max_connections: '500' } },
  kafka: { ...production.kafka, configuration: { 'log.retention.hours': '48' } },
  nodePools: { ...production.nodePools, workers: { ...production.nodePools.workers, ...workers } },
};

const texts = textPaths(definition, []);
const names = texts.filter((path) => ['tags', 'parameters', 'configuration', 'labels'].includes(path.at(-2) ?? ''));

describe.each(['${canary}', 'a %{ if canary } b'])('%s', (hostile) => {
  test.each(texts)('as value: %s', (...path) => {
    expect(findings(changed(path, (parent, key) => Object.assign(parent, { [key]: hostile })))).toEqual([]);
  });

  test.each(names)('as name: %s', (...path) => {
    const rename = (parent: Node, key: string) => {
      Object.assign(parent, { [hostile]: parent[key] });
      Reflect.deleteProperty(parent, key);
    };
    expect(findings(changed(path, rename))).toEqual([]);
  });
});

function findings(config: EnvironmentConfig): string[] {
  const stacks = synthesizedUnlessRefused(config);
  return [everyTemplateIsAnExpression, noTemplateDirective, noBrokenToken].flatMap((it) => stacks.flatMap(it));
}

function synthesizedUnlessRefused(config: EnvironmentConfig): TerraformJson[] {
  try {
    return Object.values(stacksOf('production', config));
  } catch (error) {
    if (error instanceof ConfigError) return [];
    throw error;
  }
}

function textPaths(node: unknown, path: readonly string[]): string[][] {
  if (typeof node === 'string') return [[...path]];
  return isPlain(node) ? Object.entries(node).flatMap(([key, child]) => textPaths(child, [...path, key])) : [];
}

function changed(path: readonly string[], change: (parent: Node, key: string) => unknown): EnvironmentConfig {
  const copy = copied(definition) as Node;
  const parent = path.slice(0, -1).reduce<Node>((node, key) => node[key] as Node, copy);
  change(parent, path.at(-1) ?? '');
  return copy as unknown as EnvironmentConfig;
}

/** Maps and lists anew; functions and values of a class as they are. */
function copied(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(copied);
  return isPlain(node) ? Object.fromEntries(Object.entries(node).map(([key, child]) => [key, copied(child)])) : node;
}

function isPlain(node: unknown): node is Node {
  return (
    typeof node === 'object' &&
    node !== null &&
    [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(node) as object)
  );
}
