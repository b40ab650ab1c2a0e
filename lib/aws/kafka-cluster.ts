import { DataAwsMskBrokerNodes } from '@cdktf/provider-aws/lib/data-aws-msk-broker-nodes';
import { MskCluster, type MskClusterConfig } from '@cdktf/provider-aws/lib/msk-cluster';
import { MskConfiguration } from '@cdktf/provider-aws/lib/msk-configuration';
import { MskSingleScramSecretAssociation } from '@cdktf/provider-aws/lib/msk-single-scram-secret-association';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Fn, propertyAccess, TerraformLocal } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { isToken, onePortViolations, portsIn, refuse } from '../core';
import { BrokerStorage, VOLUME_SIZE } from './broker-storage';
import { Connections, type IConnectable } from './connections';
import { EncryptionKey, type IEncryptionKey } from './encryption-key';
import { GeneratedSecret } from './generated-secret';
import type { IGrantable } from './grants';
import { KafkaAuthentication } from './kafka-authentication';
import {
  type CompletedKafkaOptions,
  type KafkaOptions,
  brokerConfiguration,
  brokerZones,
  completedKafka,
  kafkaViolations,
} from './kafka-options';
import type { KafkaTopic } from './kafka-topic';
import { LogGroup, logsPrincipal } from './log-group';
import type { INetwork } from './network';
import { type Credentials, grantReadSecret } from './secret';

/**
 * What a consumer without a consumer group does, as Trino's is. Its push-down of timestamps looks at a topic's settings.
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html
 */
const CONNECT = ['kafka-cluster:Connect'] as const;
const CONSUME = [
  'kafka-cluster:DescribeTopic',
  'kafka-cluster:DescribeTopicDynamicConfiguration',
  'kafka-cluster:ReadData',
] as const;

/** Where Prometheus finds the metrics of each broker. @see https://docs.aws.amazon.com/msk/latest/developerguide/open-monitoring.html */
export const KAFKA_EXPORTER_PORTS = { jmx: 11_001, node: 11_002 } as const;

/** Brokers that catalogs read topics from. */
export interface IKafkaCluster extends IConstruct, IConnectable {
  /** `host:port,host:port`: every broker, with the port of this cluster's authentication. */
  readonly bootstrapServers: string;
  readonly authentication: KafkaAuthentication;
  /** undefined where an import does not say it: no grants can be given then. */
  readonly clusterArn: string | undefined;
  /** The user made for Trino; undefined unless clients authenticate by SCRAM. */
  readonly credentials: Credentials | undefined;
  /**
   * Topics that shall exist, as checked data. The AWS provider has no resource for topics, so a Job inside the
   * Kubernetes cluster makes them.
   */
  readonly topics: readonly KafkaTopic[];
  /** May read the topics. Only IAM authentication needs statements; otherwise nothing is opened. */
  grantConsume(grantee: IGrantable, topics: readonly string[]): void;
  /** May read the password of `credentials`, decryption included; nothing where there is none. */
  grantReadCredentials(grantee: IGrantable): void;
}

/** What has to be known of a cluster that exists already. */
export interface KafkaClusterAttributes {
  /** `host:port,host:port`, one port for all: it is opened for clients. */
  readonly bootstrapServers: string;
  readonly securityGroupId: string;
  readonly authentication: KafkaAuthentication;
  /** Needed for grants under IAM authentication. @default - no grants can be given */
  readonly clusterArn?: string;
  /** The user for Trino; for SCRAM. @default - none */
  readonly credentials?: Credentials;
  /** Encrypts the secret of the credentials. */
  readonly credentialsKey?: IEncryptionKey;
  /** @default - none are to be made */
  readonly topics?: readonly KafkaTopic[];
}

/** The options of a Kafka cluster, with its network and its key. */
export interface KafkaClusterProps extends KafkaOptions {
  /** Its data subnets take the brokers. */
  readonly network: INetwork;
  /**
   * Encrypts disks, broker logs and the password of the SCRAM user; its policy lets CloudWatch Logs use it.
   * @default - a key of the cluster's own
   */
  readonly encryptionKey?: IEncryptionKey;
}

abstract class KafkaClusterBase extends Construct implements IKafkaCluster {
  public abstract readonly bootstrapServers: string;
  public abstract readonly authentication: KafkaAuthentication;
  public abstract readonly credentials: Credentials | undefined;
  public abstract readonly topics: readonly KafkaTopic[];
  public abstract readonly connections: Connections;
  protected abstract readonly credentialsKey: IEncryptionKey | undefined;
  public abstract readonly clusterArn: string | undefined;

  public grantConsume(grantee: IGrantable, topics: readonly string[]): void {
    if (this.authentication.kind !== 'iam') return;
    const { clusterArn: arn } = this;
    if (arn === undefined) throw new Error(`${this.node.path} has no clusterArn: give it to fromAttributes`);
    // arn:aws:kafka:<region>:<account>:cluster/<name>/<uuid>, and topic/<name>/<uuid>/<topic> for its topics.
    const topicArn = Fn.replace(arn, ':cluster/', ':topic/');
    grantee.addStatement({ actions: CONNECT, resources: [arn] });
    grantee.addStatement({ actions: CONSUME, resources: topics.map((topic) => `${topicArn}/${topic}`) });
  }

  public grantReadCredentials(grantee: IGrantable): void {
    if (this.credentials === undefined) return;
    grantReadSecret(this, grantee, this.credentials.password.secret, this.credentialsKey);
  }
}

/**
 * MSK with standard brokers in KRaft mode, in the data subnets of two or three zones: TLS only, encrypted with a key of
 * ours, logs and metrics on, disks that grow by themselves.
 *
 * A change of `configuration` makes a new revision in place, which MSK rolls out broker by broker.
 */
export class KafkaCluster extends KafkaClusterBase {
  public readonly bootstrapServers: string;
  public readonly authentication: KafkaAuthentication;
  public readonly credentials: Credentials | undefined;
  public readonly topics: readonly KafkaTopic[];
  public readonly connections: Connections;
  public readonly clusterArn: string;
  protected readonly credentialsKey: IEncryptionKey;

  /** @throws ConfigError with every violation of `kafkaViolations` */
  public constructor(scope: Construct, id: string, props: KafkaClusterProps) {
    super(scope, id);
    refuse(this.node.path, kafkaViolations(props, props.network.zones));
    const options = completedKafka(props);
    this.credentialsKey = props.encryptionKey ?? this.addKey(options);
    const group = this.addSecurityGroup(options.name, props.network.vpcId);
    const clientSubnets = props.network.dataSubnetIds.slice(0, brokerZones(props, props.network.zones));
    const cluster = this.addCluster(options, clientSubnets, group.id);
    if (growing(options)) {
      const { name: clusterName, maxVolumeGiB } = options;
      new BrokerStorage(this, 'Storage', { clusterName, clusterArn: cluster.arn, maxVolumeGiB });
    }
    this.clusterArn = cluster.arn;
    this.bootstrapServers = this.addBootstrapServers(cluster, options.authentication);
    this.authentication = options.authentication;
    this.credentials = this.addUser(options, cluster.arn);
    this.topics = [...options.topics];
    this.connections = new Connections({
      scope: this,
      securityGroupId: group.id,
      defaultPort: options.authentication.port,
    });
  }

  /**
   * A cluster that exists already, made by whatever means.
   * @throws ConfigError when its brokers have different ports
   */
  public static fromAttributes(scope: Construct, id: string, attributes: KafkaClusterAttributes): IKafkaCluster {
    return new ImportedKafkaCluster(scope, id, attributes);
  }

  private addKey({ name, retain }: CompletedKafkaOptions): IEncryptionKey {
    const services = [logsPrincipal(this)];
    return new EncryptionKey(this, 'Key', { name: `${name}-kafka`, description: 'a Kafka cluster', services, retain });
  }

  /** Without a rule of its own: those who come in bring theirs, and brokers call nobody. */
  private addSecurityGroup(name: string, vpcId: string): SecurityGroup {
    return new SecurityGroup(this, 'SecurityGroup', {
      name: `${name}-kafka`,
      description: 'Kafka brokers',
      vpcId,
      // Rules of stacks that are deployed later name it, and AWS deletes no group that a rule names.
      revokeRulesOnDelete: true,
    });
  }

  private addCluster(
    options: CompletedKafkaOptions,
    clientSubnets: readonly string[],
    securityGroupId: string,
  ): MskCluster {
    const brokers = options.brokersPerZone * clientSubnets.length;
    return new MskCluster(this, 'Resource', {
      clusterName: options.name,
      kafkaVersion: options.version.name,
      numberOfBrokerNodes: brokers,
      brokerNodeGroupInfo: {
        instanceType: options.brokerType,
        clientSubnets: [...clientSubnets],
        securityGroups: [securityGroupId],
        storageInfo: { ebsStorageInfo: { volumeSize: options.volumeGiB } },
      },
      clientAuthentication: options.authentication.toMsk(),
      encryptionInfo: encryption(options.authentication, this.credentialsKey),
      configurationInfo: this.addConfiguration(options, brokers),
      loggingInfo: { brokerLogs: { cloudwatchLogs: { enabled: true, logGroup: this.addLogGroup(options) } } },
      enhancedMonitoring: 'PER_BROKER',
      openMonitoring: OPEN_MONITORING,
      lifecycle: {
        preventDestroy: options.retain,
        ...(growing(options) ? { ignoreChanges: [VOLUME_SIZE] } : {}),
      },
    });
  }

  /** Without `kafka_versions`: naming them would replace the configuration with each upgrade of Kafka. */
  private addConfiguration(
    options: CompletedKafkaOptions,
    brokers: number,
  ): NonNullable<MskClusterConfig['configurationInfo']> {
    const lines = Object.entries(brokerConfiguration(options, brokers)).map(([key, value]) => `${key}=${value}`);
    const { arn, latestRevision } = new MskConfiguration(this, 'Configuration', {
      name: options.name,
      serverProperties: lines.sort().join('\n'),
    });
    return { arn, revision: latestRevision };
  }

  private addLogGroup({ name, logRetentionDays }: CompletedKafkaOptions): string {
    return new LogGroup(this, 'Logs', {
      name: `/aws/msk/${name}/broker`,
      encryptionKey: this.credentialsKey,
      retentionDays: logRetentionDays,
    }).logGroupName;
  }

  /**
   * From the list of brokers, which is sorted: MSK's own answer is three of them, in any order, and may change by itself.
   * @see https://docs.aws.amazon.com/msk/1.0/apireference/clusters-clusterarn-bootstrap-brokers.html
   */
  private addBootstrapServers(cluster: MskCluster, { port }: KafkaAuthentication): string {
    // Without `dependsOn` it would be read before the brokers that a deployment adds.
    const dependsOn = [cluster];
    const { nodeInfoList } = new DataAwsMskBrokerNodes(this, 'Brokers', { clusterArn: cluster.arn, dependsOn });
    const hosts: unknown = Fn.flatten(propertyAccess(nodeInfoList, ['*', 'endpoints']));
    const servers = Fn.join(',', Fn.formatlist(`%s:${port}`, [hosts]) as string[]);
    return new TerraformLocal(this, 'BootstrapServers', servers).asString;
  }

  /**
   * MSK takes secrets whose name starts with `AmazonMSK_` and whose key is not the one that AWS manages.
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-password.html
   */
  private addUser(
    { name, authentication, retain }: CompletedKafkaOptions,
    clusterArn: string,
  ): Credentials | undefined {
    const { username } = authentication;
    if (username === undefined) return undefined;
    const secret = new GeneratedSecret(this, 'User', {
      name: `AmazonMSK_${name}_${username}`,
      description: `Kafka user ${username} of ${name}`,
      members: { username },
      encryptionKey: this.credentialsKey,
      recoveryWindowDays: retain ? 30 : 0,
    });
    new MskSingleScramSecretAssociation(this, 'UserOfCluster', {
      clusterArn,
      secretArn: secret.secretArn,
      dependsOn: [secret.value],
    });
    return { username, password: secret.ref('password') };
  }
}

class ImportedKafkaCluster extends KafkaClusterBase {
  public readonly bootstrapServers: string;
  public readonly authentication: KafkaAuthentication;
  public readonly credentials: Credentials | undefined;
  public readonly topics: readonly KafkaTopic[];
  public readonly connections: Connections;
  public readonly clusterArn: string | undefined;
  protected readonly credentialsKey: IEncryptionKey | undefined;

  public constructor(scope: Construct, id: string, attributes: KafkaClusterAttributes) {
    super(scope, id);
    const { authentication, bootstrapServers, securityGroupId } = attributes;
    refuse(this.node.path, onePortViolations('bootstrapServers', bootstrapServers));
    this.bootstrapServers = bootstrapServers;
    this.authentication = authentication;
    this.credentials = attributes.credentials;
    this.credentialsKey = attributes.credentialsKey;
    this.topics = attributes.topics ?? [];
    this.clusterArn = attributes.clusterArn;
    const defaultPort = portsIn(bootstrapServers)[0] ?? authentication.port;
    this.connections = new Connections({ scope: this, securityGroupId, defaultPort });
  }
}

const OPEN_MONITORING = {
  prometheus: { jmxExporter: { enabledInBroker: true }, nodeExporter: { enabledInBroker: true } },
} as const;

function growing({ volumeGiB, maxVolumeGiB }: CompletedKafkaOptions): boolean {
  return isToken([volumeGiB, maxVolumeGiB]) || maxVolumeGiB > volumeGiB;
}

/** Brokers talk TLS among themselves in any case. */
function encryption(
  { kind }: KafkaAuthentication,
  key: IEncryptionKey,
): NonNullable<MskClusterConfig['encryptionInfo']> {
  const clientBroker = kind === 'plaintext' ? 'PLAINTEXT' : 'TLS';
  return { encryptionAtRestKmsKeyArn: key.keyArn, encryptionInTransit: { clientBroker, inCluster: true } };
}
