import { NEWEST_MYSQL_VERSION } from '../../../lib/aws/mysql-options';
import type { EnvironmentConfig } from '../../../stacks';
import type { DayTwoChange } from './life';

/** What happens to every environment on its second day. */
export const DAY_TWO: readonly DayTwoChange[] = [
  {
    name: 'a node pool may grow further',
    edit: (config) => withWorkers(config, { maxSize: config.nodePools.workers.maxSize + 2 }),
    updates: ['aws_eks_node_group'],
  },
  {
    name: 'Kubernetes goes to the next minor version',
    edit: (config) => ({ ...config, cluster: { ...config.cluster, version: '1.36' } }),
    updates: ['aws_eks_cluster'],
  },
  {
    name: 'old versions of lake objects are kept for fewer days',
    edit: (config) => ({ ...config, lake: { ...config.lake, expireNoncurrentDays: 5 } }),
    updates: ['aws_s3_bucket_lifecycle_configuration'],
  },
  {
    name: 'MySQL is pinned to a patch release, gets a larger machine and logs more',
    edit: (config) => ({
      ...config,
      mysql: { ...config.mysql, version: NEWEST_MYSQL_VERSION, instanceClass: 'db.r7g.xlarge', longQuerySeconds: 1 },
    }),
    updates: ['aws_db_instance', 'aws_db_parameter_group'],
  },
  {
    name: 'Kafka gets larger brokers',
    edit: (config) => ({ ...config, kafka: { ...config.kafka, brokerType: 'kafka.m7g.2xlarge' } }),
    updates: ['aws_msk_cluster'],
  },
];

type Workers = EnvironmentConfig['nodePools']['workers'];

function withWorkers(config: EnvironmentConfig, changes: Partial<Workers>): EnvironmentConfig {
  const { nodePools } = config;
  return { ...config, nodePools: { ...nodePools, workers: { ...nodePools.workers, ...changes } } };
}
