import { type TerraformStack, TerraformVariable } from 'cdktf';
import type { EksClusterAttributes } from '../../lib/aws/eks-cluster';
import { NodeCapacity } from '../../lib/aws/node-capacity';
import { UNKNOWN } from './support';
import type { NodePool } from '../../lib/aws/node-pool';
import { type NodePoolOptions, nodePoolViolations, nodePoolsViolations } from '../../lib/aws/node-pool-options';
import { SYSTEM_POOL, importedCluster, testCluster } from '../support/cluster';
import { type Args, one, resources, synth, testStack, warnings } from '../support/synth';

const SHAPE = NodeCapacity.ofInstanceTypes(['r8gd.4xlarge']);
const WORKERS: NodePoolOptions = { instanceTypes: ['r8gd.4xlarge', 'r7gd.4xlarge'], minSize: 0, maxSize: 6 };

interface Made {
  readonly pool: NodePool;
  readonly group: Args;
  readonly template: Args;
  readonly warnings: readonly string[];
}

/** A pool `workers` in a cluster that exists already, as it comes out. */
function made(changes: Partial<NodePoolOptions> = {}): Made {
  const stack = testStack();
  const pool = importedCluster(stack).addNodePool('workers', { ...WORKERS, ...changes });
  const json = synth(stack);
  const group = one(json, 'aws_eks_node_group').args;
  return { pool, group, template: one(json, 'aws_launch_template').args, warnings: warnings(stack) };
}

test('the autoscaler owns the number of nodes: it starts at the minimum and later drift is ignored', () => {
  const { group } = made({ minSize: 1 });
  expect(group.scaling_config).toEqual({ min_size: 1, max_size: 6, desired_size: 1 });
  expect(group.lifecycle).toMatchObject({ ignore_changes: ['scaling_config[0].desired_size'] });
});

test('a change that needs a new group makes it under a new name before the old one goes', () => {
  const { group, template } = made();
  expect(group).toMatchObject({ node_group_name_prefix: 'workers-', lifecycle: { create_before_destroy: true } });
  expect(group).not.toHaveProperty('node_group_name');
  expect(template).toMatchObject({ name_prefix: 'theirs-workers-', lifecycle: { create_before_destroy: true } });
});

test.each([
  ['r8gd.4xlarge', 'AL2023_ARM_64_STANDARD'],
  ['r6id.4xlarge', 'AL2023_x86_64_STANDARD'],
])('nodes of %s run %s', (type, ami) => {
  expect(made({ instanceTypes: [type] }).group.ami_type).toBe(ami);
});

test('nodes have an encrypted disk, a metadata service that pods cannot use, and no public address', () => {
  const { template } = made();
  expect(template).toMatchObject({
    block_device_mappings: [{ ebs: { encrypted: 'true', volume_type: 'gp3', volume_size: 50 } }],
    metadata_options: { http_endpoint: 'enabled', http_tokens: 'required', http_put_response_hop_limit: 1 },
    network_interfaces: [{ associate_public_ip_address: 'false', security_groups: ['sg-nodes'] }],
  });
});

test("an owned cluster's key encrypts its nodes' disks", () => {
  const json = synth(testStack((stack) => testCluster(stack)));
  expect(one(json, 'aws_launch_template').args).toMatchObject({
    block_device_mappings: [{ ebs: { kms_key_id: `\${${one(json, 'aws_kms_key').address}.arn}` } }],
  });
});

test("machines, disks and interfaces carry the stack's default tags, which Auto Scaling knows nothing of", () => {
  const specifications = made().template.tag_specifications as Args[];
  expect(specifications.map(({ resource_type: type }) => type)).toEqual(['instance', 'volume', 'network-interface']);
  for (const { tags } of specifications) {
    expect(tags).toMatch(/^\$\{merge\(data\.aws_default_tags\..*\.tags, \{"Name" = "theirs-workers"\}\)\}$/);
  }
});

test('NVMe becomes one array for pods where there is NVMe, and nowhere else', () => {
  expect(made().template.user_data).toEqual(expect.any(String));
  expect(made({ instanceTypes: ['m7g.large'] }).template).not.toHaveProperty('user_data');
});

test('the autoscaler knows the ephemeral storage of a pool that has no node yet', () => {
  const { group, pool } = made();
  expect(group.tags).toMatchObject({
    'k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage':
      pool.capacityPerNode.ephemeralStorage.toKubernetes(),
  });
});

test('pods that ask for the placement land in the pool: labels and taints of nodes match selector and tolerations', () => {
  const { group, pool } = made({
    labels: { 'acme.example/role': 'worker' },
    taints: [
      { key: 'trino', value: 'worker', effect: 'NoSchedule' },
      { key: 'dedicated', effect: 'NoExecute' },
    ],
  });
  expect(group.labels).toEqual({ 'acme.example/role': 'worker', 'cdktf-trino/node-pool': 'workers' });
  expect(group.taint).toEqual([
    { key: 'trino', value: 'worker', effect: 'NO_SCHEDULE' },
    { key: 'dedicated', effect: 'NO_EXECUTE' },
  ]);
  expect(pool.placement).toEqual({
    nodeSelector: group.labels,
    tolerations: [
      { key: 'trino', operator: 'Equal', value: 'worker', effect: 'NoSchedule' },
      { key: 'dedicated', operator: 'Exists', effect: 'NoExecute' },
    ],
  });
});

test('a pool spreads over all zones, or stays in the one that it is bound to', () => {
  expect(made().group.subnet_ids).toEqual(['subnet-a', 'subnet-b', 'subnet-c']);
  expect(made({ zone: 1 }).group.subnet_ids).toEqual(['subnet-b']);
});

test('nodes follow the version of the cluster, one at a time and for as long as that takes, and broken ones are replaced', () => {
  expect(made({ maxSize: 6 }).group).toMatchObject({
    version: '1.34',
    update_config: { max_unavailable: 1 },
    timeouts: { update: '150m' },
    node_repair_config: { enabled: true },
  });
});

test('pools share one role, which joins the cluster, pulls images and does nothing else', () => {
  const json = synth(
    testStack((stack) => {
      const cluster = importedCluster(stack, { vpcCniRole: 'own' });
      cluster.addNodePool('system', SYSTEM_POOL);
      cluster.addNodePool('workers', WORKERS);
    }),
  );
  const policies = resources(json, 'aws_iam_role_policy_attachment');
  expect(policies.map(({ args }) => String(args.policy_arn).split('/').at(-1))).toEqual(
    expect.arrayContaining(['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly']),
  );
  expect(policies).toHaveLength(2);
  for (const { args } of resources(json, 'aws_eks_node_group')) {
    expect(args.depends_on).toEqual(expect.arrayContaining(policies.map(({ address }) => address)));
  }
});

describe('the role of nodes is called after their cluster', () => {
  const role = (stack: TerraformStack): Args => one(synth(stack), 'aws_iam_role').args;
  const added = (clusterName: string): Args =>
    role(testStack((stack) => importedCluster(stack, { clusterName }).addNodePool('workers', WORKERS)));

  test('and by all of its name in a cluster of ours', () => {
    const roles = resources(synth(testStack((stack) => testCluster(stack))), 'aws_iam_role');
    expect(roles.map(({ args }) => args.name)).toContain('acme-dev-nodes');
  });

  test('and completed by Terraform where the owner, or another stack, has such a role, too', () => {
    expect(added('theirs')).toMatchObject({ name_prefix: 'theirs-nodes-' });
    expect(added('theirs').name).toBeUndefined();
  });

  test('of which a prefix has 38 characters', () => {
    expect(String(added('a'.repeat(100)).name_prefix)).toMatch(/^a{22}-[0-9a-f]{8}-nodes-$/);
  });

  test('of which a prefix that is known later is cut then', () => {
    const stack = testStack((it) => {
      const clusterName = new TerraformVariable(it, 'Theirs', { type: 'string' }).stringValue;
      importedCluster(it, { clusterName }).addNodePool('workers', WORKERS);
    });
    expect(role(stack).name_prefix).toBe('${substr(var.Theirs, 0, 31)}-nodes-');
  });
});

test('spot and on-demand are said to EKS', () => {
  expect(made().group.capacity_type).toBe('ON_DEMAND');
  expect(made({ capacity: 'spot' }).group.capacity_type).toBe('SPOT');
});

test('a spot pool of one type gets a warning, one of two types none', () => {
  const [one, two] = [['r8gd.4xlarge'], WORKERS.instanceTypes].map(
    (instanceTypes) => made({ capacity: 'spot', instanceTypes }).warnings,
  );
  expect(one).toEqual([expect.stringMatching(/a spot pool of one instance type \(r8gd\.4xlarge\)/)]);
  expect(two).toEqual([]);
});

test('a type that the library does not know is taken with a capacity by hand', () => {
  const capacityPerNode = NodeCapacity.of({
    architecture: 'amd64',
    vcpu: 16,
    memoryMiB: 131_072,
    nvmeGb: 0,
    maxPods: 234,
  });
  const { group, pool } = made({ instanceTypes: ['r99.4xlarge'], capacityPerNode });
  expect(group).toMatchObject({ instance_types: ['r99.4xlarge'], ami_type: 'AL2023_x86_64_STANDARD' });
  expect(pool.capacityPerNode).toBe(capacityPerNode);
});

test('the construct behind a pool is reachable for what the library does not offer', () => {
  const pool = importedCluster(testStack()).addNodePool('workers', WORKERS);
  expect(pool.node.defaultChild).toBe(pool.node.findChild('Resource'));
});

test('fails when the network has no such zone, with everything else that is wrong', () => {
  expect(() => made({ zone: 3, minSize: 7 })).toThrow(
    /test\/Cluster\/workers: 2 problems\n {2}- minSize: got 7; allowed: at most maxSize \(6\).*\n {2}- zone: got 3; allowed: a whole number from 0 to 2/,
  );
});

test.each<[string, Partial<NodePoolOptions>]>([
  ['instanceTypes', { instanceTypes: [] }],
  ['instanceTypes', { instanceTypes: ['r8gd.4xlarge', 'm8gd.4xlarge'] }],
  ['instanceTypes', { instanceTypes: ['huge'] }],
  ['minSize', { minSize: 7 }],
  ['minSize', { minSize: -1 }],
  ['minSize', { minSize: 0.5 }],
  ['maxSize', { maxSize: 451 }],
  ['maxSize', { maxSize: 0 }],
  ['zone', { zone: 0.5 }],
  ['capacity', { capacity: 'SPOT' as 'spot' }],
  ['rootVolumeGiB', { rootVolumeGiB: 10 }],
  ['labels.kubernetes.io/role', { labels: { 'kubernetes.io/role': 'worker' } }],
  ['labels.eks.amazonaws.com/x', { labels: { 'eks.amazonaws.com/x': 'worker' } }],
  ['labels.role', { labels: { role: 'a worker' } }],
  ['labels.-role', { labels: { '-role': 'worker' } }],
  ['taints[0]', { taints: [{ key: 'a b', effect: 'NoSchedule' }] }],
  [
    'taints[1].effect',
    {
      taints: [
        { key: 'a', effect: 'NoSchedule' },
        { key: 'b', effect: 'Never' as 'NoExecute' },
      ],
    },
  ],
])('fails when %s is in %j', (path, changes) => {
  expect(nodePoolViolations('workers', { ...WORKERS, ...changes }).map((violation) => violation.path)).toEqual([path]);
});

test.each<[string, Partial<NodePoolOptions>]>([
  ['a pool of one node', { minSize: 1, maxSize: 1 }],
  ['as many nodes as a group may have', { minSize: 450, maxSize: 450 }],
  ['the last zone', { zone: 2 }],
  ['a key with a domain and an empty value', { labels: { 'acme.example/role': '' } }],
  ['a taint without a value', { taints: [{ key: 'trino', effect: 'PreferNoSchedule' }] }],
  ['placeholders', { minSize: UNKNOWN.number, maxSize: UNKNOWN.number, labels: { role: UNKNOWN.text } }],
  ['types that only Terraform knows, of a known shape', { instanceTypes: [UNKNOWN.text], capacityPerNode: SHAPE }],
  ['a large disk', { rootVolumeGiB: 16_384 }],
])('%s is fine', (_what, changes) => {
  expect(nodePoolViolations('workers', { ...WORKERS, ...changes }, 3)).toEqual([]);
});

test.each<Partial<NodePoolOptions>>([
  { instanceTypes: [UNKNOWN.text] },
  { rootVolumeGiB: UNKNOWN.number },
  { zone: UNKNOWN.number },
])('fails when others are computed from what only Terraform knows: %j', (changes) => {
  expect(nodePoolViolations('workers', { ...WORKERS, ...changes }, 3)).toEqual([
    expect.objectContaining({ path: Object.keys(changes).join() }),
  ]);
});

test.each(['Workers', 'w', '1st', 'a_b', 'a'.repeat(38), 'workers-'])('fails when a pool is named %s', (name) => {
  expect(nodePoolViolations(name, WORKERS)).toEqual([expect.objectContaining({ path: 'name', got: `'${name}'` })]);
});

test('fails when the coordinator is on spot, which is fine for workers', () => {
  const spot = { ...WORKERS, capacity: 'spot' } as const;
  expect(nodePoolViolations('coordinator', spot)).toEqual([expect.objectContaining({ path: 'capacity' })]);
  expect(nodePoolViolations('workers', spot)).toEqual([]);
});

test.each<[string, readonly NodePoolOptions[]]>([
  ['there is no pool', []],
  ['every pool may be empty', [WORKERS]],
  ['every pool is tainted', [{ ...SYSTEM_POOL, taints: [{ key: 'a', effect: 'NoSchedule' }] }]],
])('fails when %s, because system pods find no node', (_what, pools) => {
  expect(nodePoolsViolations(pools)).toEqual([expect.objectContaining({ path: 'nodePools' })]);
});

test('one open pool that always has a node is enough', () => {
  const preferred: NodePoolOptions = { ...SYSTEM_POOL, taints: [{ key: 'a', effect: 'PreferNoSchedule' }] };
  expect(nodePoolsViolations([WORKERS, SYSTEM_POOL])).toEqual([]);
  expect(nodePoolsViolations([WORKERS, preferred])).toEqual([]);
  expect(nodePoolsViolations([{ ...SYSTEM_POOL, minSize: UNKNOWN.number }])).toEqual([]);
});

describe("the network plug-in's rights", () => {
  const policies = (stack: TerraformStack) =>
    resources(synth(stack), 'aws_iam_role_policy_attachment')
      .map(({ args }) => /policy\/(.*)$/.exec(String(args.policy_arn))?.[1])
      .filter((policy) => policy?.includes('CNI'));
  const nodesOf = (attributes: Partial<EksClusterAttributes>) =>
    testStack((stack) => importedCluster(stack, attributes).addNodePool('workers', WORKERS));

  test('are with the nodes of a cluster that exists already, or its pods would get no addresses', () => {
    expect(policies(nodesOf({}))).toEqual(['AmazonEKS_CNI_Policy']);
  });

  test('are not with the nodes where the plug-in has a role of its own', () => {
    expect(policies(nodesOf({ vpcCniRole: 'own' }))).toEqual([]);
  });
});
