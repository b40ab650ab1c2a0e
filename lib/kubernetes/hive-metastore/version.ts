import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { oneOf, refuse, show, type Violation } from '../../core';

/** Where the parts of a metastore are in its pods, and in an image of one's own. */
export const INSTALLED = '/opt/metastore';

/** A release of the Hive Metastore, with what is known of it. */
export interface HiveVersion {
  readonly version: string;
  /** Brings Java, and for some releases the metastore itself. */
  readonly image: string;
  /** `METASTORE_HOME`: the scripts of the schema are below it. */
  readonly home: string;
  /** Class path, without the folder of the configuration. */
  readonly libraries: readonly string[];
  /** Parts that the image lacks: `<sha256>  <path in a Maven repository>`, a line for each. */
  readonly artifacts: string;
  /** What is not proven, for a warning. @default - everything is: this release runs in this library's tests */
  readonly caution?: string;
}

/** The release that runs when none is named: the line that Trino's own tests use. @see https://github.com/trinodb/trino/issues/15560 */
export const DEFAULT_HIVE_VERSION = '4.0.1';

const EXTRA = `${INSTALLED}/extra/*`;
/** Class path of all that `install.sh` brings: our driver of MySQL comes before the older one that 4.0.1 carries. */
export const INSTALLED_LIBRARIES: readonly string[] = [EXTRA, `${INSTALLED}/lib/*`];

/**
 * 4.0.1 is the newest release whose server is in Maven Central, so all of it, the driver of MySQL and S3A included, is
 * pinned by checksum on a plain Java image. 4.2.1 is in Apache's own image only, which lacks the driver and S3A.
 * @see https://hive.apache.org/general/downloads/
 */
const VERSIONS: readonly Omit<HiveVersion, 'artifacts'>[] = [
  {
    version: '4.0.1',
    image: 'eclipse-temurin:17.0.12_7-jre-jammy',
    home: INSTALLED,
    libraries: INSTALLED_LIBRARIES,
  },
  {
    version: '4.2.1',
    image: 'apache/hive:standalone-metastore-4.2.1',
    home: '/opt/hive',
    libraries: [
      EXTRA,
      '/opt/hive/lib/*',
      ...['common', 'common/lib', 'hdfs', 'hdfs/lib', 'tools/lib'].map((it) => `/opt/hadoop/share/hadoop/${it}/*`),
    ],
    caution: 'others run it with Trino 483; its class path with S3A was not started by the tests of this library',
  },
];

/** Every release that a metastore can have. */
export const HIVE_VERSIONS: readonly string[] = VERSIONS.map(({ version }) => version);

/** @throws ConfigError listing the known releases */
export function hiveVersion(wanted: string): HiveVersion {
  refuse('hive metastore', hiveVersionViolations(wanted));
  const found = VERSIONS.find(({ version }) => version === wanted);
  if (found === undefined) throw new RangeError(`hive metastore: ${wanted} is unknown`);
  return { ...found, artifacts: readFileSync(join(__dirname, 'data', `artifacts-${wanted}.txt`), 'utf8') };
}

/** What is wrong with a version. */
export function hiveVersionViolations(version: string): readonly Violation[] {
  if (HIVE_VERSIONS.includes(version)) return [];
  const fix = `use ${show(DEFAULT_HIVE_VERSION)}`;
  return [{ path: 'version', got: show(version), allowed: oneOf(HIVE_VERSIONS), fix }];
}
