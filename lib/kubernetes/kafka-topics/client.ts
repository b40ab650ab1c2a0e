import type { IKafkaCluster } from '../../aws/kafka-cluster';
import { clientCertificateViolations, kafkaCredentialsViolations } from '../../aws/kafka-login';
import { ConfigError, rule, type SecretRef, type Violation, violationsOf } from '../../core';
import type { SecretText } from '../secret-delivery';

/** What decides how the job proves who it is. */
export interface TopicsClient extends Pick<IKafkaCluster, 'authentication' | 'credentials'> {
  /**
   * For mutual TLS: private key and certificates in one PEM document, the key not encrypted.
   * @default - none
   */
  readonly clientCertificate?: SecretRef;
}

/** Where the job's files are mounted. */
export const FILES = '/etc/kafka-topics';
/** The file that tools of Kafka take with `--command-config`. */
const CLIENT_FILE = 'client.properties';
const PEM_FILE = 'client.pem';

/**
 * The files that tell Kafka's tools how to connect. The certificates of MSK's brokers are of a public authority, which the
 * Java of the image trusts. Neither user nor password may contain a quotation mark or a backslash.
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-password-tutorial.html
 * @throws ConfigError when there is something in `clientViolations`
 */
export function clientFiles(client: TopicsClient): readonly SecretText[] {
  const { authentication, credentials, clientCertificate } = client;
  if (authentication.kind === 'plaintext') return [clientFile(['security.protocol=PLAINTEXT\n'])];
  if (authentication.kind === 'mutual-tls' && clientCertificate !== undefined) {
    return [clientFile([MUTUAL_TLS]), { name: PEM_FILE, content: [clientCertificate] }];
  }
  if (authentication.kind === 'scram' && credentials !== undefined) {
    return [clientFile([SCRAM, `username="${credentials.username}" password="`, credentials.password, '";\n'])];
  }
  throw new ConfigError('kafka topics', clientViolations(client));
}

const SCRAM = [
  'security.protocol=SASL_SSL',
  'sasl.mechanism=SCRAM-SHA-512',
  'sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required ',
].join('\n');

/** @see https://cwiki.apache.org/confluence/display/KAFKA/KIP-651+-+Support+PEM+format+for+SSL+certificates+and+private+key */
const MUTUAL_TLS = [
  'security.protocol=SSL',
  'ssl.keystore.type=PEM',
  `ssl.keystore.location=${FILES}/${PEM_FILE}`,
  '',
].join('\n');

function clientFile(content: SecretText['content']): SecretText {
  return { name: CLIENT_FILE, content };
}

/** Why the job could not connect. */
export function clientViolations(client: TopicsClient): readonly Violation[] {
  const { authentication, clientCertificate } = client;
  return [
    ...violationsOf(client, [NOT_BY_IAM]),
    ...kafkaCredentialsViolations(client),
    ...clientCertificateViolations(
      authentication,
      clientCertificate,
      'point to a PEM document in Secrets Manager, or leave the topics out and make them otherwise',
    ),
  ];
}

const NOT_BY_IAM = rule<TopicsClient>(
  ({ authentication }) => authentication.kind !== 'iam',
  () => ({
    path: 'authentication',
    got: 'IAM, for which the image of Kafka has no library',
    allowed: 'SCRAM, mutual TLS or plaintext where topics shall be made',
    fix: 'leave the topics out and make them otherwise, or use KafkaAuthentication.scram()',
  }),
);
