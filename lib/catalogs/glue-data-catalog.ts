import { TerraformStack } from 'cdktf';
import { Account } from '../aws/account';
import type { CatalogHost } from './catalog';

/** How a lake's tables are written. */
export type LakeFormat = 'iceberg' | 'hive' | 'delta';

/** What queries may do with a lake. */
export type LakeAccess = 'read' | 'read-write';

interface GlueCalls {
  readonly read: readonly string[];
  readonly write: readonly string[];
}

/** What the Iceberg connector calls. @see https://github.com/trinodb/trino/tree/480/plugin/trino-iceberg/src/main/java/io/trino/plugin/iceberg/catalog/glue */
const ICEBERG: GlueCalls = {
  read: ['GetDatabase', 'GetDatabases', 'GetTable', 'GetTables'],
  write: ['CreateDatabase', 'DeleteDatabase', 'CreateTable', 'UpdateTable', 'DeleteTable'],
};

/** What the metastore client calls that Hive and Delta Lake share. @see https://github.com/trinodb/trino/blob/480/plugin/trino-hive/src/main/java/io/trino/plugin/hive/metastore/glue/GlueHiveMetastore.java */
const METASTORE: GlueCalls = {
  read: [
    ...ICEBERG.read,
    'GetPartition',
    'GetPartitions',
    'BatchGetPartition',
    'GetColumnStatisticsForTable',
    'GetColumnStatisticsForPartition',
    'GetUserDefinedFunction',
    'GetUserDefinedFunctions',
  ],
  write: [
    ...ICEBERG.write,
    'UpdateDatabase',
    'BatchCreatePartition',
    'BatchUpdatePartition',
    'UpdatePartition',
    'DeletePartition',
    'UpdateColumnStatisticsForTable',
    'DeleteColumnStatisticsForTable',
    'UpdateColumnStatisticsForPartition',
    'DeleteColumnStatisticsForPartition',
    'CreateUserDefinedFunction',
    'UpdateUserDefinedFunction',
    'DeleteUserDefinedFunction',
  ],
};

const OBJECTS = ['catalog', 'database/*', 'table/*/*', 'userDefinedFunction/*/*'];

/**
 * The Glue Data Catalog of the account and region that a host runs in. Glue wants each call allowed on the object and on
 * all that it is in; a deletion, on all that is in it, too.
 * @see https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html
 * @see https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html
 */
export class GlueDataCatalog {
  private static readonly known = new WeakMap<CatalogHost, GlueDataCatalog>();
  private readonly arns: readonly string[];

  private constructor(private readonly host: CatalogHost) {
    const { partition, accountId } = Account.of(TerraformStack.of(host));
    this.arns = OBJECTS.map((object) => `arn:${partition}:glue:${host.region}:${accountId}:${object}`);
  }

  /** One for each host: an account's number is a new placeholder each time, and equal texts are granted once. */
  public static of(host: CatalogHost): GlueDataCatalog {
    const catalog = GlueDataCatalog.known.get(host) ?? new GlueDataCatalog(host);
    GlueDataCatalog.known.set(host, catalog);
    return catalog;
  }

  /** Allows what Trino calls, and nothing else. */
  public grant(format: LakeFormat, access: LakeAccess): void {
    const { read, write } = format === 'iceberg' ? ICEBERG : METASTORE;
    const calls = access === 'read-write' ? [...read, ...write] : read;
    this.host.addStatement({ actions: calls.map((call) => `glue:${call}`), resources: this.arns });
  }
}
