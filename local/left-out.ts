/** An argument that the stacks use and the emulator's version of the AWS provider does not know. */
export interface LeftOut {
  /** The resource's type: `aws_eks_cluster`. */
  readonly type: string;
  /** The argument, with dots into blocks: `node_repair_config.max_parallel_nodes_repaired_count`. */
  readonly argument: string;
  /** Why a deployment without it still proves what it should. */
  readonly reason: string;
}

/** Everything that is left out of the stacks in the emulator; a test compares it with the provider's own schema. */
export const LEFT_OUT: readonly LeftOut[] = [
  {
    type: 'aws_eks_cluster',
    argument: 'deletion_protection',
    reason: 'A switch of the cluster itself that nothing else depends on; what it is set to is asserted on the JSON.',
  },
];
