import type { App } from 'cdktf';
import { type INetwork, Network, type NetworkOptions } from '../lib/aws/network';
import { LayerStack, type LayerStackProps } from './layer-stack';

export interface NetworkStackProps extends Omit<LayerStackProps, 'layer'> {
  readonly name: string;
  readonly network: NetworkOptions;
  readonly retain: boolean;
}

/** The ground that everything else stands on: changed rarely. */
export class NetworkStack extends LayerStack {
  public readonly network: INetwork;

  public constructor(app: App, props: NetworkStackProps) {
    super(app, { ...props, layer: 'network' });
    this.network = new Network(this, 'Network', { ...props.network, name: props.name, retain: props.retain });
  }
}
