import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { TrinoPlatform } from '../../../lib/platform';
import type { TrinoDefinition } from '../../../lib/trino';
import { definitionOf } from '../../../stacks/known-environments';
import { environmentNames } from '../../../stacks/environments';
import { testApp } from '../../support/synth';

const EXAMPLES = join(__dirname, '../../../examples');

/** What Trino is planned from in every environment and in every platform of every example, by name. */
export function allDefinitions(): Readonly<Record<string, TrinoDefinition>> {
  const environments = environmentNames().map((name) => [name, definitionOf(name)] as const);
  return Object.fromEntries([...environments, ...readdirSync(EXAMPLES).flatMap(definitionsOfExample)]);
}

function definitionsOfExample(name: string): readonly (readonly [string, TrinoDefinition])[] {
  const { build } = exampleOf(name);
  if (build === undefined) return [];
  const app = testApp();
  build(app);
  const platforms = app.node.findAll().filter(isPlatform);
  return platforms.map(({ node, definition }) => [`examples/${name} ${node.path}`, definition]);
}

function exampleOf(name: string): { readonly build?: (app: App) => unknown } {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the folder says which examples there are
  return require(join(EXAMPLES, name, 'main')) as { build?: (app: App) => unknown };
}

function isPlatform(construct: IConstruct): construct is TrinoPlatform {
  return 'definition' in construct && 'serviceUrl' in construct;
}
