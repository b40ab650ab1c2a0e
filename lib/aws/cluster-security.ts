import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { type ITerraformDependable, TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { Connections } from './connections';

const HTTPS = 443;
const DNS = 53;

/**
 * Ports on which the Kubernetes API calls something on a node.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html
 * @see https://github.com/terraform-aws-modules/terraform-aws-eks (node_groups.tf, recommended rules)
 */
const CALLED_BY_API: readonly (readonly [port: number, description: string])[] = [
  [10250, 'kubelet, and webhooks that listen on the same port'],
  [10251, 'metrics-server'],
  [6443, 'metrics adapters (KEDA, prometheus-adapter)'],
  [8443, 'admission webhooks on 8443'],
  [9443, 'admission webhooks on 9443'],
];

export interface ClusterSecurityProps {
  readonly vpcId: string;
  readonly clusterName: string;
  /** Ranges that call the Kubernetes API, besides the nodes. */
  readonly apiClients: readonly string[];
}

/**
 * The security groups of the control plane and of the nodes, closed but for what is listed. The nodes do not get the
 * group that EKS makes for each cluster: it allows everything between its members and everything out.
 *
 * Amazon's DNS, time and metadata addresses pass every security group, so they need no rule.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
 */
export class ClusterSecurity extends Construct {
  public readonly controlPlane: Connections;
  public readonly nodes: Connections;

  public constructor(scope: Construct, id: string, props: ClusterSecurityProps) {
    super(scope, id);
    this.controlPlane = this.addGroup('ControlPlane', props, 'control-plane', 'Kubernetes API of the cluster');
    this.nodes = this.addGroup('Nodes', props, 'nodes', 'Nodes and pods of the cluster');
    for (const cidr of props.apiClients)
      this.controlPlane.allowPortFromCidr(cidr, HTTPS, 'clients of the Kubernetes API');
    this.betweenApiAndNodes();
    this.betweenNodes();
    this.outOfNodes();
  }

  /** For what must not exist without its rules: nodes that cannot reach the API never join. */
  public get rules(): readonly ITerraformDependable[] {
    return this.node.findAll().filter(TerraformResource.isTerraformResource);
  }

  private addGroup(id: string, props: ClusterSecurityProps, suffix: string, description: string): Connections {
    const scope = new Construct(this, id);
    const name = `${props.clusterName}-${suffix}`;
    const group = new SecurityGroup(scope, 'Resource', { name, description, vpcId: props.vpcId, tags: { Name: name } });
    return new Connections({ scope, securityGroupId: group.id });
  }

  private betweenApiAndNodes(): void {
    const controlPlane = { connections: this.controlPlane };
    this.controlPlane.allowPortFrom({ connections: this.nodes }, HTTPS, 'nodes and pods call the Kubernetes API');
    for (const [port, description] of CALLED_BY_API) this.nodes.allowPortFrom(controlPlane, port, description);
  }

  /** Pods have addresses of their nodes: what may call what between pods is for network policies to say. */
  private betweenNodes(): void {
    const nodes = { connections: this.nodes };
    this.nodes.allowPortFrom(nodes, DNS, 'CoreDNS over TCP');
    this.nodes.allowPortsFrom(nodes, 1025, 65_535, 'pods among each other');
    const udp = {
      securityGroupId: this.nodes.securityGroupId,
      referencedSecurityGroupId: this.nodes.securityGroupId,
      ipProtocol: 'udp',
      fromPort: DNS,
      toPort: DNS,
      description: 'CoreDNS over UDP',
    };
    new VpcSecurityGroupIngressRule(this, 'DnsIn', udp);
    new VpcSecurityGroupEgressRule(this, 'DnsOut', udp);
  }

  /** AWS's services, image registries, identity providers: their addresses change, so only the port is fixed. */
  private outOfNodes(): void {
    new VpcSecurityGroupEgressRule(this, 'HttpsOut', {
      securityGroupId: this.nodes.securityGroupId,
      cidrIpv4: '0.0.0.0/0',
      ipProtocol: 'tcp',
      fromPort: HTTPS,
      toPort: HTTPS,
      description: 'AWS services and image registries over TLS',
    });
  }
}
