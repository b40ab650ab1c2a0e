export {
  HiveMetastore,
  type HiveMetastoreOptions,
  type HiveMetastoreProps,
  hiveMetastoreViolations,
  type IHiveMetastore,
} from './hive-metastore';
export { THRIFT_PORT } from './site';
export { DEFAULT_HIVE_VERSION, HIVE_VERSIONS, type HiveVersion, hiveVersion, hiveVersionViolations } from './version';
