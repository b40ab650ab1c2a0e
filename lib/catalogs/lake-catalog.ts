import type { ILakeBucket } from '../aws';
import { regionViolations } from '../aws/region';
import { choiceViolations, refuse, type Violation } from '../core';
import {
  type CatalogConfig,
  deltaLakeCatalog,
  hiveCatalog,
  icebergCatalog,
  type LakeConfig,
  metastoreCautions,
} from '../trino';
import type { CatalogHost } from './catalog';
import { CatalogBase, type CatalogProps } from './catalog-base';
import type { LakeAccess, LakeFormat } from './glue-data-catalog';
import type { Metastore } from './metastore';

/** Where tables and their metadata are, in which format, and whether Trino may write them. */
export interface LakeCatalogProps extends CatalogProps {
  /** Where the tables are. */
  readonly bucket: ILakeBucket;
  /** Only what is below it: `warehouse`. @default - the whole bucket */
  readonly prefix?: string;
  readonly metastore: Metastore;
  /** @default 'iceberg' */
  readonly format?: LakeFormat;
  /** `read` is kept by Trino, which refuses the statement, and by IAM. @default 'read-write' */
  readonly access?: LakeAccess;
  /** The AWS region of the bucket. @default - that of the host */
  readonly bucketRegion?: string;
}

interface Format {
  readonly make: (config: LakeConfig, access: LakeAccess) => CatalogConfig;
  /** The property by which the connector refuses whatever writes. */
  readonly security: string;
}

const FORMATS: Readonly<Record<LakeFormat, Format>> = {
  iceberg: { make: icebergCatalog, security: 'iceberg.security' },
  hive: {
    make: (config, access) => hiveCatalog({ ...config, writeExternalTables: access === 'read-write' }),
    security: 'hive.security',
  },
  delta: { make: deltaLakeCatalog, security: 'delta.security' },
};

const PROPS = {
  'hive.metastore': 'metastore',
  'hive.metastore.uri': 'metastore',
  'iceberg.catalog.type': 'metastore',
  'hive.metastore.glue.default-warehouse-dir': 'prefix',
  's3.region': 'bucketRegion',
  'hive.non-managed-table-writes-enabled': 'access',
  'iceberg.security': 'access',
  'hive.security': 'access',
  'delta.security': 'access',
};

function lakeViolations({ format, access, bucketRegion }: LakeCatalogProps): readonly Violation[] {
  return [
    ...choiceViolations('format', format, Object.keys(FORMATS)),
    ...choiceViolations('access', access, ['read', 'read-write']),
    ...(bucketRegion === undefined ? [] : regionViolations('bucketRegion', bucketRegion)),
  ];
}

/** Tables of files in a bucket. @see https://trino.io/docs/current/object-storage.html */
export class LakeCatalog extends CatalogBase {
  private readonly format: LakeFormat;
  private readonly access: LakeAccess;

  /** @throws ConfigError for a format, an access or a region that is none */
  public constructor(
    name: string,
    private readonly props: LakeCatalogProps,
  ) {
    super(name, props.extraProperties, PROPS);
    refuse(`catalog ${name}`, lakeViolations(props));
    this.format = props.format ?? 'iceberg';
    this.access = props.access ?? 'read-write';
  }

  protected config(host: CatalogHost): CatalogConfig {
    const { make, security } = FORMATS[this.format];
    const { connector, properties } = make(this.lake(host), this.access);
    const readOnly = this.access === 'read-write' ? {} : { [security]: 'READ_ONLY' };
    return { connector, properties: { ...properties, ...readOnly } };
  }

  protected open(host: CatalogHost): void {
    const { bucket, metastore, prefix } = this.props;
    if (this.access === 'read-write') bucket.grantReadWrite(host, prefix);
    else bucket.grantRead(host, prefix);
    metastore.open(host, { format: this.format, access: this.access, reason: this.reason });
    for (const { path, text } of metastoreCautions(this.lake(host))) this.warn(host, `${path}: ${text}`);
  }

  private lake(host: CatalogHost): LakeConfig {
    const { bucket, prefix, metastore, bucketRegion } = this.props;
    return {
      release: host.release,
      metastore: metastore.config(host, bucket.uri(prefix)),
      s3: { region: bucketRegion ?? host.region },
    };
  }
}
