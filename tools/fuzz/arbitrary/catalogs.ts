import fc, { type Arbitrary } from 'fast-check';
import type { TrinoRelease } from '../../../lib/trino';
import type { Expression } from '../expression';
import { extraProperties, type Fields, optional, rare, required, secret, together } from './values';

/** Catalogs of every connector that the library makes, with properties added by hand. */

const metastore: Arbitrary<Expression> = fc.oneof(
  fc
    .constantFrom('thrift://hive-metastore:9083', 'thrift://a:9083,thrift://b:9083')
    .map((uri) => ({ kind: 'hive', uri })),
  optional({ warehouse: fc.constant('s3://lake/warehouse') }).map((fields) => ({
    kind: 'glue',
    region: 'eu-west-1',
    ...fields,
  })),
);

const s3 = together(
  required({ region: fc.constant('eu-west-1') }),
  optional({
    endpoint: fc.constant('http://s3:9000'),
    pathStyleAccess: fc.boolean(),
    kmsKeyId: fc.constant('alias/lake'),
    maxConnections: fc.integer({ min: 1, max: 5000 }),
  }),
);

function lake(release: TrinoRelease, call: string, connector: string): Arbitrary<Expression> {
  const own = call === '$hive' ? { writeExternalTables: fc.boolean() } : {};
  return together(
    required({ release: fc.constant({ $release: release.version }), metastore, s3 }),
    optional({ ...own, extraProperties: extraProperties(release, `connector:${connector}`) }),
  ).map((config) => ({ [call]: config }));
}

const credentials = { username: 'trino', password: secret('db') };

function database(release: TrinoRelease, connector: 'mysql' | 'postgresql'): Arbitrary<Expression> {
  const parameters = fc.constantFrom<Fields>(
    { connectTimeout: '10000' },
    { serverTimezone: 'Europe/Berlin', useUnicode: 'true' },
  );
  return together(
    required({
      host: fc.constant('db'),
      port: fc.integer({ min: 1, max: 65535 }),
      credentials: fc.constant(credentials),
    }),
    connector === 'mysql' ? fc.constant({}) : required({ database: fc.constantFrom('shop', 'a-b') }),
    optional({ urlParameters: parameters, extraProperties: extraProperties(release, `connector:${connector}`) }),
  ).map((config) => ({ [`$${connector}`]: config }));
}

const field = fc.oneof(
  required({ type: fc.constantFrom('BIGINT', 'VARCHAR', 'VARCHAR(20)', 'DOUBLE', 'BOOLEAN') }),
  required({
    type: fc.constantFrom('DATE', 'TIME', 'TIMESTAMP', 'TIMESTAMP(3)', 'TIMESTAMP(3) WITH TIME ZONE'),
    dataFormat: fc.constant('iso8601'),
  }),
);

/** Columns with names and places by their position. */
function columns(format: 'json' | 'csv' | 'raw'): Arbitrary<Expression> {
  return fc
    .array(format === 'json' ? field : required({ type: fc.constant('VARCHAR') }), { minLength: 1, maxLength: 3 })
    .map((fields) => ({
      dataFormat: format,
      fields: fields.map((one, index) => ({
        name: `c_${index}`,
        mapping: format === 'json' ? `a/c${index}` : format === 'csv' ? index : `${index}:${index + 1}`,
        ...one,
      })),
    }));
}

const topic = together(
  required({ topic: fc.constantFrom('orders', 'Shop.Events', 'clicks-v2') }),
  optional({ message: fc.oneof(columns('json'), columns('csv'), columns('raw')), schema: fc.constant('shop') }),
);

function kafka(release: TrinoRelease, name: string): Arbitrary<Expression> {
  return together(
    required({
      name: fc.constant(name),
      bootstrapServers: fc.constantFrom('b-1:9092', 'b-1:9096,b-2:9096'),
      security: fc
        .constantFrom('plaintext', 'tls', 'scram', 'mutual-tls')
        .map(($kafkaSecurity) => ({ $kafkaSecurity })),
      topics: fc.uniqueArray(topic, { maxLength: 2, selector: (one) => one['topic'] }),
    }),
    rare({ hideInternalColumns: fc.boolean(), extraProperties: extraProperties(release, 'connector:kafka') }),
  ).map(($kafka) => ({ $kafka }));
}

function custom(release: TrinoRelease, connector: string, needed: Fields): Arbitrary<Expression> {
  return extraProperties(release, `connector:${connector}`).map((extra) => ({
    $custom: { connector, properties: { ...needed, ...extra } },
  }));
}

export function catalogs(release: TrinoRelease): Arbitrary<Expression> {
  const kinds: Readonly<Record<string, Arbitrary<Expression>>> = {
    hive: lake(release, '$hive', 'hive'),
    iceberg: lake(release, '$iceberg', 'iceberg'),
    delta: lake(release, '$deltaLake', 'delta_lake'),
    shop: database(release, 'mysql'),
    sales: database(release, 'postgresql'),
    events: kafka(release, 'events'),
    tpch: fc.constantFrom('tpch', 'tpcds', 'memory', 'jmx').map(($simple) => ({ $simple })),
    maria: custom(release, 'mariadb', { 'connection-url': 'jdbc:mariadb://db:3306' }),
    faker: custom(release, 'faker', {}),
  };
  return fc
    .subarray(Object.keys(kinds), { maxLength: 4 })
    .chain((names) =>
      fc.tuple(...names.map((name) => (kinds[name] ?? fc.constant(null)).map((config) => ({ name, config })))),
    );
}
