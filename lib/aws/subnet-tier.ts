import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { propertyAccess, Token } from 'cdktf';
import { Construct } from 'constructs';

export interface SubnetTierProps {
  readonly vpcId: string;
  /** Name of the network and of the tier: `acme-dev-private`. */
  readonly name: string;
  /** One range per zone. */
  readonly cidrs: readonly string[];
  /** The region's zone names, in their order, as a list that Terraform knows. */
  readonly zoneNames: string[];
  /** Refuse to destroy the subnets (`prevent_destroy`). */
  readonly retain: boolean;
  /** Tags of the subnets, besides the name. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The subnets of one purpose, one in each zone, each with a route table of its own: a route then concerns one zone. */
export class SubnetTier extends Construct {
  public readonly subnetIds: readonly string[];
  public readonly routeTableIds: readonly string[];

  public constructor(scope: Construct, id: string, props: SubnetTierProps) {
    super(scope, id);
    const subnets = props.cidrs.map((cidr, zone) => this.addSubnet(props, cidr, zone));
    const routeTables = subnets.map((subnet, zone) => this.addRouteTable(props, subnet, zone));
    this.subnetIds = subnets.map((subnet) => subnet.id);
    this.routeTableIds = routeTables.map((table) => table.id);
  }

  private addSubnet({ vpcId, name, zoneNames, tags, retain }: SubnetTierProps, cidr: string, zone: number): Subnet {
    return new Subnet(this, `Subnet${zone}`, {
      vpcId,
      cidrBlock: cidr,
      // Not `element`, which begins again where a region has fewer zones: two subnets would share one.
      availabilityZone: Token.asString(propertyAccess(zoneNames, [zone])),
      mapPublicIpOnLaunch: false,
      tags: { Name: `${name}-${zone}`, ...tags },
      // The list is read with each plan: a zone that comes or goes would replace the subnets after it.
      lifecycle: { preventDestroy: retain, ignoreChanges: ['availability_zone'] },
    });
  }

  private addRouteTable({ vpcId, name }: SubnetTierProps, subnet: Subnet, zone: number): RouteTable {
    const table = new RouteTable(this, `Routes${zone}`, { vpcId, tags: { Name: `${name}-${zone}` } });
    new RouteTableAssociation(this, `Association${zone}`, { subnetId: subnet.id, routeTableId: table.id });
    return table;
  }
}
