import { Cpu, DataSize, Duration, SecretRef } from '../../../lib/core';
import {
  ClientTls,
  hiveCatalog,
  mysqlCatalog,
  simpleCatalog,
  type TrinoDefinition,
  TrinoRelease,
} from '../../../lib/trino';

/** A node of 8 CPU and 64 GiB with 474 GB of NVMe, as EKS hands it to pods. */
export const NODE = {
  memory: DataSize.gib(60),
  cpu: Cpu.millis(7910),
  ephemeralStorage: DataSize.decimalGb(430),
};

/** A definition that says nothing that has a default. */
export function definition(changes: Partial<TrinoDefinition> = {}): TrinoDefinition {
  const release = changes.release ?? TrinoRelease.DEFAULT;
  const metastore = { kind: 'hive', uri: 'thrift://hive-metastore:9083' } as const;
  return {
    name: 'trino',
    environment: 'dev',
    coordinator: { node: NODE },
    workers: { node: NODE, min: 1, max: 6 },
    catalogs: [
      { name: 'lake', config: hiveCatalog({ release, metastore, s3: { region: 'eu-west-1' } }) },
      {
        name: 'shop',
        config: mysqlCatalog({
          host: 'mysql',
          port: 3306,
          credentials: { username: 'trino', password: SecretRef.of('shop', 'password') },
        }),
      },
      { name: 'tpch', config: simpleCatalog('tpch') },
    ],
    clientTls: ClientTls.loadBalancer(),
    sharedSecret: SecretRef.of('acme-dev/trino', 'shared-secret'),
    secrets: { env: 'trino-env', files: 'trino-files' },
    serviceAccount: 'trino',
    ...changes,
  };
}

export const EXCHANGE = {
  baseDirectories: ['s3://acme-dev-exchange'],
  region: 'eu-west-1',
  expireAfter: Duration.days(3),
};
