/** The port that clients speak Thrift on. */
export const THRIFT_PORT = 9083;

/** The variable that holds the password of the metastore's database user. */
export const PASSWORD_VARIABLE = 'METASTORE_DB_PASSWORD';

export interface SiteOptions {
  readonly jdbcUrl: string;
  readonly username: string;
  /** Where tables go that are Hive's own: `s3://lake/managed`. */
  readonly managedWarehouse: string;
  /** Where all other tables go, outside of `managedWarehouse`. */
  readonly externalWarehouse: string;
  readonly region: string;
}

/**
 * `metastore-site.xml`. The password is a variable that Hadoop's configuration resolves by itself, so the file is no
 * secret. Housekeeping for ACID tables is off: Trino's tables are not of that kind.
 * @see https://hadoop.apache.org/docs/r3.4.1/api/org/apache/hadoop/conf/Configuration.html (Variable Expansion)
 * @see https://hadoop.apache.org/docs/r3.4.1/hadoop-aws/tools/hadoop-aws/index.html
 */
export function metastoreSite(options: SiteOptions): string {
  const properties = Object.entries(siteProperties(options)).map(
    ([name, value]) => `  <property><name>${name}</name><value>${escapeXml(value)}</value></property>`,
  );
  return ['<configuration>', ...properties, '</configuration>', ''].join('\n');
}

function siteProperties(options: SiteOptions): Readonly<Record<string, string>> {
  return {
    'metastore.thrift.port': String(THRIFT_PORT),
    'metastore.warehouse.dir': options.managedWarehouse,
    'metastore.warehouse.external.dir': options.externalWarehouse,
    'metastore.expression.proxy': 'org.apache.hadoop.hive.metastore.DefaultPartitionExpressionProxy',
    'metastore.task.threads.always': 'org.apache.hadoop.hive.metastore.events.EventCleanerTask',
    // Whoever reaches the port may ask; without a proxy user of Hadoop nobody could read notifications.
    'metastore.event.db.notification.api.auth': 'false',
    // Asynchronous logging needs a library that the release leaves out.
    'metastore.async.log.enabled': 'false',
    'javax.jdo.option.ConnectionURL': options.jdbcUrl,
    'javax.jdo.option.ConnectionDriverName': 'com.mysql.cj.jdbc.Driver',
    'javax.jdo.option.ConnectionUserName': options.username,
    'javax.jdo.option.ConnectionPassword': `\${env.${PASSWORD_VARIABLE}}`,
    // Trino names tables by s3://, which Hadoop knows as s3a. Credentials come from the pod's role.
    'fs.s3.impl': 'org.apache.hadoop.fs.s3a.S3AFileSystem',
    'fs.s3a.impl': 'org.apache.hadoop.fs.s3a.S3AFileSystem',
    'fs.s3a.endpoint.region': options.region,
  };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Log to the console, as a container should. */
export const LOG_CONFIGURATION = `status = WARN
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{ISO8601} %-5p [%t] %c{2}: %m%n
rootLogger.level = INFO
rootLogger.appenderRef.console.ref = console
`;
