import { ConfigError, oneOf, show } from '../core';
import { MYSQL_EVENT_COLUMNS } from './event-columns';

/** What differs between releases and is no property: one row per release that the library has data for. */
interface ReleaseFacts {
  readonly javaVersion: number;
  readonly chartVersion?: string;
  readonly s3Switch: string;
  readonly jmxObjectNames: string;
  readonly listenerCanOutliveDatabase: boolean;
  readonly fallback?: string;
}

const COMMON = {
  javaVersion: 25,
  s3Switch: 'fs.s3.enabled',
  jmxObjectNames: 'openmetrics.jmx-object-names',
  listenerCanOutliveDatabase: true,
};

const RELEASES: Readonly<Record<string, ReleaseFacts>> = {
  '476': { ...COMMON, javaVersion: 24, s3Switch: 'fs.native-s3.enabled', listenerCanOutliveDatabase: false },
  '480': { ...COMMON, s3Switch: 'fs.native-s3.enabled', chartVersion: '1.42.2' },
  '481': COMMON,
  '483': { ...COMMON, jmxObjectNames: 'metrics.jmx-object-names', fallback: '481' },
};

/**
 * A Trino release and everything that the library knows to be different in it.
 * What it accepts in its configuration files is in `properties/`.
 */
export class TrinoRelease {
  /** The versions that the library has data for, oldest first. */
  public static readonly KNOWN: readonly string[] = Object.keys(RELEASES);

  /** The release that the library and its pinned chart are made for. */
  public static readonly DEFAULT = TrinoRelease.of('480');

  private constructor(
    /** The number people say: `480`. It is the tag of the image `trinodb/trino`, too. */
    public readonly version: string,
    private readonly facts: ReleaseFacts,
  ) {}

  /** @throws ConfigError for a release that the library has no data for; the error lists the ones it has */
  public static of(version: string): TrinoRelease {
    const facts = RELEASES[version];
    if (facts === undefined) {
      throw new ConfigError('trino', [
        {
          path: 'release',
          got: show(version),
          allowed: oneOf(TrinoRelease.KNOWN),
          fix: 'choose a release whose accepted properties are known, or add its data with the generator in tools/property-catalogue',
        },
      ]);
    }
    return new TrinoRelease(version, facts);
  }

  /** The Java release that the server asks for; the official image carries it. */
  public get javaVersion(): number {
    return this.facts.javaVersion;
  }

  /**
   * The Helm chart that was released for it; undefined when none was: then the pinned chart runs it by its image tag.
   * @see https://github.com/trinodb/charts
   */
  public get chartVersion(): string | undefined {
    return this.facts.chartVersion;
  }

  /**
   * The property by which a catalog turns on S3. The spooling manager says `fs.s3.enabled` in every release.
   * @see https://trino.io/docs/current/object-storage/file-system-s3.html
   */
  public get s3Switch(): string {
    return this.facts.s3Switch;
  }

  /**
   * The property that lists the JMX objects to show on `/metrics`.
   * @see https://trino.io/docs/current/admin/openmetrics.html
   */
  public get jmxObjectNames(): string {
    return this.facts.jmxObjectNames;
  }

  /**
   * Whether `mysql-event-listener.terminate-on-initialization-failure=false` can keep the coordinator up while the
   * audit database is away; releases without that property refuse it and need the database at every start.
   * @see https://trino.io/docs/current/admin/event-listeners-mysql.html
   */
  public get listenerCanOutliveDatabase(): boolean {
    return this.facts.listenerCanOutliveDatabase;
  }

  /** The columns of `trino_queries`, the table that the MySQL event listener writes, in its order. */
  public get eventColumns(): readonly string[] {
    return MYSQL_EVENT_COLUMNS;
  }

  /** The release whose data stand in where this one's are missing; undefined when its data are complete. */
  public get fallback(): TrinoRelease | undefined {
    return this.facts.fallback === undefined ? undefined : TrinoRelease.of(this.facts.fallback);
  }

  /** Whether this release is `version` or newer. */
  public isAtLeast(version: string): boolean {
    return Number(this.version) >= Number(version);
  }

  public toString(): string {
    return `Trino ${this.version}`;
  }
}
