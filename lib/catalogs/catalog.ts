import type { IConstruct } from 'constructs';
import type { IConnectable, IGrantable } from '../aws';
import type { CatalogConfig, TrinoRelease } from '../trino';

/**
 * The pods that run catalogs, as a catalog sees them: a role to grant to, a security group to open ports for. As a
 * construct it says in which account they run, and takes warnings.
 */
export interface CatalogHost extends IConstruct, IGrantable, IConnectable {
  /** What they run: names of properties follow from it. */
  readonly release: TrinoRelease;
  /** The AWS region that they run in: `eu-west-1`. */
  readonly region: string;
}

/**
 * A source of data under a name. It knows what it needs of its host and what it says to Trino; the platform knows
 * neither connectors nor sources.
 *
 * One catalog may be bound to several hosts: two platforms on one lake.
 */
export interface ICatalog {
  /** As SQL sees it: `[a-z][a-z0-9_]*`. */
  readonly name: string;
  /**
   * Opens the ports and grants the permissions that the catalog needs, in the scope of the host, and returns what its
   * files say. Secrets stand there as references: whoever delivers them to the pods reads them. A host that is asked twice gets nothing twice.
   * @throws ConfigError when the catalog cannot work with what it was given
   */
  bind(host: CatalogHost): CatalogConfig;
}
