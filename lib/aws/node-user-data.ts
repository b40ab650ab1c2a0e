const BOUNDARY = 'NODE-CONFIG';

/**
 * The part of a node's configuration that makes all local NVMe disks one RAID0 array and puts the kubelet, containers,
 * images and logs on it: emptyDir volumes and the node's ephemeral storage are then NVMe. EKS adds what concerns the
 * cluster.
 * @see https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/doc/api.md
 */
const RAID0_OVER_NVME = `apiVersion: node.eks.aws/v1alpha1
kind: NodeConfig
spec:
  instance:
    localStorage:
      strategy: RAID0
`;

/**
 * User data of a launch template, in base64: one MIME part that nodeadm reads.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-user-data
 */
export function localStorageUserData(): string {
  const lines = [
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
    '',
    `--${BOUNDARY}`,
    'Content-Type: application/node.eks.aws',
    '',
    RAID0_OVER_NVME,
    `--${BOUNDARY}--`,
    '',
  ];
  return Buffer.from(lines.join('\n')).toString('base64');
}
