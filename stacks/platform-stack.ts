import { type App, TerraformOutput } from 'cdktf';
import type { ICluster } from '../lib/aws/cluster';
import { addClusterProviders } from '../lib/kubernetes/cluster-providers';
import { ClusterAutoscaler } from '../lib/kubernetes/cluster-autoscaler';
import { ExternalSecrets, type ISecretStore } from '../lib/kubernetes/external-secrets';
import { KubernetesNamespace } from '../lib/kubernetes/namespace';
import { Reloader } from '../lib/kubernetes/reloader';
import { TrinoPlatform } from '../lib/platform';
import type { EnvironmentConfig } from './environment-config';
import { type EnvironmentNames, PLATFORM_INSTANCE } from './environment-names';
import { LayerStack, type LayerStackProps } from './layer-stack';
import { type DeclaredSources, Sources } from './sources';
import { type PlacedPools, trinoOptions } from './trino-options';

export interface PlatformStackProps extends Omit<LayerStackProps, 'layer'> {
  readonly names: EnvironmentNames;
  readonly cluster: ICluster;
  readonly nodePools: PlacedPools;
  readonly sources: Omit<DeclaredSources, 'region'>;
  readonly config: Pick<EnvironmentConfig, 'trino' | 'catalogs' | 'nodePools'>;
}

/** What runs in the cluster: known and planned only when the cluster is there, destroyed while it still answers. */
export class PlatformStack extends LayerStack {
  public readonly trino: TrinoPlatform;

  public constructor(app: App, props: PlatformStackProps) {
    super(app, { ...props, layer: 'platform' });
    const { cluster } = props;
    addClusterProviders(this, cluster);
    const secretStore = this.addOperators(props);
    this.trino = this.addTrino(props, secretStore);
    this.addAutoscaler(props);
    new TerraformOutput(this, 'TrinoUrl', { value: this.trino.serviceUrl, staticId: true });
  }

  private addOperators({ cluster, names, nodePools }: PlatformStackProps): ISecretStore {
    const { placement } = nodePools.system;
    const namespace = new KubernetesNamespace(this, 'Operators', { name: 'platform-operators' });
    new Reloader(this, 'Reloader', { namespace, placement });
    return new ExternalSecrets(this, 'ExternalSecrets', { cluster, name: names.prefix, namespace, placement });
  }

  private addTrino(props: PlatformStackProps, secretStore: ISecretStore): TrinoPlatform {
    const { environment, region, names, cluster, nodePools, config } = props;
    const sources = new Sources(environment, { region, ...props.sources });
    return new TrinoPlatform(this, 'Trino', {
      ...trinoOptions(config, nodePools),
      ...(config.trino.faultTolerance === undefined ? {} : { exchange: sources.exchange }),
      name: names.prefix,
      instance: PLATFORM_INSTANCE,
      cluster,
      region,
      secretStore,
      catalogs: config.catalogs(sources),
    });
  }

  /** It lets a worker drain before it takes the node away. */
  private addAutoscaler({ cluster, names, nodePools, config }: PlatformStackProps): void {
    const pools = Object.entries(config.nodePools);
    new ClusterAutoscaler(this, 'ClusterAutoscaler', {
      cluster,
      name: names.prefix,
      placement: nodePools.system.placement,
      spotPools: pools.filter(([, { capacity }]) => capacity === 'spot').map(([pool]) => pool),
      maxGracefulTermination: this.trino.plan.drain.autoscalerMaxGracefulTermination,
    });
  }
}
