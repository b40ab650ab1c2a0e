import { clientCertificateViolations, type IKafkaCluster, kafkaCredentialsViolations } from '../aws';
import { ConfigError, inside, rule, type SecretRef, secretRefViolations, type Violation, violationsOf } from '../core';
import { type CatalogConfig, kafkaCatalog, KafkaSecurity, type KafkaTable, schemaPorts } from '../trino';
import type { CatalogHost } from './catalog';
import { CatalogBase, type CatalogProps } from './catalog-base';
import { reachAnywhere } from './reach';

/** The Kafka cluster, and which of its topics are tables. */
export interface KafkaCatalogProps extends CatalogProps {
  /** Its authentication decides how Trino proves who it is; its port is opened, and those that schemas are fetched from. */
  readonly cluster: IKafkaCluster;
  /** The tables; a topic that is not listed does not exist for Trino. */
  readonly topics: readonly KafkaTable[];
  /**
   * For mutual TLS: private key and certificates of Trino in one PEM document, the key not encrypted.
   * @default - none
   */
  readonly clientCertificate?: SecretRef;
  /** Whether `SELECT *` leaves out `_timestamp` and its like. @default true */
  readonly hideInternalColumns?: boolean;
}

const PROPS = {
  'kafka.nodes': 'cluster',
  'kafka.table-names': 'topics',
  'kafka.security-protocol': 'cluster',
  'kafka.config.resources': 'cluster',
  'kafka.hide-internal-columns': 'hideInternalColumns',
};

/** How Trino proves who it is, for each authentication; undefined where it has nothing to prove it with. */
const SECURITY: Readonly<
  Record<IKafkaCluster['authentication']['kind'], (props: KafkaCatalogProps) => KafkaSecurity | undefined>
> = {
  scram: ({ cluster: { credentials } }) => credentials && KafkaSecurity.scram(credentials),
  'mutual-tls': ({ clientCertificate }) => clientCertificate && KafkaSecurity.mutualTls(clientCertificate),
  iam: () => KafkaSecurity.iam(),
  plaintext: () => KafkaSecurity.plaintext(),
};

/** Topics of a Kafka cluster as tables. @see https://trino.io/docs/current/connector/kafka.html */
export class KafkaCatalog extends CatalogBase {
  private readonly security: KafkaSecurity;

  /** @throws ConfigError with every violation of `kafkaCatalogViolations` */
  public constructor(
    name: string,
    private readonly props: KafkaCatalogProps,
  ) {
    super(name, props.extraProperties, PROPS);
    this.security = securityOf(name, props);
  }

  protected config(): CatalogConfig {
    const { cluster, topics, hideInternalColumns } = this.props;
    return kafkaCatalog({
      name: this.name,
      bootstrapServers: cluster.bootstrapServers,
      security: this.security,
      topics,
      ...(hideInternalColumns === undefined ? {} : { hideInternalColumns }),
    });
  }

  protected open(host: CatalogHost): void {
    const { cluster, topics } = this.props;
    cluster.connections.allowDefaultPortFrom(host, this.reason);
    cluster.grantConsume(
      host,
      topics.map(({ topic }) => topic),
    );
    reachAnywhere(host, schemaPorts(topics), this.reason);
    if (this.security.name === 'iam') this.warn(host, IAM_NEEDS);
  }
}

/** @see https://github.com/trinodb/trino/issues/25065 */
const IAM_NEEDS =
  "Trino's image lacks the library for IAM: add aws-msk-iam-auth to plugin/kafka of your own image, " +
  'or no query reaches Kafka';

function securityOf(name: string, props: KafkaCatalogProps): KafkaSecurity {
  const violations = kafkaCatalogViolations(props);
  const security = SECURITY[props.cluster.authentication.kind](props);
  if (violations.length > 0 || security === undefined) throw new ConfigError(`catalog ${name}`, violations);
  return security;
}

/** What is missing or too much for the cluster's authentication. */
export function kafkaCatalogViolations(props: KafkaCatalogProps): readonly Violation[] {
  const { cluster, clientCertificate } = props;
  return [
    ...violationsOf(props, [HAS_TOPICS, CAN_GRANT]),
    ...inside('cluster', kafkaCredentialsViolations(cluster)),
    ...clientCertificateViolations(cluster.authentication, clientCertificate),
    ...(clientCertificate === undefined ? [] : secretRefViolations('clientCertificate', clientCertificate)),
  ];
}

const HAS_TOPICS = rule<KafkaCatalogProps>(
  ({ topics }) => topics.length > 0,
  () => ({ path: 'topics', got: 'none', allowed: 'at least one', fix: 'list the topics that queries shall read' }),
);

const CAN_GRANT = rule<KafkaCatalogProps>(
  ({ cluster: { authentication, clusterArn } }) => authentication.kind !== 'iam' || clusterArn !== undefined,
  () => ({
    path: 'cluster.clusterArn',
    got: 'nothing',
    allowed: 'the ARN of the cluster, because IAM lets in whom it names',
    fix: "give 'clusterArn' to KafkaCluster.fromAttributes",
  }),
);
