import type { PolicyStatement } from './grants';

/** @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md */
const LOOK = [
  'autoscaling:DescribeAutoScalingGroups',
  'autoscaling:DescribeAutoScalingInstances',
  'autoscaling:DescribeLaunchConfigurations',
  'autoscaling:DescribeScalingActivities',
  'ec2:DescribeImages',
  'ec2:DescribeInstanceTypes',
  'ec2:DescribeLaunchTemplateVersions',
  'ec2:GetInstanceTypesFromInstanceRequirements',
  'eks:DescribeNodegroup',
] as const;
const RESIZE = ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'] as const;

/**
 * What the cluster autoscaler may do: look at everything that has to do with scaling, resize the groups of its own
 * cluster. EKS puts the tag of the condition on the group of every managed node group.
 * @param clusterName may be a placeholder
 */
export function clusterAutoscalerStatements(clusterName: string): readonly PolicyStatement[] {
  return [
    { actions: LOOK, resources: ['*'], reason: 'these actions know no resources' },
    {
      actions: RESIZE,
      resources: ['*'],
      conditions: { StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${clusterName}`]: 'owned' } },
      reason: 'EKS chooses the names of the groups; the tag of this cluster fences them',
    },
  ];
}
