import { clusterAutoscalerStatements } from '../../lib/aws/cluster-autoscaler-permissions';
import { Statements } from '../../lib/aws/grants';

test("the autoscaler changes only groups that carry its own cluster's tag", () => {
  const changing = clusterAutoscalerStatements('acme-dev').filter(({ actions }) =>
    actions.some((action) => !/:(Describe|Get)/.test(action)),
  );
  expect(changing).toEqual([
    expect.objectContaining({
      actions: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
      conditions: { StringEquals: { 'aws:ResourceTag/k8s.io/cluster-autoscaler/acme-dev': 'owned' } },
    }),
  ]);
});

test('it reads node groups of EKS, which tell it what a node of an empty pool looks like', () => {
  const actions = clusterAutoscalerStatements('acme-dev').flatMap((statement) => statement.actions);
  expect(actions).toContain('eks:DescribeNodegroup');
});

test('each statement without a named resource carries its reason, so a role accepts it', () => {
  const statements = new Statements('test');
  for (const statement of clusterAutoscalerStatements('acme-dev')) statements.add(statement);
  expect(statements.all).toHaveLength(2);
});
