import {
  BlackholeCatalog,
  CustomCatalog,
  JmxCatalog,
  KafkaCatalog,
  LakeCatalog,
  type LakeCatalogProps,
  MemoryCatalog,
  Metastore,
  MySqlCatalog,
  PostgreSqlCatalog,
  TpcdsCatalog,
  TpchCatalog,
} from '../../lib/catalogs';
import type { SecretProperties } from '../../lib/trino/secret-text';
import { type CatalogSample, keepsTheContract } from './contract';
import { bucketOf, CERTIFICATE, databaseOf, kafkaOf, metastoreOf, READER, serverOf } from './sources';

const extras = (extraProperties: SecretProperties | undefined) =>
  extraProperties === undefined ? {} : { extraProperties };

const lake =
  (props: Partial<LakeCatalogProps>): CatalogSample['make'] =>
  (stack, name, extra) =>
    new LakeCatalog(name, {
      bucket: bucketOf(stack),
      metastore: props.metastore ?? Metastore.hive(metastoreOf(stack)),
      ...props,
      ...extras(extra),
    });

const kafka =
  (kind: Parameters<typeof kafkaOf>[1], props: { readonly clientCertificate?: typeof CERTIFICATE } = {}) =>
  (...[stack, name, extra]: Parameters<CatalogSample['make']>) =>
    new KafkaCatalog(name, {
      cluster: kafkaOf(stack, kind),
      topics: [{ topic: 'orders' }],
      ...props,
      ...extras(extra),
    });

const HIVE = { ports: ['sg-metastore:9083'], services: ['s3', 'kms'] };
const GLUE = { services: ['s3', 'kms', 'glue'] };
const glue = Metastore.glue();
const URI = ['hive.metastore.uri', 'metastore'] as const;

const SAMPLES: Readonly<Record<string, CatalogSample>> = {
  'Iceberg on a Hive Metastore': { make: lake({}), connector: 'iceberg', ...HIVE, managed: URI },
  'Hive on a Hive Metastore': { make: lake({ format: 'hive' }), connector: 'hive', ...HIVE, managed: URI },
  'Delta Lake on a Hive Metastore': { make: lake({ format: 'delta' }), connector: 'delta_lake', ...HIVE, managed: URI },
  'Iceberg on Glue': { make: lake({ metastore: glue }), connector: 'iceberg', ...GLUE },
  'Hive on Glue': { make: lake({ metastore: glue, format: 'hive' }), connector: 'hive', ...GLUE },
  'Delta Lake on Glue': { make: lake({ metastore: glue, format: 'delta' }), connector: 'delta_lake', ...GLUE },
  'a lake that is only read': {
    make: lake({ access: 'read' }),
    connector: 'iceberg',
    ...HIVE,
    managed: ['iceberg.security', 'access'],
  },
  MySQL: {
    make: (stack, name, extra) =>
      new MySqlCatalog(name, { database: databaseOf(stack), credentials: READER, ...extras(extra) }),
    connector: 'mysql',
    ports: ['sg-database:3306'],
    secrets: ['reader'],
    managed: ['connection-password', 'credentials'],
  },
  PostgreSQL: {
    make: (stack, name, extra) =>
      new PostgreSqlCatalog(name, {
        server: serverOf(stack),
        database: 'crm',
        credentials: READER,
        ...extras(extra),
      }),
    connector: 'postgresql',
    ports: ['sg-server:5432'],
    secrets: ['reader'],
    managed: ['connection-user', 'credentials'],
  },
  'Kafka with SCRAM': {
    make: kafka('scram'),
    connector: 'kafka',
    ports: ['sg-kafka:9096'],
    secrets: ['kafka'],
    managed: ['kafka.config.resources', 'cluster'],
  },
  'Kafka with mutual TLS': {
    make: kafka('mutual-tls', { clientCertificate: CERTIFICATE }),
    connector: 'kafka',
    ports: ['sg-kafka:9094'],
    secrets: ['certificate'],
    managed: ['kafka.nodes', 'cluster'],
  },
  'Kafka with IAM': {
    make: kafka('iam'),
    connector: 'kafka',
    ports: ['sg-kafka:9098'],
    services: ['kafka-cluster'],
    managed: ['kafka.table-names', 'topics'],
  },
  'Kafka in plain text': {
    make: kafka('plaintext'),
    connector: 'kafka',
    ports: ['sg-kafka:9092'],
    managed: ['kafka.security-protocol', 'cluster'],
  },
  'TPC-H': { make: (_, name, extra) => new TpchCatalog(name, extras(extra)), connector: 'tpch' },
  'TPC-DS': { make: (_, name, extra) => new TpcdsCatalog(name, extras(extra)), connector: 'tpcds' },
  memory: { make: (_, name, extra) => new MemoryCatalog(name, extras(extra)), connector: 'memory' },
  JMX: { make: (_, name, extra) => new JmxCatalog(name, extras(extra)), connector: 'jmx' },
  'black hole': { make: (_, name, extra) => new BlackholeCatalog(name, extras(extra)), connector: 'blackhole' },
  custom: {
    make: (stack, name, extra = {}) =>
      new CustomCatalog(name, {
        connector: 'redis',
        properties: { 'redis.nodes': 'cache.example:5432', ...extra },
        connections: [{ to: serverOf(stack) }],
        statements: [{ actions: ['elasticache:Connect'], resources: ['arn:aws:elasticache:eu-west-1:1:user:trino'] }],
      }),
    connector: 'redis',
    ports: ['sg-server:5432'],
    services: ['elasticache'],
    managed: ['connector.name', 'connector'],
  },
};

for (const [what, sample] of Object.entries(SAMPLES)) keepsTheContract(what, sample);
