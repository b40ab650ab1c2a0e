import { DataAwsAvailabilityZones } from '@cdktf/provider-aws/lib/data-aws-availability-zones';
import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import { Eip } from '@cdktf/provider-aws/lib/eip';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { Fn, Token } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { type Violation, choiceViolations, isToken, matches, refuse, show, withDefaults } from '../core';
import { EncryptionKey, type IEncryptionKey } from './encryption-key';
import { FlowLogs } from './flow-logs';
import { LOG_RETENTION_DAYS, logRetentionViolations, logsPrincipal } from './log-group';
import { type NetworkAttributes, networkAttributesViolations } from './network-attributes';
import { type SubnetPlan, planSubnets, subnetPlanViolations } from './subnet-plan';
import { SubnetTier } from './subnet-tier';
import { PLATFORM_ENDPOINTS, VpcEndpoints } from './vpc-endpoints';

const ANYWHERE = '0.0.0.0/0';
/** IAM allows a role's name 64; ours leaves room for what the role is for behind it. */
const NAME = /^[\w-]{1,50}$/;

/** @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
const ZONES_WITHOUT_EKS = ['use1-az3', 'usw1-az2', 'cac1-az3'] as const;

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

/** The part of a network's definition that a user chooses; what is wrong with it tells `networkViolations`. */
export interface NetworkOptions {
  /** Range of the VPC, /16 to /21. @default '10.0.0.0/16' */
  readonly cidr?: string;
  /**
   * Availability zones to spread over, 2 to 4. Adding one later moves no subnet; EKS and MSK keep the zones that they
   * were made with, which `zones` of the cluster and of Kafka must then say.
   * @default 3
   */
  readonly zones?: number;
  /** One NAT gateway for all zones is cheap; one for each survives the loss of a zone. @default 'one-per-zone' */
  readonly natGateways?: 'one-per-zone' | 'single';
  /** AWS services with an address inside the VPC, by the last part of their name. @default PLATFORM_ENDPOINTS */
  readonly interfaceEndpoints?: readonly string[];
  /** How long flow logs are kept, in days. @default LOG_RETENTION_DAYS */
  readonly flowLogRetentionDays?: number;
}

/** The options of a network, with its name and the key of its flow logs. */
export interface NetworkProps extends NetworkOptions {
  /** First part of every physical name: `acme-dev`. */
  readonly name: string;
  /**
   * Refuse to destroy VPC and subnets (`prevent_destroy`): another `cidr` replaces both, which begins with the ways out and
   * never gets to the subnets that databases and brokers are in.
   * @default true
   */
  readonly retain?: boolean;
  /** Encrypts the flow logs; its policy lets CloudWatch Logs use it. @default - a key of the network's own */
  readonly logKey?: IEncryptionKey;
}

/** Everything that is wrong with a network's definition. */
export function networkViolations(options: NetworkOptions): readonly Violation[] {
  const { cidr, zones, natGateways, flowLogRetentionDays } = withDefaults(DEFAULT_NETWORK, options);
  return [
    ...subnetPlanViolations(cidr, zones),
    ...choiceViolations('natGateways', natGateways, ['one-per-zone', 'single']),
    ...logRetentionViolations(flowLogRetentionDays, 'flowLogRetentionDays'),
  ];
}

/** What is wrong with a network's name. */
function networkNameViolations(name: string): readonly Violation[] {
  if (isToken(name) || matches(NAME, name)) return [];
  const allowed = '1 to 50 letters, digits, hyphens and underscores';
  return [{ path: 'name', got: show(name), allowed, fix: 'shorten it, or leave the other characters out' }];
}

/** What a network is when nothing is said. */
export const DEFAULT_NETWORK = {
  cidr: '10.0.0.0/16',
  zones: 3,
  natGateways: 'one-per-zone',
  interfaceEndpoints: PLATFORM_ENDPOINTS,
  flowLogRetentionDays: LOG_RETENTION_DAYS,
} as const satisfies NetworkOptions;

/**
 * A VPC in three tiers over several zones: public subnets for load balancers and NAT, private ones for nodes and pods,
 * data subnets without any way out for databases and brokers. Flow logs on, default security group closed, AWS's own
 * services reached without leaving the VPC.
 */
export class Network extends Construct implements INetwork {
  public readonly vpcId: string;
  public readonly cidr: string;
  public readonly zones: number;
  public readonly publicSubnetIds: readonly string[];
  public readonly privateSubnetIds: readonly string[];
  public readonly dataSubnetIds: readonly string[];

  /** @throws ConfigError with every violation of `networkViolations`, or of its name */
  public constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    refuse(this.node.path, [...networkNameViolations(props.name), ...networkViolations(props)]);
    const { name, retain, natGateways, cidr, zones, interfaceEndpoints, flowLogRetentionDays } = withDefaults(
      { ...DEFAULT_NETWORK, retain: true },
      props,
    );
    const vpc = this.addVpc(name, cidr, retain);
    const tiers = this.addTiers(vpc.id, name, planSubnets(cidr, zones), retain);
    this.routeOut(vpc.id, name, tiers, natGateways);
    new VpcEndpoints(this, 'Endpoints', {
      vpcId: vpc.id,
      cidr,
      name,
      subnetIds: tiers.private.subnetIds,
      routeTableIds: [...tiers.private.routeTableIds, ...tiers.data.routeTableIds],
      services: interfaceEndpoints,
    });
    new FlowLogs(this, 'FlowLogs', {
      vpcId: vpc.id,
      name,
      encryptionKey: props.logKey ?? this.addLogKey(name),
      retentionDays: flowLogRetentionDays,
    });
    this.vpcId = vpc.id;
    this.cidr = cidr;
    this.zones = zones;
    this.publicSubnetIds = tiers.public.subnetIds;
    this.privateSubnetIds = tiers.private.subnetIds;
    this.dataSubnetIds = tiers.data.subnetIds;
  }

  /**
   * A network that exists already, made by whatever means.
   * @throws ConfigError with every violation of `networkAttributesViolations`
   */
  public static fromAttributes(scope: Construct, id: string, attributes: NetworkAttributes): INetwork {
    return new ImportedNetwork(scope, id, attributes);
  }

  private addVpc(name: string, cidr: string, retain: boolean): Vpc {
    const vpc = new Vpc(this, 'Resource', {
      cidrBlock: cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: name },
      lifecycle: { preventDestroy: retain },
    });
    new DefaultSecurityGroup(this, 'DefaultSecurityGroup', { vpcId: vpc.id, tags: { Name: `${name}-default-closed` } });
    return vpc;
  }

  private addTiers(vpcId: string, name: string, plan: SubnetPlan, retain: boolean): Tiers {
    const zoneNames = new DataAwsAvailabilityZones(this, 'Zones', {
      state: 'available',
      filter: [{ name: 'opt-in-status', values: ['opt-in-not-required'] }],
      excludeZoneIds: [...ZONES_WITHOUT_EKS],
    }).names;
    const tier = (id: string, cidrs: readonly string[], tags: Record<string, string> = {}): SubnetTier =>
      new SubnetTier(this, id, { vpcId, name: `${name}-${id.toLowerCase()}`, cidrs, zoneNames, tags, retain });
    return {
      public: tier('Public', plan.publicCidrs, { 'kubernetes.io/role/elb': '1' }),
      private: tier('Private', plan.privateCidrs, { 'kubernetes.io/role/internal-elb': '1' }),
      data: tier('Data', plan.dataCidrs),
    };
  }

  private routeOut(vpcId: string, name: string, tiers: Tiers, natGateways: 'one-per-zone' | 'single'): void {
    const gateway = new InternetGateway(this, 'InternetGateway', { vpcId, tags: { Name: name } });
    tiers.public.routeTableIds.forEach((routeTableId, zone) => {
      const route = { routeTableId, destinationCidrBlock: ANYWHERE, gatewayId: gateway.id };
      new Route(this, `PublicRoute${zone}`, route);
    });
    const natSubnets = natGateways === 'single' ? tiers.public.subnetIds.slice(0, 1) : tiers.public.subnetIds;
    const nats = natSubnets.map((subnetId, zone) => this.addNat(name, subnetId, zone, gateway));
    tiers.private.routeTableIds.forEach((routeTableId, zone) => {
      const natGatewayId = (nats[zone] ?? nats[0])?.id;
      if (natGatewayId === undefined) return;
      new Route(this, `PrivateRoute${zone}`, { routeTableId, destinationCidrBlock: ANYWHERE, natGatewayId });
    });
  }

  private addNat(name: string, subnetId: string, zone: number, gateway: InternetGateway): NatGateway {
    const tags = { Name: `${name}-nat-${zone}` };
    const address = new Eip(this, `NatAddress${zone}`, { domain: 'vpc', tags, dependsOn: [gateway] });
    return new NatGateway(this, `Nat${zone}`, { subnetId, allocationId: address.id, tags, dependsOn: [gateway] });
  }

  private addLogKey(name: string): IEncryptionKey {
    return new EncryptionKey(this, 'LogKey', {
      name: `${name}-network-logs`,
      description: 'flow logs',
      services: [logsPrincipal(this)],
      retain: false,
    });
  }
}

interface Tiers {
  readonly public: SubnetTier;
  readonly private: SubnetTier;
  readonly data: SubnetTier;
}

/** A list that only Terraform knows, by its elements: to the engine it has one. */
function subnetsOf(ids: readonly string[], zones: number): readonly string[] {
  if (!Token.isUnresolved(ids)) return ids;
  return Array.from({ length: zones }, (_, zone) => Token.asString(Fn.element([...ids], zone)));
}

class ImportedNetwork extends Construct implements INetwork {
  public readonly vpcId: string;
  public readonly cidr: string;
  public readonly zones: number;
  public readonly privateSubnetIds: readonly string[];
  public readonly dataSubnetIds: readonly string[];

  public constructor(scope: Construct, id: string, attributes: NetworkAttributes) {
    super(scope, id);
    refuse(this.node.path, networkAttributesViolations(attributes));
    const { privateSubnetIds, dataSubnetIds, zones = privateSubnetIds.length } = attributes;
    this.vpcId = attributes.vpcId;
    this.cidr = attributes.cidr;
    this.zones = zones;
    this.privateSubnetIds = subnetsOf(privateSubnetIds, zones);
    this.dataSubnetIds = subnetsOf(dataSubnetIds ?? privateSubnetIds, zones);
  }
}
