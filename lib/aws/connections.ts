import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from 'cdktf';
import { Construct } from 'constructs';
import { isToken } from '../core';

/** Something with a security group: others can be allowed to reach it, and it can be allowed to reach others. */
export interface IConnectable {
  readonly connections: Connections;
}

/** One side of a connection: its security group, and how others reach it. */
export interface ConnectionsProps {
  /** Its own scope: rules that let others in are made here, those by which it reaches others in the stack of this scope. */
  readonly scope: Construct;
  readonly securityGroupId: string;
  /** The TCP port that it is reached on. @default - none: every edge names its port */
  readonly defaultPort?: number;
  /** Hears of every range of TCP ports that this side is let into: a network policy may have to follow. @default - nobody */
  readonly onReach?: (fromPort: number, toPort: number) => void;
}

/**
 * The edges between security groups, asked for by intent:
 *
 *     database.connections.allowDefaultPortFrom(trino, 'catalog shop');
 *     metastore.connections.allowPortFrom(trino, 9083, 'thrift');
 *
 * Both rules of an edge (in at the target, out at the peer) are created in the stack of the peer, which depends on the
 * target anyway: arrows between stacks point one way. An edge that is asked for twice in a stack is made once, because
 * AWS refuses a second equal rule; so it is when two workloads of the same nodes ask for it. Its address tells its two
 * groups and not who asked, so that it stays where it is when one of the two goes.
 */
export class Connections {
  public readonly securityGroupId: string;
  public readonly defaultPort: number | undefined;
  private readonly scope: Construct;
  private readonly onReach: (fromPort: number, toPort: number) => void;

  public constructor(props: ConnectionsProps) {
    this.scope = props.scope;
    this.onReach = props.onReach ?? (() => undefined);
    this.securityGroupId = props.securityGroupId;
    this.defaultPort = props.defaultPort;
  }

  /**
   * @param peer who may come in
   * @param description why, in a few words: it stands at both rules in the console
   * @throws Error when this side has no default port
   */
  public allowDefaultPortFrom(peer: IConnectable, description: string): void {
    if (this.defaultPort === undefined) {
      throw new Error(`${this.scope.node.path} has no default port: use allowPortFrom(peer, port, description)`);
    }
    this.allowPortFrom(peer, this.defaultPort, description);
  }

  /** @param port the TCP port @param description why, in a few words */
  public allowPortFrom(peer: IConnectable, port: number, description: string): void {
    this.allowPortsFrom(peer, port, port, description);
  }

  /** A range of TCP ports. @param description why, in a few words */
  public allowPortsFrom(peer: IConnectable, fromPort: number, toPort: number, description: string): void {
    const { scope, securityGroupId: peerGroup } = peer.connections;
    peer.connections.onReach(fromPort, toPort);
    const edges = Edges.of(scope);
    if (!edges.isNew(this.securityGroupId, peerGroup, fromPort, toPort)) return;
    const range = `${inId(fromPort, 'port')}${toPort === fromPort ? '' : `-${inId(toPort, 'port')}`}`;
    const edge = edges.place(this.scope, `From-${nameOf(scope, peerGroup)}-${range}`);
    const ports = { ipProtocol: 'tcp', fromPort, toPort, description };
    new VpcSecurityGroupIngressRule(edge, 'In', {
      ...ports,
      securityGroupId: this.securityGroupId,
      referencedSecurityGroupId: peerGroup,
    });
    new VpcSecurityGroupEgressRule(edge, 'Out', {
      ...ports,
      securityGroupId: peerGroup,
      referencedSecurityGroupId: this.securityGroupId,
    });
  }

  /** Lets a range of addresses in: an office, a VPN, the VPC itself. @param description why, in a few words */
  public allowPortFromCidr(cidr: string, port: number, description: string): void {
    if (!Edges.of(this.scope).isNew(cidr, this.securityGroupId, port)) return;
    const id = `From-${inId(cidr, 'range')}-${inId(port, 'port')}`;
    new VpcSecurityGroupIngressRule(this.scope, freeId(this.scope, id), this.ruleWith(cidr, port, description));
  }

  /**
   * Lets this side reach a range of addresses: a directory in the office, an identity provider with a port of its own.
   * @param description why, in a few words
   */
  public allowPortToCidr(cidr: string, port: number, description: string): void {
    this.onReach(port, port);
    const edges = Edges.of(this.scope);
    if (!edges.isNew(this.securityGroupId, cidr, port)) return;
    const id = `${nameOf(edges, this.securityGroupId)}-to-${inId(cidr, 'range')}-${inId(port, 'port')}`;
    new VpcSecurityGroupEgressRule(edges, freeId(edges, id), this.ruleWith(cidr, port, description));
  }

  private ruleWith(cidrIpv4: string, port: number, description: string) {
    const { securityGroupId } = this;
    return { securityGroupId, ipProtocol: 'tcp', fromPort: port, toPort: port, cidrIpv4, description };
  }
}

/** A part of an id: a placeholder's own text has a number that changes with whatever else a program makes. */
function inId(value: string | number, word: string): string {
  return isToken(value) ? word : String(value).replace('/', '_');
}

/** Two values that only Terraform knows have the same id: the second gets a number. */
function freeId(scope: Construct, id: string, count = 1): string {
  const numbered = count === 1 ? id : `${id}-${count}`;
  return scope.node.tryFindChild(numbered) === undefined ? numbered : freeId(scope, id, count + 1);
}

/** The edges of a stack, by what AWS tells rules apart by. */
class Edges extends Construct {
  private readonly known = new Set<string>();

  public static of(scope: Construct): Edges {
    const stack = TerraformStack.of(scope);
    return (stack.node.tryFindChild('Edges') as Edges | undefined) ?? new Edges(stack, 'Edges');
  }

  public isNew(...edge: readonly (string | number)[]): boolean {
    const before = this.known.size;
    return this.known.add(edge.join(' ')).size > before;
  }

  /** A place for the rules of an edge: with its target, unless that is in another stack. */
  public place(target: Construct, id: string): Construct {
    if (TerraformStack.of(target) === TerraformStack.of(this)) return new Construct(target, freeId(target, id));
    return new Construct(this, freeId(this, `${target.node.path.replaceAll('/', '-')}-${id}`));
  }
}

/** A group's name in Terraform, or its id where it has none. */
function nameOf(scope: Construct, securityGroupId: string): string {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const text = String(Tokenization.resolve(securityGroupId, { scope, resolver, preparing: false }));
  return text.replace(/^\$\{aws_security_group\.(.*)\.id\}$/, '$1').replace(/\W+/g, '-');
}
