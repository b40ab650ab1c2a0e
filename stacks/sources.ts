import type { IExchangeBucket } from '../lib/aws/exchange-bucket';
import type { IKafkaCluster } from '../lib/aws/kafka-cluster';
import type { ILakeBucket } from '../lib/aws/lake-bucket';
import type { IMySqlDatabase } from '../lib/aws/mysql-database';
import type { Credentials } from '../lib/aws/secret';
import type { Metastore } from '../lib/catalogs';
import { ConfigError, show } from '../lib/core';

/** The database of the environment, with the user that may read what products keep in it. */
export interface MySqlSource {
  readonly database: IMySqlDatabase;
  readonly credentials: Credentials;
}

/** What an environment declares and catalogs can be made of. */
export interface DeclaredSources {
  /** `eu-west-1`. */
  readonly region: string;
  readonly lake: ILakeBucket;
  readonly exchange: IExchangeBucket;
  readonly metastore: Metastore | undefined;
  readonly mysql: MySqlSource | undefined;
  readonly kafka: IKafkaCluster | undefined;
}

/** The sources of an environment: asking for one that it does not declare is refused by name. */
export class Sources {
  /** @param environment its name, for errors */
  public constructor(
    private readonly environment: string,
    private readonly declared: DeclaredSources,
  ) {}

  public get region(): string {
    return this.declared.region;
  }

  public get lake(): ILakeBucket {
    return this.declared.lake;
  }

  public get exchange(): IExchangeBucket {
    return this.declared.exchange;
  }

  /** The Hive Metastore, which keeps its tables in MySQL; Glue needs no declaration: `Metastore.glue()`. */
  public get metastore(): Metastore {
    return this.declared.metastore ?? this.missing('metastore', 'mysql');
  }

  public get mysql(): MySqlSource {
    return this.declared.mysql ?? this.missing('mysql');
  }

  public get kafka(): IKafkaCluster {
    return this.declared.kafka ?? this.missing('kafka');
  }

  private missing(source: string, section = source): never {
    const got = `${show(source)}, which ${show(this.environment)} does not declare`;
    throw new ConfigError(`environment ${this.environment}`, [
      { path: 'catalogs', got, allowed: 'sources that the environment declares', fix: `add a ${section} section` },
    ]);
  }
}
