import { hasInsights, instanceClassViolations } from '../../lib/aws/mysql-instance-classes';

test.each(['db.t4g.micro', 'db.t3.2xlarge', 'db.m5.24xlarge', 'db.m7g.large', 'db.r8g.48xlarge', 'db.x2iedn.32xlarge'])(
  'MySQL 8.4 runs on %s',
  (instanceClass) => {
    expect(instanceClassViolations(instanceClass)).toEqual([]);
  },
);

test.each([
  ['db.m4.large', /a family that MySQL 8\.4 runs on: t3, t4g/],
  ['db.r4.large', /a family/],
  ['db.t2.micro', /a family/],
  ['db.z1d.large', /a family/],
  ['db.c6gd.large', /a family/],
  ['m7g.large', /a family/],
  ['db.m7g.24xlarge', /a size of large, xlarge/],
  ['db.r6idn.large', /a size of xlarge/],
  ['db.r6i.metal', /a size of large/],
  ['db.r5.4xlarge.tpc2.mem2x', /a family/],
])('fails when the class is %s, with what would do', (instanceClass, allowed) => {
  expect(instanceClassViolations(instanceClass)).toEqual([
    expect.objectContaining({
      path: 'instanceClass',
      got: `'${instanceClass}'`,
      allowed: expect.stringMatching(allowed),
    }),
  ]);
});

test('the smallest classes record no insights', () => {
  expect(['db.t3.micro', 'db.t4g.small', 'db.t4g.medium', 'db.m7g.large'].map(hasInsights)).toEqual([
    false,
    false,
    true,
    true,
  ]);
});
