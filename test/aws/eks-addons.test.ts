import { addonVersionsViolations } from '../../lib/aws/eks-addons';
import { testCluster } from '../support/cluster';
import { type Args, type Block, dataSources, resources, synth, testStack } from '../support/synth';

const addonsOf = (props: Parameters<typeof testCluster>[1] = {}): Readonly<Record<string, Block>> => {
  const json = synth(testStack((stack) => testCluster(stack, props)));
  return Object.fromEntries(resources(json, 'aws_eks_addon').map((addon) => [String(addon.args.addon_name), addon]));
};

const BEFORE_NODES = ['vpc-cni', 'kube-proxy', 'eks-pod-identity-agent'];
const AFTER_NODES = ['coredns', 'aws-ebs-csi-driver', 'metrics-server'];

test('the network enforces network policies', () => {
  const { 'vpc-cni': addon } = addonsOf();
  expect(JSON.parse(String(addon?.args.configuration_values))).toEqual({ enableNetworkPolicy: 'true' });
});

test('what a node needs is there before the first node, what needs nodes comes after them', () => {
  const json = synth(testStack((stack) => testCluster(stack)));
  const [nodes] = resources(json, 'aws_eks_node_group');
  const addons = resources(json, 'aws_eks_addon');
  const named = (names: readonly string[]): Block[] =>
    addons.filter(({ args }) => names.includes(String(args.addon_name)));
  expect(nodes?.args.depends_on).toEqual(expect.arrayContaining(named(BEFORE_NODES).map(({ address }) => address)));
  expect(named(AFTER_NODES)).toHaveLength(AFTER_NODES.length);
  for (const { args } of named(AFTER_NODES)) expect(args.depends_on).toContain(nodes?.address);
});

test('no add-on waits for a pool that may be empty', () => {
  const json = synth(
    testStack((stack) => {
      testCluster(stack).addNodePool('burst', { instanceTypes: ['r8gd.4xlarge'], minSize: 0, maxSize: 3 });
    }),
  );
  const waits = resources(json, 'aws_eks_addon').flatMap(({ args }) => args.depends_on as string[]);
  expect(waits.filter((address) => address.includes('burst'))).toEqual([]);
});

test('the network plug-in and the EBS driver have their permissions through their own pods, before they start', () => {
  const json = synth(testStack((stack) => testCluster(stack)));
  const accounts = resources(json, 'aws_eks_pod_identity_association').map(({ address, args }) => [
    args.service_account,
    address,
  ]);
  const byAccount: Record<string, string> = Object.fromEntries(accounts) as Record<string, string>;
  const addons = addonsOf();
  expect(addons['vpc-cni']?.args.depends_on).toContain(byAccount['aws-node']);
  expect(addons['aws-ebs-csi-driver']?.args.depends_on).toContain(byAccount['ebs-csi-controller-sa']);
});

test("the EBS driver may make encrypted volumes with the cluster's key", () => {
  const json = synth(testStack((stack) => testCluster(stack)));
  const granted = resources(json, 'aws_iam_role_policy').find(({ id }) => id.includes('StorageRole'));
  const { Statement: statements } = JSON.parse(String(granted?.args.policy)) as { Statement: Args[] };
  expect(statements.flatMap(({ Action: actions }) => actions as string[])).toEqual(
    expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:CreateGrant']),
  );
  expect(
    statements.find(({ Action: [action] = [] }: Args & { Action?: string[] }) => action === 'kms:CreateGrant'),
  ).toMatchObject({
    Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
  });
});

test("an add-on follows EKS's default for the Kubernetes version, unless its version is named", () => {
  const json = synth(
    testStack((stack) => testCluster(stack, { version: '1.36', addonVersions: { coredns: 'v1.14.0-eksbuild.1' } })),
  );
  const asked = dataSources(json, 'aws_eks_addon_version');
  expect(asked.map(({ args }) => args.addon_name)).not.toContain('coredns');
  expect(asked).toHaveLength(BEFORE_NODES.length + AFTER_NODES.length - 1);
  for (const { args } of asked) expect(args).toMatchObject({ kubernetes_version: '1.36', most_recent: false });
  const versions = resources(json, 'aws_eks_addon').map(({ args }) => args.addon_version);
  expect(versions).toContain('v1.14.0-eksbuild.1');
});

test.each(['1.12.4', 'v1.12.4', 'latest', 'v1.12-eksbuild.1'])('fails when a version is %s', (version) => {
  expect(addonVersionsViolations({ coredns: version })).toEqual([
    expect.objectContaining({ path: 'addonVersions.coredns', got: `'${version}'` }),
  ]);
});

test('fails when the name is that of no add-on', () => {
  const misspelled = { 'core-dns': 'v1.12.4-eksbuild.1' } as object;
  expect(addonVersionsViolations(misspelled)).toEqual([expect.objectContaining({ got: "'core-dns'" })]);
});

test('a build of EKS is fine', () => {
  expect(addonVersionsViolations({ 'vpc-cni': 'v1.20.4-eksbuild.2', coredns: 'v1.12.4-eksbuild.1' })).toEqual([]);
});
