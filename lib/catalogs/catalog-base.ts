import { Annotations } from 'cdktf';
import { ConfigError, refuse } from '../core';
import { type CatalogConfig, catalogNameViolations, type SecretProperties, withExtras } from '../trino';
import type { CatalogHost, ICatalog } from './catalog';

/** What every catalog takes. */
export interface CatalogProps {
  /**
   * Lines of the catalog's file that have no prop of their own, by Trino's names; a secret is a `SecretRef`.
   * @default - none
   */
  readonly extraProperties?: SecretProperties;
}

/** What every catalog does alike: first it says what its file holds, then it opens and grants what that needs. */
export abstract class CatalogBase implements ICatalog {
  private readonly opened = new WeakSet<CatalogHost>();

  /**
   * @param extraProperties added to what `config` returns
   * @param propOf which prop sets a managed property, for who tries to set it by hand
   * @throws ConfigError when SQL would need quotes for the name
   */
  protected constructor(
    public readonly name: string,
    private readonly extraProperties: SecretProperties = {},
    private readonly propOf: Readonly<Record<string, string>> = {},
  ) {
    refuse(`catalog ${name}`, catalogNameViolations([name]));
  }

  public bind(host: CatalogHost): CatalogConfig {
    const config = this.checked(host);
    if (!this.opened.has(host)) this.open(host);
    this.opened.add(host);
    return config;
  }

  /** What the files say, without `extraProperties`. */
  protected abstract config(host: CatalogHost): CatalogConfig;

  /** Ports, permissions and warnings, in the scope of the host; once for each host. */
  protected abstract open(host: CatalogHost): void;

  /** Why a port is open: it stands at both rules in the console. */
  protected get reason(): string {
    return `catalog ${this.name}`;
  }

  /** Tells what works but may surprise. */
  protected warn(host: CatalogHost, text: string): void {
    Annotations.of(host).addWarning(`catalog ${this.name}: ${text}`);
  }

  private checked(host: CatalogHost): CatalogConfig {
    try {
      const config = this.config(host);
      return { ...config, properties: withExtras(config.properties, this.extraProperties, this.propOf) };
    } catch (error) {
      if (error instanceof ConfigError) throw new ConfigError(`catalog ${this.name}: ${error.where}`, error.violations);
      throw error;
    }
  }
}
