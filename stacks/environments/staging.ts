import { DataSize, Duration } from '../../lib/core';
import { ANALYTICS_ACCESS, analyticsCatalogs, analyticsLogin, PRODUCT_DATABASES } from '../analytics';
import type { EnvironmentConfig } from '../environment-config';

/** As production is, with fewer and smaller machines: what passes here has passed the same shape. */
export const environment: EnvironmentConfig = {
  organization: 'acme',
  region: 'eu-west-1',
  state: { bucket: 'acme-staging-terraform-state' },
  network: { cidr: '10.30.0.0/16', zones: 3, natGateways: 'single' },
  mysql: { instanceClass: 'db.m7g.large', storageGiB: 100 },
  kafka: { brokerType: 'kafka.m7g.large', volumeGiB: 100, topics: [{ name: 'orders', partitions: 12 }] },
  cluster: { admins: ['arn:aws:iam::111122223333:role/platform-engineer'] },
  nodePools: {
    system: { instanceTypes: ['m7g.large'], minSize: 3, maxSize: 4 },
    coordinator: { instanceTypes: ['r7g.2xlarge'], minSize: 1, maxSize: 2 },
    workers: { instanceTypes: ['r7gd.4xlarge', 'r6gd.4xlarge'], minSize: 1, maxSize: 6 },
  },
  databases: PRODUCT_DATABASES,
  trino: {
    workers: { min: 1, max: 6 },
    spill: { volume: DataSize.gib(200) },
    // As in production: no longer than a node waits while it drains.
    limits: { maxExecutionTime: Duration.minutes(10) },
    ingress: {
      host: 'trino.staging.acme.example',
      certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/6f1d2c3b-0a9e-4b7d-8c5f-111122223333',
    },
    authentication: analyticsLogin('staging'),
    accessControl: ANALYTICS_ACCESS,
  },
  catalogs: analyticsCatalogs,
};
