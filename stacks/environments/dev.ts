import { TpchCatalog } from '../../lib/catalogs';
import { ANALYTICS_ACCESS, analyticsCatalogs, PRODUCT_DATABASES } from '../analytics';
import type { EnvironmentConfig } from '../environment-config';

/** Small and cheap: two zones, one NAT gateway, spot workers that may go to zero, nothing that outlives a mistake. */
export const environment: EnvironmentConfig = {
  organization: 'acme',
  region: 'eu-west-1',
  state: { bucket: 'acme-dev-terraform-state' },
  retainData: false,
  dataLossAccepted: 'dev',
  network: { cidr: '10.20.0.0/16', zones: 2, natGateways: 'single', flowLogRetentionDays: 30 },
  lake: { expireNoncurrentDays: 7 },
  mysql: {
    instanceClass: 'db.t4g.medium',
    storageGiB: 50,
    multiAz: false,
    backupRetentionDays: 1,
    logRetentionDays: 30,
  },
  kafka: {
    brokerType: 'kafka.m7g.large',
    volumeGiB: 50,
    logRetentionDays: 30,
    topics: [{ name: 'orders', partitions: 6 }],
  },
  cluster: { admins: ['arn:aws:iam::111122223333:role/platform-engineer'], logRetentionDays: 30 },
  nodePools: {
    system: { instanceTypes: ['m7g.large'], minSize: 2, maxSize: 3 },
    coordinator: { instanceTypes: ['r7g.xlarge'], minSize: 1, maxSize: 2 },
    workers: { instanceTypes: ['r7gd.2xlarge', 'r6gd.2xlarge'], minSize: 0, maxSize: 6, capacity: 'spot' },
  },
  databases: PRODUCT_DATABASES,
  trino: {
    workers: { min: 0, max: 6 },
    // Workers are on spot: what one of them had done by then runs again elsewhere.
    faultTolerance: { retryPolicy: 'TASK' },
    accessControl: ANALYTICS_ACCESS,
  },
  catalogs: (sources) => [...analyticsCatalogs(sources), new TpchCatalog()],
};
