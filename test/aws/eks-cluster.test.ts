import { EksCluster } from '../../lib/aws/eks-cluster';
import { type EksClusterOptions, clusterNameViolations, eksClusterViolations } from '../../lib/aws/eks-cluster-options';
import { ADMIN, importedCluster, testCluster, testNetwork } from '../support/cluster';
import { paths } from './support';
import { type Args, one, resources, synth, testStack } from '../support/synth';

const clusterOf = (props: Parameters<typeof testCluster>[1] = {}): Args =>
  one(synth(testStack((stack) => testCluster(stack, props))), 'aws_eks_cluster').args;

const options = (changes: Partial<EksClusterOptions>): EksClusterOptions => ({ admins: [ADMIN], ...changes });

test('the API is private, its audience are IAM entries, and the creator is no admin by accident', () => {
  expect(clusterOf()).toMatchObject({
    vpc_config: { endpoint_private_access: true, endpoint_public_access: false },
    access_config: { authentication_mode: 'API', bootstrap_cluster_creator_admin_permissions: false },
  });
  expect(clusterOf().vpc_config).not.toHaveProperty('public_access_cidrs');
});

describe('clients of the API', () => {
  const clients = (props: Parameters<typeof testCluster>[1]) =>
    resources(synth(testStack((stack) => testCluster(stack, props))), 'aws_vpc_security_group_ingress_rule')
      .filter(({ args }) => args['cidr_ipv4'] !== undefined && args['from_port'] === 443)
      .map(({ args }) => args['cidr_ipv4']);

  test('come from the VPC: EKS lets nobody in by itself', () => {
    expect(clients({})).toEqual(['10.0.0.0/16']);
  });

  test('come from the ranges that are named', () => {
    expect(clients({ apiClients: ['10.8.0.0/16', '10.9.0.7/32'] })).toEqual(['10.8.0.0/16', '10.9.0.7/32']);
  });
});

test('the control plane stands in all zones of the network, or in as many as it was made with', () => {
  expect(clusterOf().vpc_config).toMatchObject({ subnet_ids: ['subnet-a', 'subnet-b', 'subnet-c'] });
  expect(clusterOf({ zones: 2 }).vpc_config).toMatchObject({ subnet_ids: ['subnet-a', 'subnet-b'] });
});

test('a public endpoint is open to the named ranges and stays private for the nodes', () => {
  expect(clusterOf({ endpointAccess: { publicCidrs: ['203.0.113.0/24'] } }).vpc_config).toMatchObject({
    endpoint_private_access: true,
    endpoint_public_access: true,
    public_access_cidrs: ['203.0.113.0/24'],
  });
});

test('secrets are encrypted with our key, and every control plane log goes to a group of ours that is there first', () => {
  const json = synth(testStack((stack) => testCluster(stack)));
  const logs = one(json, 'aws_cloudwatch_log_group');
  const { args } = one(json, 'aws_eks_cluster');
  expect(args).toMatchObject({
    encryption_config: {
      resources: ['secrets'],
      provider: { key_arn: expect.stringContaining('aws_kms_key.') as string },
    },
    enabled_cluster_log_types: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
    depends_on: expect.arrayContaining([logs.address]) as string[],
  });
  expect(logs.args).toMatchObject({
    name: '/aws/eks/acme-dev/cluster',
    retention_in_days: 365,
    kms_key_id: expect.stringContaining('aws_kms_key.') as string,
  });
});

test('the version is written out, stays in standard support, and zones can be shifted away from', () => {
  expect(clusterOf()).toMatchObject({
    version: '1.35',
    upgrade_policy: { support_type: 'STANDARD' },
    zonal_shift_config: { enabled: true },
  });
});

test.each([true, false])(
  'with retain %s, deletion of the cluster and destruction of its key are so protected',
  (retain) => {
    const json = synth(testStack((stack) => testCluster(stack, { retain })));
    expect(one(json, 'aws_eks_cluster').args.deletion_protection).toBe(retain);
    expect(one(json, 'aws_kms_key').args.lifecycle).toEqual({ prevent_destroy: retain });
  },
);

test('a cluster is retained unless said otherwise', () => {
  expect(clusterOf().deletion_protection).toBe(true);
});

test('each admin role gets an entry and the cluster-admin policy', () => {
  const json = synth(testStack((stack) => testCluster(stack, { admins: [ADMIN, `${ADMIN}-2`] })));
  expect(resources(json, 'aws_eks_access_entry').map(({ args }) => args.principal_arn)).toEqual(
    expect.arrayContaining([ADMIN, `${ADMIN}-2`]),
  );
  for (const { args } of resources(json, 'aws_eks_access_policy_association')) {
    expect(args).toMatchObject({
      policy_arn: expect.stringMatching(/:eks::aws:cluster-access-policy\/AmazonEKSClusterAdminPolicy$/) as string,
      access_scope: { type: 'cluster' },
    });
  }
});

test('an entry keeps its address when the list of admins is reordered', () => {
  const addresses = (admins: string[]): string[] =>
    resources(synth(testStack((stack) => testCluster(stack, { admins }))), 'aws_eks_access_entry')
      .map(({ address }) => address)
      .sort();
  expect(addresses([ADMIN, `${ADMIN}-2`])).toEqual(addresses([`${ADMIN}-2`, ADMIN]));
});

test('the cluster waits for its permissions and for every rule that nodes need to join', () => {
  const json = synth(testStack((stack) => testCluster(stack)));
  const needed = [
    ...resources(json, 'aws_vpc_security_group_ingress_rule'),
    ...resources(json, 'aws_vpc_security_group_egress_rule'),
    ...resources(json, 'aws_iam_role_policy_attachment').filter(({ args }) =>
      /EKSClusterPolicy/.test(String(args.policy_arn)),
    ),
  ];
  expect(needed.length).toBeGreaterThan(10);
  expect(one(json, 'aws_eks_cluster').args.depends_on).toEqual(
    expect.arrayContaining(needed.map(({ address }) => address)),
  );
});

test('Auto Scaling may use the key of the volumes before a node starts', () => {
  const json = synth(testStack((stack) => testCluster(stack)));
  const grant = one(json, 'aws_kms_grant');
  expect(grant.args).toMatchObject({
    grantee_principal: expect.stringMatching(/autoscaling\.amazonaws\.com\/AWSServiceRoleForAutoScaling$/) as string,
    operations: expect.arrayContaining(['CreateGrant', 'Decrypt', 'GenerateDataKeyWithoutPlaintext']) as string[],
  });
  expect(one(json, 'aws_eks_node_group').args.depends_on).toContain(grant.address);
});

test('the construct behind the cluster is reachable for what the library does not offer', () => {
  const stack = testStack();
  const cluster = testCluster(stack);
  expect(cluster.node.defaultChild).toBe(cluster.node.findChild('Resource'));
});

test('an existing cluster has the face of an owned one', () => {
  const stack = testStack();
  expect(importedCluster(stack)).toMatchObject({
    clusterName: 'theirs',
    endpoint: 'https://theirs.example',
    version: '1.34',
    connections: { securityGroupId: 'sg-nodes' },
  });
  expect(importedCluster(testStack()).clusterArn).toMatch(/:cluster\/theirs$/);
});

test('fails when no pool can run the system pods, once everything is put together', () => {
  const stack = testStack((scope) => {
    const cluster = new EksCluster(scope, 'Cluster', { name: 'acme', network: testNetwork(scope), admins: [ADMIN] });
    cluster.addNodePool('workers', { instanceTypes: ['r8gd.4xlarge'], minSize: 0, maxSize: 3 });
  });
  expect(() => synth(stack)).toThrow(/test\/Cluster\.nodePools: got only pools that are tainted or may be empty/);
});

test('fails when several things are wrong, with all of them at once', () => {
  expect(() => testStack((stack) => testCluster(stack, { name: 'a_b', version: '1.30', admins: [] }))).toThrow(
    /test\/Cluster: 3 problems\n {2}- name: got 'a_b'.*\n {2}- version: got '1\.30'.*\n {2}- admins: got \[\]/,
  );
});

test('fails when the range of services overlaps the network, the default one too', () => {
  expect(() =>
    testStack(
      (stack) =>
        new EksCluster(stack, 'Cluster', {
          name: 'acme',
          network: testNetwork(stack, '172.20.0.0/16'),
          admins: [ADMIN],
        }),
    ),
  ).toThrow(/serviceCidr: got '172\.20\.0\.0\/16'; allowed: a range outside of the VPC's/);
});

test.each<[string, Partial<EksClusterOptions>]>([
  ['admins', { admins: [] }],
  ['admins', { admins: [ADMIN, ADMIN] }],
  ['admins[0]', { admins: ['arn:aws:iam::123456789012:user/jane'] }],
  ['admins[0]', { admins: ['arn:aws:sts::123456789012:assumed-role/admin/session'] }],
  ['admins[1]', { admins: [ADMIN, 'arn:aws:iam::1234:role/admin'] }],
  ['version', { version: '1.33' }],
  ['zones', { zones: 1 }],
  ['zones', { zones: 4 }],
  ['apiClients[0]', { apiClients: ['0.0.0.0/0'] }],
  ['apiClients[1]', { apiClients: ['10.8.0.0/16', 'vpn'] }],
  ['endpointAccess', { endpointAccess: 'public' as 'private' }],
  ['endpointAccess.publicCidrs', { endpointAccess: { publicCidrs: [] } }],
  ['endpointAccess.publicCidrs[0]', { endpointAccess: { publicCidrs: ['0.0.0.0/0'] } }],
  ['endpointAccess.publicCidrs[1]', { endpointAccess: { publicCidrs: ['203.0.113.0/24', '203.0.113.7'] } }],
  ['serviceCidr', { serviceCidr: '8.8.0.0/16' }],
  ['logRetentionDays', { logRetentionDays: 17 }],
  ['addonVersions.coredns', { addonVersions: { coredns: '1.12.4' } }],
])('fails when %s is %j', (path, changes) => {
  const network = { cidr: '10.0.0.0/16', zones: 3 };
  expect(paths(eksClusterViolations(options(changes), network))).toEqual([path]);
});

test.each<[string, Partial<EksClusterOptions>]>([
  ['a role with a path', { admins: ['arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/Admin_1'] }],
  ['a role of another partition', { admins: ['arn:aws-us-gov:iam::123456789012:role/admin'] }],
  ['placeholders', { admins: ['${TfToken[TOKEN.1]}'], endpointAccess: { publicCidrs: ['${TfToken[TOKEN.2]}'] } }],
  ['one public address', { endpointAccess: { publicCidrs: ['203.0.113.7/32'] } }],
  ['a pinned add-on', { addonVersions: { coredns: 'v1.12.4-eksbuild.1' } }],
  ['a newer version', { version: '1.36', serviceCidr: '10.100.0.0/16', logRetentionDays: 30 }],
])('%s is fine', (_what, changes) => {
  expect(eksClusterViolations(options(changes))).toEqual([]);
});

test.each(['a_b', '', '1st', 'a'.repeat(61)])('fails when the name is %j', (name) => {
  expect(clusterNameViolations(name)).toHaveLength(1);
});

test.each(['acme-dev', 'A', 'a'.repeat(60), '${TfToken[TOKEN.1]}'])('the name %j is fine', (name) => {
  expect(clusterNameViolations(name)).toEqual([]);
});
