/** What a definition that cannot work looks like, and what is said about it: `message.txt` is compared by a test. */
import { environment as dev } from '../../stacks/environments/dev';
import type { EnvironmentConfig } from '../../stacks';

// region: refused
export const environment: EnvironmentConfig = {
  ...dev,
  network: { cidr: '10.20.0.0/24', zones: 2 },
  mysql: { instanceClass: 'db.m4.large' },
  cluster: { ...dev.cluster, version: '1.29' },
  nodePools: {
    ...dev.nodePools,
    workers: { instanceTypes: ['r7gd.2xlrge'], minSize: 0, maxSize: 6 },
  },
};
// endregion
