import { Construct, type IConstruct } from 'constructs';

/** Where the platform lives: a VPC with private subnets for nodes and pods, and data subnets for databases and brokers. */
export interface INetwork extends IConstruct {
  readonly vpcId: string;
  /** The VPC's range of addresses. */
  readonly cidr: string;
  /** How many zones the subnets spread over; each list of subnets has one of each zone, in the same order. */
  readonly zones: number;
  /** Nodes and pods; they reach the outside through NAT. */
  readonly privateSubnetIds: readonly string[];
  /** Databases and brokers; no way to the outside. */
  readonly dataSubnetIds: readonly string[];
}

/** What has to be known of a network that exists already. */
export interface NetworkAttributes {
  readonly vpcId: string;
  readonly cidr: string;
  /** One of each zone. */
  readonly privateSubnetIds: readonly string[];
  /** One of each zone, in the order of the private ones. @default - the private subnets */
  readonly dataSubnetIds?: readonly string[];
}

/** An existing network as an INetwork. */
export class ImportedNetwork extends Construct implements INetwork {
  public readonly vpcId: string;
  public readonly cidr: string;
  public readonly zones: number;
  public readonly privateSubnetIds: readonly string[];
  public readonly dataSubnetIds: readonly string[];

  public constructor(scope: Construct, id: string, attributes: NetworkAttributes) {
    super(scope, id);
    this.vpcId = attributes.vpcId;
    this.cidr = attributes.cidr;
    this.zones = attributes.privateSubnetIds.length;
    this.privateSubnetIds = attributes.privateSubnetIds;
    this.dataSubnetIds = attributes.dataSubnetIds ?? attributes.privateSubnetIds;
  }
}
