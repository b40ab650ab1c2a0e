import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { ICluster } from '../../aws/cluster';
import { Connections } from '../../aws/connections';
import type { IKafkaCluster } from '../../aws/kafka-cluster';
import type { KafkaTopic } from '../../aws/kafka-topic';
import type { Placement } from '../../aws/node-pool';
import { isSecretRef, refuse, type Violation } from '../../core';
import type { ISecretStore } from '../external-secrets';
import { labelNameViolations } from '../names';
import type { INamespace } from '../namespace';
import { ANYWHERE, networkPolicy, TO_DNS } from '../network-policy';
import { KubernetesObjects } from '../objects';
import { SecretDelivery, type SecretText } from '../secret-delivery';
import { clientFiles, type TopicsClient, clientViolations } from './client';
import { topicFiles } from './files';
import { BROKERS, topicsJob } from './job';
import { settingViolations } from './settings';

/** The part of the definition that can be wrong. */
export interface KafkaTopicsOptions extends TopicsClient {
  /** Name of its objects in the namespace. @default 'kafka-topics' */
  readonly name?: string;
  readonly topics: readonly KafkaTopic[];
}

/** The Kafka cluster that gets its topics, and the cluster that runs the job. */
export interface KafkaTopicsProps extends Pick<KafkaTopicsOptions, 'name' | 'clientCertificate'> {
  readonly cluster: ICluster;
  readonly namespace: INamespace;
  /** Says which topics, and how clients prove who they are. */
  readonly kafka: IKafkaCluster;
  readonly secretStore: ISecretStore;
  /**
   * Raise it to run again although nothing else has changed, as when AWS has put new brokers in the place of the old ones.
   * A whole number.
   * @default 1
   */
  readonly run?: number;
  /** @default - any node without a taint */
  readonly placement?: Placement;
}

const NAME = 'kafka-topics';

/**
 * The topics of a Kafka cluster, made from inside of the Kubernetes cluster: nobody else reaches the brokers, and the AWS
 * provider has no resource for topics. It runs when something of the topics changes and may run any number of times:
 * what is missing is made, partitions are added, settings are set. Nothing is ever deleted: neither a topic that is no
 * longer listed, nor a partition, nor a setting; the number of replicas of a topic that exists stays, too.
 *
 * Where the cluster has access control lists, the user needs Create, Describe, Alter, DescribeConfigs and AlterConfigs.
 * @see https://kafka.apache.org/41/operations/basic-kafka-operations/
 */
export class KafkaTopics extends Construct {
  /** For what needs the topics: the job has ended well. */
  public readonly release: ITerraformDependable;

  /** @throws ConfigError with every violation of `kafkaTopicsViolations` */
  public constructor(scope: Construct, id: string, props: KafkaTopicsProps) {
    super(scope, id);
    const options = optionsOf(props);
    refuse(this.node.path, kafkaTopicsViolations(options));
    const { cluster, kafka, namespace, name: base = NAME, run = 1, placement } = props;
    const { securityGroupId } = cluster.connections;
    const ports: number[] = [];
    const connections = new Connections({ scope: this, securityGroupId, onReach: (port) => ports.push(port) });
    kafka.connections.allowDefaultPortFrom({ connections }, 'topics');
    const client = clientFiles(options);
    const secrets = this.deliver(props, base, client);
    const texts = { ...topicFiles(options.topics), ...(secrets === undefined ? textsOf(client) : {}) };
    const files = { ...script(), ...texts, [BROKERS]: kafka.bootstrapServers };
    const labels = { 'app.kubernetes.io/name': base };
    const filesSecret = secrets?.filesSecret;
    this.release = new KubernetesObjects(this, 'Objects', {
      releaseName: base,
      namespace,
      objects: [
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: base }, data: files },
        networkPolicy({
          name: base,
          pods: labels,
          egress: [TO_DNS, { peer: ANYWHERE, ports }],
        }),
        topicsJob({ base, labels, files, filesSecret, run, placement }),
      ],
      dependsOn: secrets === undefined ? [] : [secrets.ready],
    }).release;
  }

  /** The files as a Secret, when there is a secret in one of them. */
  private deliver(
    { secretStore: store, namespace }: KafkaTopicsProps,
    name: string,
    files: readonly SecretText[],
  ): SecretDelivery | undefined {
    if (!files.some(({ content }) => content.some(isSecretRef))) return undefined;
    const delivery = new SecretDelivery(this, 'Client', { store, namespace, name });
    files.forEach((file) => delivery.addFile(file));
    return delivery;
  }
}

/** Everything that is wrong with the definition; `kafkaViolations` judges partitions and replicas. */
export function kafkaTopicsViolations(options: KafkaTopicsOptions): readonly Violation[] {
  const { name = NAME, topics } = options;
  return [...labelNameViolations('name', name, 40), ...clientViolations(options), ...topics.flatMap(settingViolations)];
}

function optionsOf({ kafka, name, clientCertificate }: KafkaTopicsProps): KafkaTopicsOptions {
  const { authentication, credentials, topics } = kafka;
  return {
    ...{ authentication, credentials, topics },
    ...(name === undefined ? {} : { name }),
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
  };
}

function script(): Record<string, string> {
  return { 'run.sh': readFileSync(join(__dirname, 'run.sh'), 'utf8') };
}

/** Files without a secret in them. */
function textsOf(files: readonly SecretText[]): Record<string, string> {
  return Object.fromEntries(files.map(({ name, content }) => [name, content.join('')]));
}
