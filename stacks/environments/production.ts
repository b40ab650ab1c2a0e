import { DataSize, Duration } from '../../lib/core';
import { ANALYTICS_ACCESS, analyticsCatalogs, analyticsLogin, PRODUCT_DATABASES } from '../analytics';
import type { EnvironmentConfig } from '../environment-config';

/** Three zones, nothing single, everything that holds data protected twice. */
export const environment: EnvironmentConfig = {
  organization: 'acme',
  region: 'eu-west-1',
  accountId: '444455556666',
  state: { bucket: 'acme-production-terraform-state' },
  tags: { CostCenter: 'analytics' },
  network: { cidr: '10.40.0.0/16', zones: 3 },
  lake: { expireNoncurrentDays: 90 },
  mysql: { instanceClass: 'db.r7g.large', storageGiB: 200, backupRetentionDays: 35 },
  kafka: { brokerType: 'kafka.m7g.xlarge', volumeGiB: 500, topics: [{ name: 'orders', partitions: 24 }] },
  cluster: { admins: ['arn:aws:iam::444455556666:role/platform-engineer'] },
  nodePools: {
    system: { instanceTypes: ['m7g.xlarge'], minSize: 3, maxSize: 6 },
    coordinator: { instanceTypes: ['r8g.4xlarge'], minSize: 1, maxSize: 2 },
    workers: { instanceTypes: ['r8gd.4xlarge'], minSize: 3, maxSize: 20 },
  },
  databases: PRODUCT_DATABASES,
  trino: {
    workers: { min: 3, max: 20 },
    spill: { volume: DataSize.gib(500) },
    // No longer than a node waits while it drains: an update of the nodes loses no query.
    limits: { maxExecutionTime: Duration.minutes(10) },
    ingress: {
      host: 'trino.production.acme.example',
      certificateArn: 'arn:aws:acm:eu-west-1:444455556666:certificate/6f1d2c3b-0a9e-4b7d-8c5f-444455556666',
    },
    authentication: analyticsLogin('production'),
    accessControl: ANALYTICS_ACCESS,
  },
  catalogs: analyticsCatalogs,
};
