import { ConfigError, SecretRef } from '../../../lib/core';
import { renderCatalog } from '../../../lib/trino/catalog-config';
import {
  kafkaCatalog,
  KafkaSecurity,
  type KafkaTable,
  kafkaTableViolations,
  schemaPorts,
} from '../../../lib/trino/connectors';
import { TrinoRelease } from '../../../lib/trino/release';

const PASSWORD = SecretRef.of('AmazonMSK_acme', 'password');
const catalog = (topics: readonly KafkaTable[], security = KafkaSecurity.plaintext()) =>
  kafkaCatalog({ name: 'events', bootstrapServers: 'b-1:9096', security, topics });
/** Topics as somebody without types writes them. */
const problems = (topic: unknown) =>
  kafkaTableViolations([topic as KafkaTable]).map(({ path, allowed }) => `${path}: ${allowed}`);
const json = (field: object) => problems({ topic: 'orders', message: { dataFormat: 'json', fields: [field] } });

describe('topics as tables', () => {
  test('a topic with capitals becomes a table in small letters and keeps its own name', () => {
    const { properties, files } = catalog([{ topic: 'Order-Events' }]);
    expect(properties['kafka.table-names']).toBe('default.order_events');
    expect(JSON.parse(files?.['default.order_events.json'] ?? '')).toEqual({
      tableName: 'order_events',
      schemaName: 'default',
      topicName: 'Order-Events',
    });
  });

  test('key and message are described as Trino reads them', () => {
    const { files } = catalog([
      {
        topic: 'orders',
        key: { dataFormat: 'raw', fields: [{ name: 'kafka_key', type: 'BIGINT', dataFormat: 'LONG', mapping: '0:8' }] },
        message: {
          dataFormat: 'json',
          fields: [
            { name: 'order_id', type: 'BIGINT', mapping: 'order_id' },
            { name: 'order_date', type: 'DATE', mapping: 'order_date', dataFormat: 'iso8601' },
            { name: 'city', type: 'VARCHAR', mapping: 'address/city', comment: 'ship to', hidden: true },
          ],
        },
      },
    ]);
    expect(JSON.parse(files?.['default.orders.json'] ?? '')).toMatchObject({
      key: { dataFormat: 'raw', fields: [{ name: 'kafka_key', dataFormat: 'LONG', mapping: '0:8' }] },
      message: {
        dataFormat: 'json',
        fields: [{ mapping: 'order_id' }, { dataFormat: 'iso8601' }, { mapping: 'address/city', hidden: true }],
      },
    });
  });

  test('the columns of a csv are counted, as text', () => {
    const { files } = catalog([
      { topic: 'prices', message: { dataFormat: 'csv', fields: [{ name: 'id', type: 'BIGINT', mapping: 0 }] } },
    ]);
    expect(JSON.parse(files?.['default.prices.json'] ?? '')).toMatchObject({ message: { fields: [{ mapping: '0' }] } });
  });

  test('a schema comes along as a file of every node, or from its server', () => {
    const schema = { file: 'order.avsc', text: '{"type":"record"}' };
    const fields = [{ name: 'id', type: 'BIGINT', mapping: 'id' }];
    const { files } = catalog([
      { topic: 'orders', message: { dataFormat: 'avro', schema, fields } },
      { topic: 'clicks', message: { dataFormat: 'protobuf', schema: { url: 'http://schemas/click.proto' }, fields } },
    ]);
    expect(files).toHaveProperty(['order.avsc'], '{"type":"record"}');
    expect(JSON.parse(files?.['default.orders.json'] ?? '')).toMatchObject({
      message: { dataFormat: 'avro', dataSchema: '/etc/trino/schemas/order.avsc', fields: [{ name: 'id' }] },
    });
    expect(JSON.parse(files?.['default.clicks.json'] ?? '')).toMatchObject({
      message: { dataSchema: 'http://schemas/click.proto' },
    });
  });
});

test('servers of schemas are those of keys and of messages, each port once', () => {
  const decoder = (url: string) => ({ dataFormat: 'avro' as const, schema: { url }, fields: [] });
  const topics = [
    { topic: 'a', key: decoder('http://registry:8081/1'), message: decoder('http://registry:8081/2') },
    { topic: 'b', key: decoder('https://schemas/3'), message: decoder('${TfToken[TOKEN.1]}') },
    { topic: 'c' },
  ];
  expect(schemaPorts(topics)).toEqual([8081, 443]);
});

describe('topics that load and then fail in a query', () => {
  test.each([
    ['no mapping', { name: 'a', type: 'BIGINT' }, 'topics[0].message.fields[0].mapping: the path in the JSON object'],
    ['a DECIMAL', { name: 'a', type: 'DECIMAL(10,2)', mapping: 'a' }, 'topics[0].message.fields[0].type'],
    ['an ARRAY', { name: 'a', type: 'ARRAY(BIGINT)', mapping: 'a' }, 'topics[0].message.fields[0].type'],
    [
      'a date without a format',
      { name: 'a', type: 'DATE', mapping: 'a' },
      "dataFormat: for DATE: 'iso8601' or 'custom-date-time'",
    ],
    [
      'a date in milliseconds',
      { name: 'a', type: 'DATE', mapping: 'a', dataFormat: 'milliseconds-since-epoch' },
      'dataFormat: for DATE',
    ],
    ['a format of a number', { name: 'a', type: 'BIGINT', mapping: 'a', dataFormat: 'iso8601' }, 'dataFormat: none'],
    [
      'a pattern that is not used',
      { name: 'a', type: 'DATE', mapping: 'a', dataFormat: 'iso8601', formatHint: 'y' },
      'formatHint: a Joda pattern',
    ],
    [
      'a format without its pattern',
      { name: 'a', type: 'DATE', mapping: 'a', dataFormat: 'custom-date-time' },
      'formatHint: a Joda pattern',
    ],
    ['a column in capitals', { name: 'OrderId', type: 'BIGINT', mapping: 'a' }, 'topics[0].message.fields[0].name'],
    ['a column that every table has', { name: '_timestamp', type: 'BIGINT', mapping: 'a' }, 'fields[0].name'],
  ])('fails when a json field has %s', (_what, field, expected) => {
    expect(json(field)).toEqual([expect.stringContaining(expected)]);
  });

  test.each([
    [{ name: 'a', type: 'VARCHAR(20)', mapping: 'a/b' }],
    [{ name: 'a', type: 'TIMESTAMP(3) WITH TIME ZONE', mapping: 'a', dataFormat: 'rfc2822' }],
    [{ name: 'a', type: 'TIME', mapping: 'a', dataFormat: 'seconds-since-epoch' }],
    [{ name: '_offset', type: 'BIGINT', mapping: 'a' }],
  ])('a json field like %j is read', (field) => {
    expect(json(field)).toEqual([]);
  });

  test('the error about DECIMAL says how money is read', () => {
    const topic = {
      topic: 't',
      message: { dataFormat: 'json', fields: [{ name: 'a', type: 'DECIMAL(10,2)', mapping: 'a' }] },
    };
    expect(kafkaTableViolations([topic as unknown as KafkaTable])[0]?.fix).toContain('CAST(column AS DECIMAL');
  });

  test('fails when csv has a format, or a name where a number belongs', () => {
    const csv = (field: object) => problems({ topic: 't', message: { dataFormat: 'csv', fields: [field] } });
    expect(csv({ name: 'a', type: 'DATE', mapping: 0, dataFormat: 'iso8601' })).toHaveLength(2);
    expect(csv({ name: 'a', type: 'BIGINT', mapping: 'a' })).toEqual([
      expect.stringContaining('the place in the line'),
    ]);
    expect(csv({ name: 'a', type: 'BIGINT', mapping: 3 })).toEqual([]);
  });

  test('fails when raw bytes do not make the type', () => {
    const raw = (field: object) => problems({ topic: 't', message: { dataFormat: 'raw', fields: [field] } });
    expect(raw({ name: 'a', type: 'SMALLINT', mapping: '0', dataFormat: 'LONG' })).toEqual([
      expect.stringContaining("for SMALLINT: 'BYTE' or 'SHORT'"),
    ]);
    expect(raw({ name: 'a', type: 'BIGINT', mapping: '0', dataFormat: 'LONG' })).toEqual([]);
  });

  test('fails when two topics or two columns have one name', () => {
    const twice = kafkaTableViolations([{ topic: 'a.b' }, { topic: 'a-b' }]);
    expect(twice.map(({ path }) => path)).toEqual(['topics[1].table']);
    const fields = [{ name: 'id', type: 'BIGINT', mapping: 'id' } as const];
    expect(
      problems({ topic: 't', key: { dataFormat: 'json', fields }, message: { dataFormat: 'json', fields } }),
    ).toEqual(['topics[0].fields: each name once, in key and message together']);
  });

  test('a catalog with one such topic is not made', () => {
    expect(() => catalog([{ topic: 'orders', table: 'Orders' }])).toThrow(ConfigError);
  });
});

describe('how Trino proves who it is', () => {
  const file = (security: KafkaSecurity) => catalog([{ topic: 'a' }], security).secretFiles?.at(0);

  test('SASL stands in a client file of its own, and the protocol of Trino stays unset', () => {
    const { properties } = catalog([{ topic: 'a' }], KafkaSecurity.scram({ username: 'trino', password: PASSWORD }));
    expect(properties).not.toHaveProperty(['kafka.security-protocol']);
    expect(properties['kafka.config.resources']).toBe('/etc/trino-secrets/events-kafka-client.properties');
  });

  test('the client file is a template: the password stays a reference', () => {
    const content = file(KafkaSecurity.scram({ username: 'trino', password: PASSWORD }))?.content ?? [];
    expect(content).toContain(PASSWORD);
    expect(content.join('')).toBe(
      'security.protocol=SASL_SSL\nsasl.mechanism=SCRAM-SHA-512\n' +
        'sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required ' +
        'username="trino" password="secret AmazonMSK_acme, key password";\n',
    );
  });

  test('mutual TLS brings the key as a file that the client file points to', () => {
    const security = KafkaSecurity.mutualTls(SecretRef.of('acme/kafka'));
    const files = catalog([{ topic: 'a' }], security).secretFiles ?? [];
    expect(files.map(({ name }) => name)).toEqual(['events-kafka-client.properties', 'events-kafka.pem']);
    expect(files[0]?.content.join('')).toContain('ssl.keystore.location=/etc/trino-secrets/events-kafka.pem');
  });

  test('IAM needs no secret', () => {
    expect(file(KafkaSecurity.iam())?.content.join('')).toContain('sasl.mechanism=AWS_MSK_IAM');
  });

  test('the whole catalog file', () => {
    const config = catalog([{ topic: 'a' }, { topic: 'b', schema: 's' }], KafkaSecurity.tls());
    expect(renderCatalog('events', config, TrinoRelease.DEFAULT).text).toBe(
      [
        'connector.name=kafka',
        'kafka.nodes=b-1:9096',
        'kafka.default-schema=default',
        'kafka.table-names=default.a,s.b',
        'kafka.table-description-dir=/etc/trino/schemas',
        'kafka.security-protocol=SSL',
        '',
      ].join('\n'),
    );
  });
});
