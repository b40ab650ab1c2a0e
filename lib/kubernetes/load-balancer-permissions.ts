import type { PolicyStatement } from '../aws/grants';

/** On everything that the controller makes: the cluster it is for. */
const CLUSTER_TAG = 'elbv2.k8s.aws/cluster';

const LOOK = [
  ...[
    'AccountAttributes',
    'Addresses',
    'AvailabilityZones',
    'InternetGateways',
    'Vpcs',
    'VpcPeeringConnections',
    'Subnets',
    'SecurityGroups',
    'Instances',
    'NetworkInterfaces',
    'Tags',
    'RouteTables',
  ].map((it) => `ec2:Describe${it}`),
  'ec2:GetSecurityGroupsForVpc',
  ...[
    'LoadBalancers',
    'LoadBalancerAttributes',
    'Listeners',
    'ListenerAttributes',
    'ListenerCertificates',
    'SSLPolicies',
    'Rules',
    'TargetGroups',
    'TargetGroupAttributes',
    'TargetHealth',
    'Tags',
    'TrustStores',
    'CapacityReservation',
  ].map((it) => `elasticloadbalancing:Describe${it}`),
  'acm:ListCertificates',
  'acm:DescribeCertificate',
];

const CREATE = ['CreateLoadBalancer', 'CreateTargetGroup'].map(elb);
const CHANGE = [
  'ModifyLoadBalancerAttributes',
  'SetIpAddressType',
  'SetSecurityGroups',
  'SetSubnets',
  'DeleteLoadBalancer',
  'ModifyTargetGroup',
  'ModifyTargetGroupAttributes',
  'DeleteTargetGroup',
  'ModifyListenerAttributes',
  'ModifyCapacityReservation',
].map(elb);
const LISTENERS = [
  'CreateListener',
  'DeleteListener',
  'CreateRule',
  'DeleteRule',
  'ModifyListener',
  'ModifyRule',
  'SetRulePriorities',
  'AddListenerCertificates',
  'RemoveListenerCertificates',
].map(elb);
const TAG = ['AddTags', 'RemoveTags'].map(elb);
const INGRESS = ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'];
const UNNAMED = 'AWS makes up the names; the tag of this cluster fences them';

/**
 * What the AWS Load Balancer Controller may do: what its own policy of v3.5.0 lists, without web application firewalls,
 * Shield, Cognito, server certificates of IAM and Outposts, and on load balancers of this cluster only, where that policy
 * says of any.
 * @param clusterName may be a placeholder @param partition `aws`
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/docs/install/iam_policy.json
 */
export function loadBalancerStatements(clusterName: string, partition: string): readonly PolicyStatement[] {
  const requested = { [`aws:RequestTag/${CLUSTER_TAG}`]: clusterName };
  const owned = { StringEquals: { [`aws:ResourceTag/${CLUSTER_TAG}`]: clusterName } };
  const arns = (service: string, kinds: readonly string[]): string[] =>
    kinds.map((kind) => `arn:${partition}:${service}:*:*:${kind}`);
  const balancers = arns('elasticloadbalancing', ['targetgroup/*/*', 'loadbalancer/net/*/*', 'loadbalancer/app/*/*']);
  const listeners = arns('elasticloadbalancing', [
    'listener/net/*/*/*',
    'listener/app/*/*/*',
    'listener-rule/net/*/*/*',
    'listener-rule/app/*/*/*',
  ]);
  const groups = arns('ec2', ['security-group/*']);
  return [
    {
      actions: ['iam:CreateServiceLinkedRole'],
      resources: ['*'],
      conditions: { StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' } },
      reason: 'the one role of Elastic Load Balancing, which an account without a load balancer lacks',
    },
    { actions: LOOK, resources: ['*'], reason: 'these actions know no resources' },
    {
      actions: INGRESS,
      resources: ['*'],
      reason: 'pods are reached through the group of their nodes, which has no tag',
    },
    { actions: ['ec2:CreateSecurityGroup'], resources: ['*'], reason: 'a new group has no name yet' },
    {
      actions: ['ec2:CreateTags'],
      resources: groups,
      conditions: { StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup', ...requested } },
    },
    { actions: ['ec2:CreateTags', 'ec2:DeleteTags'], resources: groups, conditions: owned },
    { actions: ['ec2:DeleteSecurityGroup'], resources: ['*'], conditions: owned, reason: UNNAMED },
    { actions: CREATE, resources: ['*'], conditions: { StringEquals: requested }, reason: UNNAMED },
    {
      actions: [elb('AddTags')],
      resources: balancers,
      conditions: {
        StringEquals: {
          'elasticloadbalancing:CreateAction': ['CreateTargetGroup', 'CreateLoadBalancer'],
          ...requested,
        },
      },
    },
    { actions: TAG, resources: balancers, conditions: owned },
    { actions: TAG, resources: listeners },
    { actions: CHANGE, resources: ['*'], conditions: owned, reason: UNNAMED },
    {
      actions: ['RegisterTargets', 'DeregisterTargets'].map(elb),
      resources: arns('elasticloadbalancing', ['targetgroup/*/*']),
    },
    { actions: LISTENERS, resources: ['*'], reason: 'AWS makes up the names, and the controller tags listeners later' },
  ];
}

function elb(action: string): string {
  return `elasticloadbalancing:${action}`;
}
