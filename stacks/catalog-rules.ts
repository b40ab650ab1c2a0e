import { App } from 'cdktf';
import { ConfigError, inside, partOf, type Violation } from '../lib/core';
import type { EnvironmentConfig } from './environment-config';
import { environmentStacks } from './environment-stacks';

/**
 * What is wrong with the catalogs of an environment in which something else is wrong, too. They are made of what its
 * stacks declare, so these are drawn and thrown away, with a sound section for each that is not.
 * @param wrong what is known to be wrong: what else is in the way of the drawing is told when that is mended
 */
export function catalogViolations(
  app: App,
  name: string,
  config: EnvironmentConfig,
  wrong: readonly Violation[],
): readonly Violation[] {
  const sections = new Set(wrong.map(partOf));
  try {
    environmentStacks(drawing(app), sections.has('name') ? 'drawing' : name, sound(config, sections));
    return [];
  } catch (error) {
    return error instanceof ConfigError ? ofCatalogs(error) : [];
  }
}

/** Beside the app, and in a folder that is there already: nothing of it is ever written. */
function drawing({ outdir }: App): App {
  return new App({ outdir, stackTraces: false });
}

/** The definition with its own sections, but for those. Trino's is never replaced: it is judged with its catalogs. */
function sound(config: EnvironmentConfig, sections: ReadonlySet<string>): EnvironmentConfig {
  const replaced = Object.entries(soundSections(config)).filter(([section]) => sections.has(section));
  return { ...config, ...Object.fromEntries(replaced) };
}

/** What catalogs can tell from another stays as it is: how Kafka lets clients in. */
function soundSections({ kafka }: EnvironmentConfig): Partial<EnvironmentConfig> {
  const { authentication } = kafka ?? {};
  const nodes = { instanceTypes: ['m7g.large'], minSize: 1, maxSize: 1 };
  return {
    organization: 'drawing',
    region: 'eu-west-1',
    state: { bucket: 'drawing' },
    network: {},
    lake: {},
    exchange: {},
    mysql: {},
    backups: {},
    metastore: {},
    databases: [],
    kafka: authentication === undefined ? {} : { authentication },
    cluster: { admins: ['arn:aws:iam::111122223333:role/drawing'] },
    nodePools: { system: nodes, coordinator: nodes, workers: nodes },
    monitoring: {},
  };
}

function ofCatalogs({ where, violations }: ConfigError): readonly Violation[] {
  const [, refused] = /^catalog (.*)/.exec(where) ?? [];
  if (refused !== undefined) return inside('catalogs', whenMade(refused, violations));
  return violations.filter((violation) => partOf(violation) === 'catalogs');
}

/** A catalog that refuses to be made names its props, or itself. */
function whenMade(catalog: string, violations: readonly Violation[]): readonly Violation[] {
  return violations.flatMap((violation) => (violation.path === catalog ? [violation] : inside(catalog, [violation])));
}
