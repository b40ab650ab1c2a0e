import { LoadBalancerController } from '../../lib/kubernetes/load-balancer-controller';
import { loadBalancerStatements } from '../../lib/kubernetes/load-balancer-permissions';
import { policyOf } from '../aws/support';
import { one, synth } from '../support/synth';
import { clusterStack, release, SPACE, terraformProblems, valuesOf } from './support/platform';

const statements = loadBalancerStatements('acme', 'aws');

test('is told where it is, has its role, and uses what the role allows', async () => {
  const json = synth(
    clusterStack((stack, cluster) => {
      new LoadBalancerController(stack, 'It', { cluster, name: 'acme-dev', namespace: SPACE });
    }),
  );
  const { service_account: name } = one(json, 'aws_eks_pod_identity_association').args;
  expect(valuesOf(release(json, 'aws-load-balancer-controller'))).toMatchObject({
    clusterName: 'theirs',
    vpcId: 'vpc-1',
    serviceAccount: { create: true, name },
    enableWafv2: false,
    enableShield: false,
    replicaCount: 2,
  });
  expect(await terraformProblems(json)).toEqual([]);
});

test('keeps its rights as long as it runs: without them it would leave load balancers behind', () => {
  const json = synth(
    clusterStack((stack, cluster) => {
      new LoadBalancerController(stack, 'It', { cluster, name: 'acme-dev', namespace: SPACE });
    }),
  );
  const { address, args } = one(json, 'aws_eks_pod_identity_association');
  expect(release(json, 'aws-load-balancer-controller')['depends_on']).toContain(address);
  expect(args['depends_on']).toEqual([one(json, 'aws_iam_role_policy').address]);
});

test('its policy fits into a role', () => {
  const json = synth(
    clusterStack((stack, cluster) => {
      new LoadBalancerController(stack, 'It', { cluster, name: 'acme-dev', namespace: SPACE });
    }),
  );
  const { policy } = one(json, 'aws_iam_role_policy').args;
  expect(policyOf(policy).Statement).toHaveLength(statements.length);
  expect(String(policy).length).toBeLessThan(10_240);
});

test('load balancers and security groups of other clusters are neither changed nor deleted', () => {
  const destructive = statements.filter(({ actions }) =>
    actions.some((action) =>
      /:Delete(LoadBalancer|TargetGroup|SecurityGroup)$|:Set(Subnets|SecurityGroups)$/.test(action),
    ),
  );
  expect(destructive.map(({ conditions }) => conditions)).toEqual(
    destructive.map(() => ({ StringEquals: { 'aws:ResourceTag/elbv2.k8s.aws/cluster': 'acme' } })),
  );
  expect(destructive).toHaveLength(2);
});

test('every `*` has its reason', () => {
  const wild = statements.filter(({ resources }) => resources.includes('*'));
  expect(wild.filter(({ reason }) => reason === undefined)).toEqual([]);
});
