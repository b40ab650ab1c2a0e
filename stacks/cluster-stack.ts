import { type App, TerraformOutput } from 'cdktf';
import type { ICluster } from '../lib/aws/cluster';
import { EksCluster } from '../lib/aws/eks-cluster';
import type { EksClusterOptions } from '../lib/aws/eks-cluster-options';
import type { INetwork } from '../lib/aws/network';
import type { NodePools } from './environment-config';
import { LayerStack, type LayerStackProps } from './layer-stack';
import { completedPools } from './node-pools';
import type { PlacedPools } from './trino-options';

export interface ClusterStackProps extends Omit<LayerStackProps, 'layer'> {
  readonly name: string;
  readonly network: INetwork;
  readonly cluster: EksClusterOptions;
  readonly nodePools: NodePools;
  readonly retain: boolean;
}

/** Kubernetes and its nodes: can be replaced while data and network stay. */
export class ClusterStack extends LayerStack {
  public readonly cluster: ICluster;
  public readonly nodePools: PlacedPools;

  public constructor(app: App, props: ClusterStackProps) {
    super(app, { ...props, layer: 'cluster' });
    const { name, network, retain } = props;
    this.cluster = new EksCluster(this, 'Cluster', { ...props.cluster, name, network, retain });
    this.nodePools = this.addNodePools(completedPools(props.nodePools));
    new TerraformOutput(this, 'ClusterEndpoint', { value: this.cluster.endpoint, staticId: true });
  }

  private addNodePools({ system, coordinator, workers, ...others }: NodePools): PlacedPools {
    for (const [pool, options] of Object.entries(others)) this.cluster.addNodePool(pool, options);
    return {
      system: this.cluster.addNodePool('system', system),
      coordinator: this.cluster.addNodePool('coordinator', coordinator),
      workers: this.cluster.addNodePool('workers', workers),
    };
  }
}
