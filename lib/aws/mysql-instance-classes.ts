import { type Violation, isToken, show } from '../core';

const UP_TO_16 = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge'] as const;
const UP_TO_24 = [...UP_TO_16, '24xlarge'] as const;
const UP_TO_32 = [...UP_TO_24, '32xlarge'] as const;
const UP_TO_48 = [...UP_TO_24, '48xlarge'] as const;
const BURSTABLE = ['micro', 'small', 'medium', 'large', 'xlarge', '2xlarge'] as const;

/**
 * What RDS runs MySQL 8.4 on, by family. The generations before (m4, r4, t2 and older) are deprecated, z1d and x1 are for
 * other engines, c6gd for clusters.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html
 */
const SIZES: Readonly<Record<string, readonly string[]>> = {
  ...families(['t3', 't4g'], BURSTABLE),
  ...families(['m6g', 'm6gd', 'm7g', 'r6g', 'r6gd', 'r7g', 'x2g'], UP_TO_16),
  ...families(['m5', 'm5d', 'r5', 'r5b', 'r5d'], UP_TO_24),
  ...families(['m6i', 'm6id', 'm6idn', 'm6in', 'r6i', 'r6id', 'r6in'], UP_TO_32),
  ...families(['m7i', 'm8g', 'm8gd', 'r7i', 'r8g', 'r8gd'], UP_TO_48),
  r6idn: UP_TO_32.slice(1),
  x2idn: ['16xlarge', '24xlarge', '32xlarge'],
  x2iedn: ['xlarge', '2xlarge', '4xlarge', '8xlarge', '16xlarge', '24xlarge', '32xlarge'],
};

function families(names: readonly string[], sizes: readonly string[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(names.map((name) => [name, sizes]));
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DatabaseInsights.Engines.html */
const WITHOUT_INSIGHTS: readonly string[] = ['db.t3.micro', 'db.t3.small', 'db.t4g.micro', 'db.t4g.small'];

/** Whether RDS records the load of a database of this class by statement and wait. */
export function hasInsights(instanceClass: string): boolean {
  return !WITHOUT_INSIGHTS.includes(instanceClass);
}

/** What is wrong with an instance class for MySQL 8.4. */
export function instanceClassViolations(instanceClass: string): readonly Violation[] {
  if (isToken(instanceClass)) return [];
  const [, family = '', size = ''] = /^db\.([a-z0-9]+)\.([a-z0-9]+)$/.exec(instanceClass) ?? [];
  const sizes = SIZES[family];
  if (sizes?.includes(size) === true) return [];
  const allowed =
    sizes === undefined
      ? `db.<family>.<size> with a family that MySQL 8.4 runs on: ${Object.keys(SIZES).join(', ')}`
      : `db.${family}.<size> with a size of ${sizes.join(', ')}`;
  const fix = 'use db.t4g.medium for trials, db.m7g.large and larger for production';
  return [{ path: 'instanceClass', got: show(instanceClass), allowed, fix }];
}
