import { type ICatalog, KafkaCatalog, LakeCatalog, MySqlCatalog, TpchCatalog } from '../../lib/catalogs';
import type { EnvironmentConfig } from '../../stacks';
import { findEnvironment } from '../../stacks/environments';
import type { Sources } from '../../stacks/sources';

type Maker = (name: string, sources: Sources) => ICatalog;

/** In turns, so that any number of catalogs has about as much of each. */
const MAKERS: readonly Maker[] = [
  (name, { lake: bucket, metastore }) => new LakeCatalog(name, { bucket, metastore }),
  (name, { mysql }) => new MySqlCatalog(name, mysql),
  (name, { kafka: cluster }) => new KafkaCatalog(name, { cluster, topics: [{ topic: 'orders' }] }),
  (name) => new TpchCatalog(name),
];

/** The environment `production`, with this many catalogs instead of its own. */
export function productionWith(catalogs: number): EnvironmentConfig {
  const makers = Array.from({ length: catalogs }, (_, index) => MAKERS.at(index % MAKERS.length));
  return {
    ...findEnvironment('production'),
    catalogs: (sources) => makers.flatMap((make, index) => make?.(`catalog_${index}`, sources) ?? []),
  };
}
