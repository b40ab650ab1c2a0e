import type { IConnectable } from '../aws';
import type { MetastoreConfig } from '../trino';
import type { CatalogHost } from './catalog';
import { GlueDataCatalog, type LakeAccess, type LakeFormat } from './glue-data-catalog';

/** A Hive Metastore, run by us or by others. */
export interface HiveMetastoreServer extends IConnectable {
  /** `thrift://host:9083`. */
  readonly thriftUri: string;
  /** Its own version, `4.0.1`. */
  readonly version: string;
}

/** Who asks a metastore, and what for. */
export interface MetastoreUse {
  readonly format: LakeFormat;
  readonly access: LakeAccess;
  /** Why, for rules of security groups. */
  readonly reason: string;
}

/** Where the definitions of a lake's tables live. */
export class Metastore {
  private constructor(
    /** What Trino is told. @param warehouse where tables without a place of their own go: `s3://bucket/prefix` */
    public readonly config: (host: CatalogHost, warehouse: string) => MetastoreConfig,
    /** Lets a host use it. */
    public readonly open: (host: CatalogHost, use: MetastoreUse) => void,
  ) {}

  /** A Hive Metastore, which decides by itself where its warehouse is. Its default port is opened. */
  public static hive(server: HiveMetastoreServer): Metastore {
    const { thriftUri: uri, version, connections } = server;
    return new Metastore(
      () => ({ kind: 'hive', uri, version }),
      (host, { reason }) => connections.allowDefaultPortFrom(host, reason),
    );
  }

  /** The Glue Data Catalog of the account and region that the host runs in: nothing to run, and IAM decides who may. */
  public static glue(): Metastore {
    return new Metastore(
      ({ region }, warehouse) => ({ kind: 'glue', region, warehouse }),
      (host, { format, access }) => GlueDataCatalog.of(host).grant(format, access),
    );
  }
}
