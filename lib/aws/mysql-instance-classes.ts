import { type Violation, isToken, show } from '../core';

/**
 * Families of instance classes that RDS runs MySQL 8.4 on. Left out are the previous generations (m3, m4, r3, r4, t2),
 * which MySQL 8.4 does not run on.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html
 */
const FAMILIES: readonly string[] = [
  ...['m5', 'm5d', 'm6g', 'm6gd', 'm6i', 'm6id', 'm6idn', 'm6in', 'm7g', 'm7i', 'm8g', 'm8gd'],
  ...['r5', 'r5b', 'r5d', 'r6g', 'r6gd', 'r6i', 'r6id', 'r6idn', 'r6in', 'r7g', 'r7i', 'r8g', 'r8gd'],
  ...['t3', 't4g', 'x2g', 'x2idn', 'x2iedn'],
];

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DatabaseInsights.Engines.html */
const WITHOUT_INSIGHTS: readonly string[] = ['db.t3.micro', 'db.t3.small', 'db.t4g.micro', 'db.t4g.small'];

/** Whether RDS records the load of a database of this class by statement and wait. */
export function hasInsights(instanceClass: string): boolean {
  return !WITHOUT_INSIGHTS.includes(instanceClass);
}

/** What is wrong with an instance class for MySQL 8.4. */
export function instanceClassViolations(instanceClass: string): readonly Violation[] {
  const [, family] = /^db\.([a-z0-9]+)\.[a-z0-9]+$/.exec(instanceClass) ?? [];
  if (isToken(instanceClass) || (family !== undefined && FAMILIES.includes(family))) return [];
  return [
    {
      path: 'instanceClass',
      got: show(instanceClass),
      allowed: `db.<family>.<size> with a family that MySQL 8.4 runs on: ${FAMILIES.join(', ')}`,
      fix: 'use db.t4g.medium for trials, db.m7g.large and larger for production',
    },
  ];
}
