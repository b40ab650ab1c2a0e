import type { App } from 'cdktf';
import { BootstrapStack } from './bootstrap-stack';
import { ClusterStack } from './cluster-stack';
import { DataStack } from './data-stack';
import type { EnvironmentConfig } from './environment-config';
import { namesOf } from './environment-names';
import { NetworkStack } from './network-stack';
import { PlatformStack } from './platform-stack';

/** The stacks of an environment, in the order of deployment. */
export interface Environment {
  readonly bootstrap: BootstrapStack;
  readonly network: NetworkStack;
  readonly data: DataStack;
  readonly cluster: ClusterStack;
  readonly platform: PlatformStack;
}

/** Makes the stacks of a definition that was judged. @throws ConfigError for what only shows when they are made */
export function environmentStacks(app: App, name: string, config: EnvironmentConfig): Environment {
  const names = namesOf(name, config);
  const retain = config.retainData ?? true;
  const { region, accountId, tags } = config;
  const common = {
    environment: name,
    region,
    stateBucket: config.state.bucket,
    ...(accountId === undefined ? {} : { accountId }),
    ...(tags === undefined ? {} : { tags }),
  };
  const bootstrap = new BootstrapStack(app, { ...common, retain });
  const ground = new NetworkStack(app, { ...common, name: names.prefix, network: config.network ?? {}, retain });
  const { network } = ground;
  const data = new DataStack(app, { ...common, names, network, parts: config, retain });
  const { cluster: options, nodePools } = config;
  const cluster = new ClusterStack(app, {
    ...common,
    name: names.prefix,
    network,
    cluster: options,
    nodePools,
    retain,
  });
  const platform = new PlatformStack(app, {
    ...common,
    names,
    cluster: cluster.cluster,
    nodePools: cluster.nodePools,
    data,
    config,
  });
  return { bootstrap, network: ground, data, cluster, platform };
}
